using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// The channels of packages after a pull and a push, for packages and rules out of a seed: two archives have them, and
/// the order of these decides nothing.
/// </summary>
public sealed class SeededPackagesTests
{
    private static readonly string[] Channels = ["alpha", "beta", "early-access", "lts", "rock-solid", "stable"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Channels_are_those_of_exact_rules_or_else_those_of_the_source(int seed)
    {
        Random random = new(seed);
        SketchedSource source = new();
        List<string> rules = [];
        SortedDictionary<string, string> expected = new(StringComparer.Ordinal);
        foreach (string name in (string[])["one", "two", "three"])
        {
            Draw(random, source, name, rules, expected);
        }

        await using SketchRun run = await SketchRun.StartAsync(source);
        EngineRun pull = run.Run(MirrorComponents.Packages, settings => settings with
        {
            IncludePackages = [.. rules.Select(ComponentRule.Parse)],
        });
        await pull.PullAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();

        await new PushRun(target.Host, run.BundleFolder).PushAsync();

        Assert.Equal(expected, Versions(target));
    }

    /// <summary>A package, rules for it, and what its release repository is to have in the end.</summary>
    private static void Draw(
        Random random,
        SketchedSource source,
        string name,
        List<string> rules,
        SortedDictionary<string, string> expected)
    {
        string[] versions = [.. Enumerable.Range(0, random.Next(2, 5)).Select(minor => $"v1.{minor}.{random.Next(5)}")];
        RepositoryContent releases = source.Content.Repository($"{SketchedSource.Edition}/packages/{name}/version");
        foreach (string version in versions)
        {
            source.Version("packages", name, version);
            expected[$"{name}:{version}"] = DigestOf(releases, version);
        }

        string[] channels = [.. Channels.Where(channel => channel == "stable" || random.Next(2) == 0)];
        foreach (string channel in channels)
        {
            source.Channel("packages", name, channel, versions[random.Next(versions.Length)]);
        }

        string first = versions[random.Next(versions.Length)];
        string second = versions.First(version => version != first);
        string published = Channels[random.Next(Channels.Length)];
        int kind = random.Next(7);
        IEnumerable<string> own = kind switch
        {
            0 => [],
            1 => [name],
            2 => [$"{name}@>=1.0.0"],
            3 => [$"{name}@={first}"],
            4 => [$"{name}@={first}+{published}"],
            5 => [$"{name}@={first}", $"{name}@={second}"],
            _ => [$"{name}@={first}", $"{name}@={second}+{published}"],
        };
        Dictionary<string, string>? aliases = kind switch
        {
            0 or 1 or 2 => null,
            3 => Channels.ToDictionary(channel => channel, _ => first),
            4 => new() { [published] = first },
            5 => [],
            _ => new() { [published] = second },
        };
        rules.AddRange(own);
        IEnumerable<string> kept = aliases is null ? channels : aliases.Keys;
        foreach (string channel in kept)
        {
            expected[$"{name}:{channel}"] = DigestOf(releases, aliases is null ? channel : aliases[channel]);
        }
    }

    private static string DigestOf(RepositoryContent repository, string tag) =>
        repository.TryGetManifest(tag, out StoredManifest? manifest) ? manifest.Digest : "";

    private static SortedDictionary<string, string> Versions(TestRegistry target) => new(
        target.Dump()
            .Where(image => image.Tag is not null && image.Repository.EndsWith("/version", StringComparison.Ordinal))
            .ToDictionary(image => $"{image.Repository.Split('/')[^2]}:{image.Tag}", image => image.Digest),
        StringComparer.Ordinal);
}
