using System.Net;
using System.Text.Json;
using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

public sealed class DeckhouseMiniTests
{
    [Fact]
    public void The_loaded_source_is_the_one_that_source_json_lists()
    {
        var loaded = DeckhouseMini.Load().Dump()
            .Select(entry => new SourceReference(entry.Repository, entry.Tag, entry.Digest));
        var listed = SourceListing.Load();

        Assert.Equal(499, listed.Count);
        Assert.Equal(listed.ToHashSet(), loaded.ToHashSet());
    }

    [Fact]
    public void Every_entry_of_the_archive_is_used_and_has_the_digest_it_is_named_by()
    {
        var content = DeckhouseMini.Load();
        var digests = content.Repositories
            .SelectMany(repository => repository.Blobs.Select(blob => (blob.Digest, blob.Size))
                .Concat(repository.Manifests.Select(manifest => (manifest.Digest, Size: (long)manifest.Bytes.Length))))
            .ToHashSet();

        var path = Path.Combine(DeckhouseMini.Folder, "source.json");
        using var description = JsonDocument.Parse(File.ReadAllBytes(path));
        var contents = description.RootElement.GetProperty("contents");
        Assert.Equal(contents.GetProperty("count").GetInt32(), digests.Count);
        Assert.Equal(contents.GetProperty("bytes").GetInt64(), digests.Sum(item => item.Size));
    }

    [Fact]
    public async Task A_served_manifest_leads_to_its_blobs_but_not_to_those_of_other_repositories()
    {
        await using var registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
        using var caller = new RegistryCaller(registry);

        using var manifest = await caller.GetAsync("/v2/deckhouse/ee/manifests/v1.69.4");
        var bytes = await RegistryCaller.BodyAsync(manifest);
        Assert.Equal(MediaTypes.DockerManifest, RegistryCaller.Header(manifest, "Content-Type"));
        Assert.Equal(Sha256Digest.Of(bytes), RegistryCaller.Header(manifest, "Docker-Content-Digest"));

        var layer = ManifestLinks.Read(bytes).Blobs[^1];
        using var here = await caller.GetAsync($"/v2/deckhouse/ee/blobs/{layer}");
        using var elsewhere = await caller.GetAsync($"/v2/deckhouse/ee/install/blobs/{layer}");
        Assert.Equal(layer, Sha256Digest.Of(await RegistryCaller.BodyAsync(here)));
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.Equal("BLOB_UNKNOWN", await RegistryCaller.ErrorCodeAsync(elsewhere));
    }
}
