using System.Net;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

public sealed class RegistryPushTests
{
    private const string Uploads = "/v2/new/blobs/uploads/";

    [Fact]
    public async Task A_blob_pushed_in_one_request_can_be_read_back()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        using var pushed = await caller.SendAsync(
            HttpMethod.Post, $"{Uploads}?digest={SmallContent.LayerDigest}", SmallContent.Layer);
        using var read = await caller.GetAsync(RegistryCaller.Header(pushed, "Location")!);

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.Equal(SmallContent.Layer, await RegistryCaller.BodyAsync(read));
    }

    [Fact]
    public async Task A_large_blob_pushed_in_chunks_is_read_back_whole()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        byte[] blob = [.. Enumerable.Range(0, 3_000_000).Select(number => (byte)(number % 253))];
        var digest = Sha256Digest.Of(blob);

        using var started = await caller.SendAsync(HttpMethod.Post, Uploads);
        var location = RegistryCaller.Header(started, "Location")!;
        using var first = await caller.SendAsync(HttpMethod.Patch, location, blob[..2_000_000], "0-1999999");
        using var status = await caller.GetAsync(location);
        using var last = await caller.SendAsync(HttpMethod.Put, $"{location}?digest={digest}", blob[2_000_000..]);
        using var read = await caller.GetAsync($"/v2/new/blobs/{digest}", "bytes=1999990-");

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal("0-1999999", RegistryCaller.Header(status, "Range"));
        Assert.Equal(HttpStatusCode.Created, last.StatusCode);
        Assert.Equal(blob[1_999_990..], await RegistryCaller.BodyAsync(read));
    }

    [Fact]
    public async Task A_chunk_in_the_wrong_place_is_refused_and_the_upload_goes_on()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        using var started = await caller.SendAsync(HttpMethod.Post, Uploads);
        var location = RegistryCaller.Header(started, "Location")!;

        using var early = await caller.SendAsync(HttpMethod.Patch, location, SmallContent.Layer[500..], "500-999");
        using var right = await caller.SendAsync(HttpMethod.Patch, location, SmallContent.Layer, "0-999");

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, early.StatusCode);
        Assert.Equal("0-999", RegistryCaller.Header(right, "Range"));
    }

    [Fact]
    public async Task Bytes_of_another_digest_are_refused_and_not_kept()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        using var pushed = await caller.SendAsync(
            HttpMethod.Post, $"{Uploads}?digest={SmallContent.LayerDigest}", SmallContent.Config);

        Assert.Equal(HttpStatusCode.BadRequest, pushed.StatusCode);
        Assert.Equal("DIGEST_INVALID", await RegistryCaller.ErrorCodeAsync(pushed));
        Assert.False(registry.Content.TryGetRepository("new", out _));
    }

    [Fact]
    public async Task A_deleted_upload_is_unknown_afterwards()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        using var started = await caller.SendAsync(HttpMethod.Post, Uploads);
        var location = RegistryCaller.Header(started, "Location")!;

        using var deleted = await caller.SendAsync(HttpMethod.Delete, location);
        using var status = await caller.GetAsync(location);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("BLOB_UPLOAD_UNKNOWN", await RegistryCaller.ErrorCodeAsync(status));
    }

    [Theory]
    [InlineData("app", HttpStatusCode.Created)]
    [InlineData("none", HttpStatusCode.Accepted)]
    public async Task A_mount_works_from_where_the_blob_is_and_else_opens_an_upload(string from, HttpStatusCode status)
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        using var mounted = await caller.SendAsync(
            HttpMethod.Post, $"{Uploads}?mount={SmallContent.LayerDigest}&from={from}");
        using var head = await caller.HeadAsync($"/v2/new/blobs/{SmallContent.LayerDigest}");

        Assert.Equal(status, mounted.StatusCode);
        Assert.Equal(status == HttpStatusCode.Created, head.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_manifest_is_refused_until_its_parts_are_there()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        const string image = "/v2/new/manifests/v1";

        using var early = await caller.PutManifestAsync(image, SmallContent.Manifest);
        foreach (var digest in ManifestLinks.Read(SmallContent.Manifest).Blobs)
        {
            using var mounted = await caller.SendAsync(HttpMethod.Post, $"{Uploads}?mount={digest}&from=app");
        }

        using var index = await caller.PutManifestAsync("/v2/new/manifests/all", SmallContent.Index);
        using var right = await caller.PutManifestAsync(image, SmallContent.Manifest);
        using var indexAgain = await caller.PutManifestAsync("/v2/new/manifests/all", SmallContent.Index);

        Assert.Equal("MANIFEST_BLOB_UNKNOWN", await RegistryCaller.ErrorCodeAsync(early));
        Assert.Equal("MANIFEST_BLOB_UNKNOWN", await RegistryCaller.ErrorCodeAsync(index));
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
        Assert.Equal(SmallContent.ManifestDigest, RegistryCaller.Header(right, "Docker-Content-Digest"));
        Assert.Equal(HttpStatusCode.Created, indexAgain.StatusCode);
        Assert.Equal(["all", "v1"], registry.Content.Repository("new").Tags);
    }

    [Fact]
    public async Task A_manifest_pushed_by_digest_must_have_it_and_gets_no_tag()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        const string manifests = "/v2/app/manifests/";

        using var wrong = await caller.PutManifestAsync(manifests + SmallContent.LayerDigest, SmallContent.Manifest);
        using var right = await caller.PutManifestAsync(manifests + SmallContent.ManifestDigest, SmallContent.Manifest);
        using var broken = await caller.PutManifestAsync(manifests + "x", "{"u8.ToArray());

        Assert.Equal("DIGEST_INVALID", await RegistryCaller.ErrorCodeAsync(wrong));
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
        Assert.Equal("MANIFEST_INVALID", await RegistryCaller.ErrorCodeAsync(broken));
        Assert.Equal(["one"], registry.Content.Repository("app").Tags);
    }

    private static Task<TestRegistry> StartAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = SmallContent.WithTags("one") }, TestContext.Current.CancellationToken);
}
