using System.Net;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

public sealed class RegistryPushOptionTests
{
    private const string Uploads = "/v2/new/blobs/uploads/";

    [Fact]
    public async Task A_registry_without_mounts_opens_an_upload_instead()
    {
        await using var registry = await StartAsync(new TestRegistryOptions { AllowMounts = false });
        using var caller = new RegistryCaller(registry);

        using var refused = await caller.SendAsync(
            HttpMethod.Post, $"{Uploads}?mount={SmallContent.LayerDigest}&from=app");
        var location = RegistryCaller.Header(refused, "Location");
        using var pushed = await caller.SendAsync(
            HttpMethod.Put, $"{location}?digest={SmallContent.LayerDigest}", SmallContent.Layer);

        Assert.Equal(HttpStatusCode.Accepted, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.True(registry.Content.Repository("new").TryGetBlob(SmallContent.LayerDigest, out _));
    }

    [Fact]
    public async Task An_immutable_tag_is_taken_once_and_by_digest_everything_is_taken()
    {
        await using var registry = await StartAsync(new TestRegistryOptions { ImmutableTags = true });
        using var caller = new RegistryCaller(registry);
        var indexDigest = Sha256Digest.Of(SmallContent.Index);

        using var equal = await caller.PutManifestAsync("/v2/app/manifests/one", SmallContent.Manifest);
        using var other = await caller.PutManifestAsync("/v2/app/manifests/one", SmallContent.Index);
        var afterRefusals = registry.Dump();
        using var byDigest = await caller.PutManifestAsync($"/v2/app/manifests/{indexDigest}", SmallContent.Index);
        using var another = await caller.PutManifestAsync("/v2/app/manifests/two", SmallContent.Index);

        Assert.Equal(HttpStatusCode.Conflict, equal.StatusCode);
        Assert.Equal("TAG_INVALID", await RegistryCaller.ErrorCodeAsync(equal));
        Assert.Equal("TAG_INVALID", await RegistryCaller.ErrorCodeAsync(other));
        Assert.Equal([new("app", "one", SmallContent.ManifestDigest)], afterRefusals);
        Assert.Equal(HttpStatusCode.Created, byDigest.StatusCode);
        Assert.Equal(HttpStatusCode.Created, another.StatusCode);
    }

    [Fact]
    public async Task A_tag_is_moved_unless_it_is_immutable()
    {
        await using var registry = await StartAsync(new TestRegistryOptions());
        using var caller = new RegistryCaller(registry);

        using var moved = await caller.PutManifestAsync("/v2/app/manifests/one", SmallContent.Index);

        Assert.Equal(HttpStatusCode.Created, moved.StatusCode);
        Assert.Contains(new("app", "one", Sha256Digest.Of(SmallContent.Index)), registry.Dump());
    }

    [Fact]
    public async Task A_body_as_large_as_the_limit_is_taken()
    {
        await using var registry = await StartAsync(Limited(SmallContent.Layer.Length));
        using var caller = new RegistryCaller(registry);

        using var pushed = await caller.SendAsync(
            HttpMethod.Post, $"{Uploads}?digest={SmallContent.LayerDigest}", SmallContent.Layer);

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }

    [Fact]
    public async Task A_larger_body_is_refused_before_a_client_that_waits_sends_it()
    {
        // HttpClient sends a refused body all the same if it has no more than 1024 bytes, to keep its connection.
        var blob = new byte[2000];
        await using var registry = await StartAsync(Limited(blob.Length - 1));
        using var caller = new RegistryCaller(registry);
        using var started = await caller.SendAsync(HttpMethod.Post, Uploads);
        using var body = new WatchedContent(blob, isLengthKnown: true);

        using var refused = await caller.SendAsync(
            HttpMethod.Put,
            $"{RegistryCaller.Header(started, "Location")}?digest={Sha256Digest.Of(blob)}",
            request =>
            {
                request.Headers.ExpectContinue = true;
                request.Content = body;
            });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal("SIZE_INVALID", await RegistryCaller.ErrorCodeAsync(refused));
        Assert.False(body.WasSent);
        Assert.Equal(0, registry.Requests.All[^1].RequestBytes);
        Assert.Equal(1, registry.OpenUploads);
    }

    [Fact]
    public async Task A_client_that_waits_sends_what_is_not_too_large()
    {
        await using var registry = await StartAsync(Limited(SmallContent.Layer.Length));
        using var caller = new RegistryCaller(registry);
        using var body = new WatchedContent(SmallContent.Layer, isLengthKnown: true);

        using var pushed = await caller.SendAsync(
            HttpMethod.Post,
            $"{Uploads}?digest={SmallContent.LayerDigest}",
            request =>
            {
                request.Headers.ExpectContinue = true;
                request.Content = body;
            });

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.True(body.WasSent);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_refused_once_it_is_too_long()
    {
        await using var registry = await StartAsync(Limited(SmallContent.Layer.Length - 1));
        using var caller = new RegistryCaller(registry);
        using var body = new WatchedContent(SmallContent.Layer, isLengthKnown: false);

        using var refused = await caller.SendAsync(
            HttpMethod.Post, $"{Uploads}?digest={SmallContent.LayerDigest}", request => request.Content = body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Empty(registry.UploadedBlobs);
        Assert.Equal(0, registry.OpenUploads);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.BadRequest)]
    [InlineData(false, HttpStatusCode.Created)]
    public async Task A_manifest_without_its_parts_is_refused_unless_the_registry_does_not_look(
        bool looks, HttpStatusCode expected)
    {
        await using var registry = await StartAsync(new TestRegistryOptions { ChecksManifests = looks });
        using var caller = new RegistryCaller(registry);

        using var answer = await caller.PutManifestAsync("/v2/new/manifests/one", SmallContent.Manifest);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("application/vnd.oci.image.config.v1+json", HttpStatusCode.Created)]
    [InlineData("application/octet-stream", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_manifest_of_a_type_that_is_not_allowed_is_refused(string allowed, HttpStatusCode expected)
    {
        await using var registry = await StartAsync(new TestRegistryOptions { ConfigTypes = [allowed] });
        using var caller = new RegistryCaller(registry);

        using var answer = await caller.PutManifestAsync("/v2/app/manifests/two", SmallContent.Manifest);
        using var index = await caller.PutManifestAsync("/v2/app/manifests/three", SmallContent.Index);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Created, index.StatusCode);
    }

    private static TestRegistryOptions Limited(long largestBody) => new() { LargestBody = largestBody };

    private static Task<TestRegistry> StartAsync(TestRegistryOptions options) => TestRegistry.StartAsync(
        options with { Content = SmallContent.WithTags("one") }, TestContext.Current.CancellationToken);
}
