using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Where the bundle of the miniature source goes below targets that are editions, and below others.</summary>
public sealed class TargetEditionTests(MiniBundle bundle) : IClassFixture<MiniBundle>
{
    private static readonly string[] AboveEdition =
    [
        "deckhouse-cli", "deckhouse-cli/plugins", "deckhouse-cli/plugins/console-tool",
        "deckhouse-cli/plugins/delivery-kit", "deckhouse-cli/plugins/package", "deckhouse-cli/plugins/system",
        "installer",
    ];

    [Theory]
    [InlineData("mirror/ce", "mirror")]
    [InlineData("mirror/be", "mirror")]
    [InlineData("mirror/se", "mirror")]
    [InlineData("mirror/se-plus", "mirror")]
    [InlineData("mirror/ee", "mirror")]
    [InlineData("mirror/fe", "mirror")]
    [InlineData("mirror/cse", "mirror")]
    [InlineData("ee/fe", "ee")]
    [InlineData("ee", "ee")]
    [InlineData("se-plus", "se-plus")]
    [InlineData("cse", "cse")]
    [InlineData("mirror/custom", "mirror/custom")]
    [InlineData("mirror/ee/x", "mirror/ee/x")]
    public async Task Installer_CLI_and_plugins_go_above_an_edition_that_has_something_above_it_and_are_found_there(
        string target, string root)
    {
        await using TestRegistry registry = await PushRun.StartTargetAsync();
        PushRun push = new(registry.Host, bundle.Folder);
        push.Settings = push.Settings with { Target = new RegistryEndpoint($"{registry.Host}/{target}") };

        await push.PushAsync();

        ILookup<bool, string> repositories = registry.Content.Repositories.Select(repository => repository.Name)
            .ToLookup(name => name.Split('/').Any(part => part is "installer" or "deckhouse-cli"));
        Assert.Equal(AboveEdition.Select(path => $"{root}/{path}"), repositories[true]);
        Assert.Contains($"{target}/release-channel", repositories[false]);
        Assert.All(repositories[false], name => Assert.StartsWith($"{target}/", $"{name}/", StringComparison.Ordinal));
        using TemporaryFolder folder = new();
        EngineRun pull = EngineRun.Of(registry, folder.FullName);
        pull.Settings = pull.Settings with
        {
            Source = new RegistryEndpoint($"{registry.Host}/{target}"),
            Components = MirrorComponents.Installer | MirrorComponents.DeckhouseCli,
        };
        Assert.Equal(["deckhouse-cli.tar", "installer.tar"], (await pull.PlanAsync()).Archives());
    }
}
