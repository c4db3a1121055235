using System.Net;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

public sealed class RegistryDeleteTests
{
    private static readonly string LayerPath = $"/v2/app/blobs/{SmallContent.LayerDigest}";
    private static readonly string ManifestPath = $"/v2/app/manifests/{SmallContent.ManifestDigest}";

    [Fact]
    public async Task A_deleted_blob_is_gone_from_its_repository_and_from_no_other()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        using var mounted = await caller.SendAsync(
            HttpMethod.Post, $"/v2/new/blobs/uploads/?mount={SmallContent.LayerDigest}&from=app");

        using var deleted = await caller.SendAsync(HttpMethod.Delete, LayerPath);
        using var here = await caller.GetAsync(LayerPath);
        using var elsewhere = await caller.GetAsync($"/v2/new/blobs/{SmallContent.LayerDigest}");

        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        Assert.Equal("BLOB_UNKNOWN", await RegistryCaller.ErrorCodeAsync(here));
        Assert.Equal(SmallContent.Layer, await RegistryCaller.BodyAsync(elsewhere));
    }

    [Fact]
    public async Task A_manifest_deleted_by_digest_takes_its_tags_along()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        using var index = await caller.PutManifestAsync("/v2/app/manifests/all", SmallContent.Index);

        using var deleted = await caller.SendAsync(HttpMethod.Delete, ManifestPath);
        using var byTag = await caller.GetAsync("/v2/app/manifests/one");
        using var byDigest = await caller.GetAsync(ManifestPath);

        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, byTag.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, byDigest.StatusCode);
        Assert.Equal(["all"], registry.Content.Repository("app").Tags);
    }

    [Fact]
    public async Task A_deleted_tag_leaves_its_manifest_and_the_other_tags()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        using var deleted = await caller.SendAsync(HttpMethod.Delete, "/v2/app/manifests/one");
        using var byDigest = await caller.HeadAsync(ManifestPath);

        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byDigest.StatusCode);
        Assert.Equal(["two"], registry.Content.Repository("app").Tags);
    }

    [Theory]
    [InlineData("none/manifests/one", "NAME_UNKNOWN")]
    [InlineData("app/manifests/three", "MANIFEST_UNKNOWN")]
    [InlineData("app/manifests/sha256:0000000000000000000000000000000000000000000000000000000000000000",
        "MANIFEST_UNKNOWN")]
    [InlineData("app/blobs/sha256:0000000000000000000000000000000000000000000000000000000000000000", "BLOB_UNKNOWN")]
    public async Task What_is_not_there_cannot_be_deleted(string path, string code)
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        using var answer = await caller.SendAsync(HttpMethod.Delete, $"/v2/{path}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(code, await RegistryCaller.ErrorCodeAsync(answer));
    }

    [Fact]
    public async Task A_registry_without_deletes_refuses_each_kind_and_keeps_everything()
    {
        await using var registry = await StartAsync(allowDeletes: false);
        using var caller = new RegistryCaller(registry);
        var before = registry.Content.Dump();

        foreach (var path in new[] { LayerPath, ManifestPath, "/v2/app/manifests/one" })
        {
            using var answer = await caller.SendAsync(HttpMethod.Delete, path);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            Assert.Equal("UNSUPPORTED", await RegistryCaller.ErrorCodeAsync(answer));
        }

        Assert.Equal(before, registry.Content.Dump());
        Assert.True(registry.Content.Repository("app").TryGetBlob(SmallContent.LayerDigest, out _));
    }

    private static Task<TestRegistry> StartAsync(bool allowDeletes = true) => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = SmallContent.WithTags("one", "two"), AllowDeletes = allowDeletes },
        TestContext.Current.CancellationToken);
}
