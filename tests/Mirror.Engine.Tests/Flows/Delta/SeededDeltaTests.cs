using System.Text.Json;
using System.Text.Json.Nodes;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Delta;

/// <summary>
/// Drawn pairs of states: whatever two releases share, the delta between them holds what it must, leaves out only what
/// the base has in the same place, and makes the full bundle again.
/// </summary>
public sealed class SeededDeltaTests
{
    private const int Sources = 10;
    private const int PairsOfSource = 50;
    private const string Edition = SketchedSource.Edition;

    private static readonly string[] s_channels = ["alpha", "beta", "early-access", "stable", "rock-solid"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Sources)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_delta_of_any_two_states_holds_what_it_must_and_merges_to_the_full_bundle(int seed)
    {
        Random random = new(seed);
        SketchedSource sketch = new();
        string[] versions = [.. Enumerable.Range(0, 12).Select(minor => $"v1.{60 + minor}.{random.Next(9)}")];
        foreach (string version in versions)
        {
            Draw(sketch, version, random);
        }

        await using TestRegistry source = await sketch.StartAsync();
        using TemporaryFolder folder = new();
        Dictionary<string, string> bundles = [];
        foreach (string version in versions)
        {
            bundles[version] = folder.Combine($"full {version}");
            await PullAsync(source, bundles[version], version, []);
        }

        int saved = 0;
        for (int pair = 0; pair < PairsOfSource; pair++)
        {
            int first = random.Next(versions.Length);
            string before = versions[first];
            string after = versions[(first + 1 + random.Next(versions.Length - 1)) % versions.Length];
            string delta = folder.Combine("delta");
            string merged = folder.Combine("merged");
            MirrorReport report = await PullAsync(source, delta, after, [bundles[before]]);
            saved += report.Plan.OmittedBlobs;

            DemandLayout(delta, bundles[before], bundles[after]);
            await Engine.MergeAsync(
                new MirrorMergeSettings { MergeFrom = [bundles[before], delta], BundleDirectory = merged },
                null,
                Cancellation);
            Assert.Equal(DeltaRun.Files(bundles[after]), DeltaRun.Files(merged));
            Directory.Delete(merged, recursive: true);
            Directory.Delete(delta, recursive: true);
        }

        Assert.True(saved > 0);
    }

    private static MirrorEngine Engine { get; } = new(new Dictionary<string, string>(), TimeProvider.System);

    private static Task<MirrorReport> PullAsync(
        TestRegistry source, string bundle, string version, string[] bases) => Engine.PullAsync(
            new MirrorPullSettings
            {
                Source = new RegistryEndpoint($"{source.Host}/{Edition}"),
                Insecure = true,
                Components = MirrorComponents.Platform,
                DeckhouseTag = version,
                BundleDirectory = bundle,
                DeltaBases = [.. bases],
            },
            null,
            Cancellation);

    /// <summary>A release whose images take layers out of one small deck; one of them is an index.</summary>
    private static void Draw(SketchedSource sketch, string version, Random random)
    {
        RepositoryContent root = sketch.Content.Repository(Edition);
        Add(root, version, [version], [], random);
        string[] components =
        [
            .. Enumerable.Range(0, random.Next(1, 4))
                .Select(index => Add(root, $"component {index} {random.Next(3)}", [], [], random)),
        ];
        string list = JsonSerializer.Serialize(new
        {
            module = components.Distinct().Index().ToDictionary(pair => $"image{pair.Index}", pair => pair.Item),
        });
        Add(
            sketch.Content.Repository($"{Edition}/install"), version, [version],
            [("deckhouse/candi/images_digests.json", list)], random);
        RepositoryContent standalone = sketch.Content.Repository($"{Edition}/install-standalone");
        string[] children =
        [
            Add(standalone, $"amd64 {random.Next(4)}", [], [], random),
            Add(standalone, $"arm64 of {version}", [], [], random),
        ];
        sketch.Index(
            $"{Edition}/install-standalone", version, ("amd64", children[0]), ("arm64", children[1]));
        sketch.Image(
            $"{Edition}/release-channel",
            [version, .. s_channels],
            ("version.json", $$$"""{"version":"{{{version}}}"}"""),
            ("changelog.yaml", "{}"));
    }

    private static string Add(
        RepositoryContent repository,
        string label,
        string[] tags,
        (string Name, string Text)[] files,
        Random random) => ImageWriter.Add(
            repository,
            ImageKind.Oci,
            label,
            [
                .. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(6)).Distinct()
                    .Select(card => new BytesBlob(TarGzip.Write([("card", $"{card} of the deck")]))),
                .. random.Next(3) == 0 && files.Length == 0
                    ? Array.Empty<BytesBlob>()
                    : [new BytesBlob(TarGzip.Write([("label", label), .. files]))],
            ],
            tags);

    /// <summary>The rules of docs/delta.md, read out of the archives without code of the engine.</summary>
    private static void DemandLayout(string delta, string before, string after)
    {
        HashSet<string> held = Entries(delta);
        HashSet<string> known = Entries(before);
        ForgedArchive full = ForgedArchive.Read(Path.Combine(after, "platform.tar"));
        HashSet<string> manifests = [.. full.Entries.Where(IsManifest).Select(entry => entry.Name)];
        HashSet<string> configs = [.. full.Entries.Where(IsManifest).SelectMany(ConfigsOf)];
        foreach (string entry in full.Entries.Select(entry => entry.Name))
        {
            if (held.Contains(entry))
            {
                continue;
            }

            Assert.DoesNotContain(entry, manifests);
            Assert.DoesNotContain(entry, configs);
            Assert.Contains(entry, known);
            Assert.DoesNotContain("release-channel/", entry, StringComparison.Ordinal);
        }

        Assert.Empty(held.Except(full.Entries.Select(entry => entry.Name)));
    }

    private static HashSet<string> Entries(string bundle) =>
        [.. ForgedArchive.Read(Path.Combine(bundle, "platform.tar")).Entries.Select(entry => entry.Name)];

    private static bool IsManifest(ForgedEntry entry) => entry.Name.Contains("blobs/", StringComparison.Ordinal)
        && entry.Content.AsSpan().StartsWith("{\"schemaVersion\""u8);

    private static IEnumerable<string> ConfigsOf(ForgedEntry entry)
    {
        string? config = JsonNode.Parse(entry.Content)!["config"]?["digest"]?.GetValue<string>();
        string layout = entry.Name[..entry.Name.IndexOf("blobs/", StringComparison.Ordinal)];
        return config is null ? [] : [$"{layout}blobs/{config.Replace(':', '/')}"];
    }
}
