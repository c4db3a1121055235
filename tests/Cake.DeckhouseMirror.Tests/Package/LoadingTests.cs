using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>How a script gets and loads the addin, and the libraries of its engine.</summary>
[Collection(SharedPackages.Name)]
public sealed class LoadingTests(PackedPackages packages)
{
    private const string Addin = "#addin nuget:?package=Cake.DeckhouseMirror&prerelease&loaddependencies=true\n";

    private const string PlanWithoutLibraries = """
        #addin nuget:?package=Cake.DeckhouseMirror&prerelease
        #addin nuget:?package=Deckhouse.Mirror.Engine&prerelease

        Task("Plan").Does(() => D8MirrorPlan("bundle", Argument<string>("source")));
        RunTarget("Plan");
        """;

    /// <summary>Older versions than the engine's, as other addins bring them.</summary>
    private const string OlderLibraries = """
        #addin nuget:?package=BouncyCastle.Cryptography&version=2.4.0
        #addin nuget:?package=Polly&version=7.2.4
        #addin nuget:?package=YamlDotNet&version=13.7.1

        """;

    private const string Pull = """
        Task("Pull").Does(() =>
        {
            D8MirrorPull(new()
            {
                Source = Argument<string>("source"),
                Insecure = true,
                BundleDirectory = "bundle",
                IncludeModules = ["console@>=1.0.0"],
            });
            Information("loaded: {0}", string.Join(", ", AppDomain.CurrentDomain.GetAssemblies()
                .Select(assembly => assembly.GetName())
                .Where(assembly => assembly.Name == "YamlDotNet")
                .Select(assembly => assembly.Version.Major)
                .Order()));
        });
        RunTarget("Pull");
        """;

    [Fact]
    public async Task The_script_of_the_readme_pulls_at_once_on_a_new_machine_from_a_feed_that_describes_nothing()
    {
        EnginePackages engine = await EnginePackages.ReadAsync(TestContext.Current.CancellationToken);
        await using SparseFeed feed = await SparseFeed.StartAsync(engine.All, TestContext.Current.CancellationToken);
        await using TestRegistry source = await StartSourceAsync();
        string readme = await File.ReadAllTextAsync(
            Path.Combine(SourceTree.Root, "README.md"), TestContext.Current.CancellationToken);
        Assert.Contains("\ndotnet tool install Cake.Tool --version 7.0.0\n", readme);
        Assert.Contains("\ndotnet cake --target=Pull\n", readme);
        using CakeScript script = new(packages, CodeBlocks.After(readme, "`build.cake`:"));

        DotNetRun run = await script.RunOnNewMachineAsync(
            feed.Index, "--target=Pull", $"--source=http://{source.Host}/deckhouse/ee");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(script.Folder, "bundle"), "*.tar"));
    }

    [Fact]
    public async Task Older_libraries_of_addins_that_are_loaded_first_stay_beside_those_of_the_engine()
    {
        DotNetRun run = await RunAsync(OlderLibraries + Addin + Pull);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(["loaded: 13, 18"], run.LinesWith("loaded: "));
    }

    [Fact]
    public async Task Older_libraries_of_addins_that_are_loaded_later_change_nothing()
    {
        DotNetRun run = await RunAsync(Addin + OlderLibraries + Pull);

        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Fact]
    public async Task A_library_that_was_not_installed_is_a_fault_with_its_name_its_version_and_what_to_do()
    {
        await using TestRegistry source = await StartSourceAsync();
        using CakeScript script = new(packages, PlanWithoutLibraries);

        DotNetRun run = await script.RunAsync(
            [new("CAKE_NUGET_LOADDEPENDENCIES", "false")], $"--source={source.Host}/deckhouse/ee");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"D8M8006: The assembly [\w.]+ [\d.]+ cannot be loaded: it was not found\.", run.Output);
        Assert.NotEmpty(run.LinesWith("loaddependencies=true"));
        Assert.Empty(run.LinesWith("D8M9001"));
    }

    private async Task<DotNetRun> RunAsync(string text)
    {
        await using TestRegistry source = await StartSourceAsync();
        using CakeScript script = new(packages, text);
        return await script.RunAsync(variables: [], $"--source={source.Host}/deckhouse/ee");
    }

    private static Task<TestRegistry> StartSourceAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
}
