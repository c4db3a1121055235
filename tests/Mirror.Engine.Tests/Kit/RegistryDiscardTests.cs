using System.Net;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

public sealed class RegistryDiscardTests
{
    private const string Uploads = "/v2/new/blobs/uploads/";

    [Fact]
    public async Task A_pushed_blob_is_found_with_its_size_and_cannot_be_read()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        using var started = await caller.SendAsync(HttpMethod.Post, Uploads);
        var location = RegistryCaller.Header(started, "Location")!;
        using var first = await caller.SendAsync(HttpMethod.Patch, location, SmallContent.Layer[..400], "0-399");
        using var last = await caller.SendAsync(
            HttpMethod.Put, $"{location}?digest={SmallContent.LayerDigest}", SmallContent.Layer[400..]);
        using var head = await caller.HeadAsync($"/v2/new/blobs/{SmallContent.LayerDigest}");
        using var get = await caller.GetAsync($"/v2/new/blobs/{SmallContent.LayerDigest}");

        Assert.Equal("0-399", RegistryCaller.Header(first, "Range"));
        Assert.Equal(HttpStatusCode.Created, last.StatusCode);
        Assert.Equal("1000", RegistryCaller.Header(head, "Content-Length"));
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
        Assert.Equal(1000, Assert.Single(registry.UploadedBlobs).Size);
    }

    [Fact]
    public async Task Bytes_of_another_digest_are_refused()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        using var pushed = await caller.SendAsync(
            HttpMethod.Post, $"{Uploads}?digest={SmallContent.LayerDigest}", SmallContent.Config);
        using var head = await caller.HeadAsync($"/v2/new/blobs/{SmallContent.LayerDigest}");

        Assert.Equal("DIGEST_INVALID", await RegistryCaller.ErrorCodeAsync(pushed));
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
    }

    [Fact]
    public async Task What_was_pushed_can_be_mounted_and_an_image_of_it_published()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        const string image = "/v2/other/manifests/v1";

        using var early = await caller.PutManifestAsync(image, SmallContent.Manifest);
        foreach (byte[] blob in new[] { SmallContent.Layer, SmallContent.Config })
        {
            string digest = Sha256Digest.Of(blob);
            using var pushed = await caller.SendAsync(HttpMethod.Post, $"{Uploads}?digest={digest}", blob);
            using var mounted = await caller.SendAsync(
                HttpMethod.Post, $"/v2/other/blobs/uploads/?mount={digest}&from=new");
            Assert.Equal(HttpStatusCode.Created, mounted.StatusCode);
        }

        using var right = await caller.PutManifestAsync(image, SmallContent.Manifest);
        using var read = await caller.GetAsync(image);

        Assert.Equal("MANIFEST_BLOB_UNKNOWN", await RegistryCaller.ErrorCodeAsync(early));
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
        Assert.Equal(SmallContent.Manifest, await RegistryCaller.BodyAsync(read));
    }

    private static Task<TestRegistry> StartAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions { KeepsBlobs = false }, TestContext.Current.CancellationToken);
}
