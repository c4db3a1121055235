using System.Collections.Immutable;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// Where the layouts of any bundle go below any target: the installer and everything below <c>deckhouse-cli</c> above
/// an edition that ends its path, if anything is left above it.
/// </summary>
public sealed class SeededTargetTests : IDisposable
{
    private static readonly ImmutableArray<string> Editions = ["ce", "be", "se", "se-plus", "ee", "fe", "cse"];

    /// <summary>Names that are no edition, whatever they look like.</summary>
    private static readonly ImmutableArray<string> Others = ["custom", "mirror", "eee", "ee-1", "seplus", "x", "e"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 42)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Installer_cli_and_plugins_go_above_the_edition_and_a_pull_finds_them_there(int seed)
    {
        (string target, string root) = Target(seed);
        DrawnBundle bundle = new(new Random(seed), $"seed {seed}");
        bundle.Write(_folder.Combine("bundle"));
        await using TestRegistry registry = await PushRun.StartTargetAsync();
        PushRun push = new(registry.Host, _folder.Combine("bundle"));
        push.Settings = push.Settings with { Target = new RegistryEndpoint($"{registry.Host}/{target}") };

        await push.PushAsync();

        Assert.Equal(bundle.References(target, root), DrawnBundle.Published(registry));
        if (bundle.Has("installer.tar"))
        {
            EngineRun pull = EngineRun.Of(registry, _folder.Combine("again"));
            pull.Settings = pull.Settings with
            {
                Source = new RegistryEndpoint($"{registry.Host}/{target}"),
                Components = MirrorComponents.Installer | MirrorComponents.DeckhouseCli,
            };
            Assert.Equal(
                bundle.Archives.Where(name => name is "installer.tar" or "deckhouse-cli.tar")
                    .Order(StringComparer.Ordinal),
                (await pull.PlanAsync()).Archives());
        }
    }

    [Fact]
    public void The_seeds_reach_each_edition_with_and_without_anything_above_it()
    {
        (string Target, string Root)[] targets = [.. Seeds.Select(row => Target(row.Data))];

        Assert.All(Editions, edition => Assert.Contains(
            targets, one => one.Target == $"{one.Root}/{edition}" && one.Root.Length > 0));
        Assert.All(Editions, edition => Assert.Contains(targets, one => one.Target == edition && one.Root == edition));
        Assert.InRange(
            targets.Count(one => one.Root == one.Target && !Editions.Contains(one.Target)), 8, targets.Length - 8);
    }

    /// <summary>The last part and the number of parts follow the seed, so that every pair of them is reached.</summary>
    private static (string Path, string Root) Target(int seed)
    {
        Random random = new(seed);
        ImmutableArray<string> ends = [.. Editions, .. Others];
        string end = ends[seed % ends.Length];
        string[] above = [.. Enumerable.Range(0, seed / ends.Length % 3).Select(_ => ends[random.Next(ends.Length)])];
        string path = string.Join('/', above.Append(end));
        return (path, Editions.Contains(end) && above.Length > 0 ? string.Join('/', above) : path);
    }
}
