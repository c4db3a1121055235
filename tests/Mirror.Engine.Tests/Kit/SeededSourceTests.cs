using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

public sealed class SeededSourceTests
{
    private const string Pinned = "sha256:9063abcefb300d30620900192223d1c3acab1f738b9235efceef5e388ee67799";

    private static readonly SeededSourceOptions Small = new() { Seed = 7, TotalBytes = 2_000_000, References = 150 };

    [Fact]
    public void The_same_options_give_the_same_source_always_and_everywhere()
    {
        var dump = string.Join('\n', SeededSource.Create(Small).Content.Dump());

        var digest = Sha256Digest.Of(Encoding.UTF8.GetBytes(dump));

        Assert.True(digest == Pinned, digest);
    }

    [Fact]
    public void Another_seed_gives_other_layers()
    {
        var one = SeededSource.Create(Small).Content.Dump().Select(entry => entry.Digest);
        var other = SeededSource.Create(Small with { Seed = 8 }).Content.Dump().Select(entry => entry.Digest);

        // What has no large layer is the same for every seed.
        Assert.True(one.Except(other).Count() > 70);
    }

    [Theory]
    [InlineData(150, 4, 0.6)]
    [InlineData(151, 4, 0)]
    [InlineData(401, 0, 1)]
    public void Size_and_references_are_exactly_those_asked_for(int references, int modules, double share)
    {
        var content = SeededSource.Create(
            Small with { References = references, Modules = modules, SharedShare = share }).Content;
        var large = content.Repositories.SelectMany(repository => repository.Blobs)
            .OfType<SeededBlob>()
            .DistinctBy(blob => blob.Digest);

        Assert.Equal(references, content.Dump().Count);
        Assert.Equal(2_000_000, large.Sum(blob => blob.Size));
    }

    [Fact]
    public void A_larger_share_means_that_images_have_more_layers_in_common()
    {
        Assert.Equal(0, CommonLayers(0));
        Assert.InRange(CommonLayers(0.9), 15, 40);
    }

    [Fact]
    public void Every_component_image_is_named_by_an_installer()
    {
        var content = SeededSource.Create(Small).Content;
        var named = ReleaseTrain.All
            .SelectMany(release => ReadDigests(content, release.Version))
            .ToHashSet();
        var untagged = content.Dump()
            .Where(entry => entry is { Repository: SeededSource.Root, Tag: null })
            .Select(entry => entry.Digest);

        Assert.Equal(untagged.ToHashSet(), named);
    }

    [Fact]
    public void Channels_name_the_version_that_their_version_json_says()
    {
        var content = SeededSource.Create(Small).Content;
        foreach (var (channel, version) in ReleaseTrain.All)
        {
            var json = ReadFile(content, SeededSource.Root + "/release-channel", channel, "version.json");
            Assert.Equal(version, JsonDocument.Parse(json).RootElement.GetProperty("version").GetString());
        }
    }

    [Fact]
    public void A_database_may_have_layers_of_any_size()
    {
        var content = SeededSource.Create(Small with { DatabaseLayers = [3_000_000, 5] }).Content;

        Assert.Superset(
            new HashSet<long> { 3_000_000, 5 },
            content.Repository(SeededSource.Root + "/security/trivy-db").Blobs.Select(blob => blob.Size).ToHashSet());
    }

    [Fact]
    public async Task A_served_range_equals_the_slice_of_the_whole()
    {
        var content = SeededSource.Create(Small).Content;
        var blob = content.Repository(SeededSource.Root).Blobs.OfType<SeededBlob>().MaxBy(item => item.Size)!;
        await using var registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = content }, TestContext.Current.CancellationToken);
        using var caller = new RegistryCaller(registry);
        var path = $"/v2/{SeededSource.Root}/blobs/{blob.Digest}";

        using var whole = await caller.GetAsync(path);
        var bytes = await RegistryCaller.BodyAsync(whole);
        Assert.Equal(blob.Digest, Sha256Digest.Of(bytes));
        var end = bytes.Length - 1;
        foreach (var (from, to) in new[] { (0, 0), (1, 6), (7, 8), (8, 15), (4093, 9001), (end - 2, end) })
        {
            using var part = await caller.GetAsync(path, $"bytes={from}-{to}");
            Assert.Equal(bytes[from..(to + 1)], await RegistryCaller.BodyAsync(part));
        }
    }

    [Fact]
    public void The_bytes_are_those_of_the_published_generator()
    {
        var bytes = new byte[8];
        SeededBytes.Fill(0, 0, bytes);

        // The first output of SplitMix64 for seed 0 is 0xE220A8397B1DCDAF, here little-endian.
        Assert.Equal("AFCD1D7B39A820E2", Convert.ToHexString(bytes));
    }

    [Fact]
    public void Bytes_far_behind_four_gibibytes_are_reached_without_those_before_them()
    {
        const long far = (10L << 30) - 11;
        var together = new byte[64];
        var apart = new byte[64];

        SeededBytes.Fill(3, far, together);
        SeededBytes.Fill(3, far, apart.AsSpan(0, 13));
        SeededBytes.Fill(3, far + 13, apart.AsSpan(13));

        Assert.Equal(together, apart);
    }

    [Fact]
    public void Too_few_references_or_bytes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SeededSource.Create(Small with { References = 60 }));
        Assert.Throws<ArgumentException>(() => SeededSource.Create(Small with { TotalBytes = 1000 }));
    }

    private static int CommonLayers(double share)
    {
        var content = SeededSource.Create(Small with { SharedShare = share }).Content;
        return content.Repositories
            .SelectMany(repository => repository.Manifests)
            .DistinctBy(manifest => manifest.Digest)
            .SelectMany(manifest => manifest.Links.Blobs)
            .CountBy(digest => digest)
            .Count(item => item.Value > 1 && IsLarge(content, item.Key));
    }

    private static bool IsLarge(ContentSet content, string digest) => content.Repositories.Any(
        repository => repository.TryGetBlob(digest, out var blob) && blob is SeededBlob);

    private static IEnumerable<string> ReadDigests(ContentSet content, string version)
    {
        var json = ReadFile(
            content, SeededSource.Root + "/install", version, "deckhouse/candi/images_digests.json");
        return JsonDocument.Parse(json).RootElement.EnumerateObject()
            .SelectMany(module => module.Value.EnumerateObject())
            .Select(image => image.Value.GetString()!);
    }

    private static string ReadFile(ContentSet content, string repositoryName, string tag, string name)
    {
        var repository = content.Repository(repositoryName);
        Assert.True(repository.TryGetManifest(tag, out var manifest));
        Assert.True(repository.TryGetBlob(manifest.Links.Blobs[^1], out var layer));
        using var gzip = new GZipStream(layer.OpenRead(0), CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == name)
            {
                using var reader = new StreamReader(entry.DataStream!);
                return reader.ReadToEnd();
            }
        }

        throw new InvalidOperationException($"{name} is not in {repositoryName}:{tag}.");
    }
}
