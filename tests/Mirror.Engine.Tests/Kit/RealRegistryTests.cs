using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Remote;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

public sealed class RealRegistryTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_filled_docker_registry_holds_what_source_json_lists()
    {
        var program = RealPart.OrSkip("docker-registry");
        string store;
        await using (var real = await DockerRegistry.StartAsync(program, cancellationToken: Cancelled))
        {
            store = real.StoreFolder;
            using var filler = new RegistryFiller(real.Host);
            await filler.FillAsync(DeckhouseMini.Load(), Cancelled);

            using var reader = new RegistryReader(real.Host);
            await AssertHoldsAsync(reader, SourceListing.Load());
        }

        Assert.False(Directory.Exists(store));
    }

    [Fact]
    public async Task A_filled_docker_registry_gives_the_bytes_of_the_seeded_layers()
    {
        var program = RealPart.OrSkip("docker-registry");
        var options = new SeededSourceOptions { TotalBytes = 20_000_000, References = 104 };
        var source = SeededSource.Create(options).Content;
        await using var real = await DockerRegistry.StartAsync(program, cancellationToken: Cancelled);
        using var filler = new RegistryFiller(real.Host);
        await filler.FillAsync(source, Cancelled);

        using var reader = new RegistryReader(real.Host);
        foreach (var blob in source.Repository(SeededSource.Root).Blobs.OfType<SeededBlob>())
        {
            Assert.Equal(blob.Digest, await reader.HashBlobAsync(SeededSource.Root, blob.Digest, Cancelled));
        }
    }

    [Fact]
    public async Task A_filled_test_registry_holds_what_source_json_lists_and_mounts_what_it_has()
    {
        await using var registry = await TestRegistry.StartAsync(cancellationToken: Cancelled);
        using var filler = new RegistryFiller(registry.Host);
        await filler.FillAsync(DeckhouseMini.Load(), Cancelled);

        using var reader = new RegistryReader(registry.Host);
        await AssertHoldsAsync(reader, SourceListing.Load());
        Assert.Equal(DeckhouseMini.Load().Dump(), registry.Content.Dump());
        string[] finished = [.. registry.Requests.Uploads()
            .Where(record => record.Method == "PUT")
            .Select(record => record.Request.Query)];
        Assert.Equal(finished.Distinct(), finished);
    }

    [Fact]
    public async Task Skopeo_reads_the_stored_bytes_of_an_image_and_of_an_index()
    {
        var skopeo = RealPart.OrSkip("skopeo");
        await using var registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, Cancelled);
        foreach (var (name, tag) in new[]
        {
            ("deckhouse/ee", "v1.69.4"),
            ("deckhouse/deckhouse-cli/plugins/console-tool", "v1.1.0"),
        })
        {
            var result = await Tool.RunAsync(
                skopeo,
                ["inspect", "--raw", "--tls-verify=false", $"docker://{registry.Host}/{name}:{tag}"],
                Cancelled);

            Assert.True(result.ExitCode == 0, result.Errors);
            Assert.True(registry.Content.Repository(name).TryGetManifest(tag, out var manifest));
            Assert.Equal(manifest.Digest, Sha256Digest.Of(result.Output));
        }
    }

    // By tag through the lists, without a tag through the digest: both ways a mirror comes.
    private static async Task AssertHoldsAsync(RegistryReader reader, IReadOnlyList<SourceReference> expected)
    {
        var listed = await reader.ListAsync(Cancelled);
        Assert.Equal(expected.Where(reference => reference.Tag is not null).ToHashSet(), listed.ToHashSet());
        foreach (var untagged in expected.Where(reference => reference.Tag is null))
        {
            var bytes = await reader.ManifestAsync(untagged.Repository, untagged.Digest, Cancelled);
            Assert.Equal(untagged.Digest, Sha256Digest.Of(bytes));
        }
    }
}
