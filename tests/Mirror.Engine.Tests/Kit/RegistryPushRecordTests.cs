using System.Net;
using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

public sealed class RegistryPushRecordTests
{
    private const string Uploads = "/v2/new/blobs/uploads/";

    private static readonly string Whole = $"{Uploads}?digest={SmallContent.LayerDigest}";

    [Fact]
    public async Task Every_finished_upload_is_recorded_and_a_mount_is_not()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        using var once = await caller.SendAsync(HttpMethod.Post, Whole, SmallContent.Layer);
        var location = await StartUploadAsync(caller);
        using var chunk = await caller.SendAsync(HttpMethod.Patch, location, SmallContent.Layer[..600]);
        using var twice = await caller.SendAsync(
            HttpMethod.Put, $"{location}?digest={SmallContent.LayerDigest}", SmallContent.Layer[600..]);
        using var mounted = await caller.SendAsync(
            HttpMethod.Post, $"/v2/third/blobs/uploads/?mount={SmallContent.LayerDigest}&from=app");
        using var wrong = await caller.SendAsync(HttpMethod.Post, Whole, SmallContent.Config);

        Assert.Equal(HttpStatusCode.Created, mounted.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var layer = new UploadedBlob("new", SmallContent.LayerDigest, SmallContent.Layer.Length);
        Assert.Equal([layer, layer], registry.UploadedBlobs);
        Assert.Equal(
            [1000, 0, 600, 400, 0, SmallContent.Config.Length],
            registry.Requests.Uploads().Select(record => record.RequestBytes));
    }

    [Fact]
    public async Task The_line_of_a_record_has_the_bytes_of_both_directions()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        using var put = await caller.PutManifestAsync("/v2/app/manifests/two", SmallContent.Manifest);
        using var get = await caller.GetAsync($"/v2/app/blobs/{SmallContent.LayerDigest}", "bytes=0-9");

        Assert.Equal(
            [
                $"PUT /v2/app/manifests/two - 201 {SmallContent.Manifest.Length} 0 anonymous complete",
                $"GET /v2/app/blobs/{SmallContent.LayerDigest} bytes=0-9 206 0 10 anonymous complete",
            ],
            registry.Requests.All.Select(record => record.ToLine()));
    }

    [Fact]
    public async Task An_upload_is_open_until_it_is_finished_or_cancelled()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        var finished = await StartUploadAsync(caller);
        var cancelled = await StartUploadAsync(caller);
        var started = registry.OpenUploads;
        using var put = await caller.SendAsync(
            HttpMethod.Put, $"{finished}?digest={SmallContent.LayerDigest}", SmallContent.Layer);
        var afterPut = registry.OpenUploads;
        using var delete = await caller.SendAsync(HttpMethod.Delete, cancelled);

        Assert.Equal([2, 1, 0], [started, afterPut, registry.OpenUploads]);
    }

    [Fact]
    public async Task No_upload_stays_open_whose_place_the_client_was_never_told()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        using var malformed = await caller.SendAsync(HttpMethod.Post, $"{Uploads}?digest=md5:0", SmallContent.Layer);
        using var wrong = await caller.SendAsync(HttpMethod.Post, Whole, SmallContent.Config);

        Assert.Equal("DIGEST_INVALID", await RegistryCaller.ErrorCodeAsync(malformed));
        Assert.Equal("DIGEST_INVALID", await RegistryCaller.ErrorCodeAsync(wrong));
        Assert.Equal(0, registry.OpenUploads);
    }

    [Fact]
    public async Task A_broken_upload_is_over_once_its_request_is_recorded()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        var location = await StartUploadAsync(caller);
        var open = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        registry.Requests.Observe(_ => open.TrySetResult(registry.OpenUploads));
        using var body = new WatchedContent(SmallContent.Layer, isLengthKnown: true, breaksAfter: 600);

        await Assert.ThrowsAsync<HttpRequestException>(
            () => caller.SendAsync(HttpMethod.Patch, location, request => request.Content = body));
        var openAtRecord = await open.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, openAtRecord);
        Assert.False(registry.Requests.All[^1].IsComplete);
        Assert.Empty(registry.UploadedBlobs);
    }

    [Fact]
    public async Task A_dump_is_sorted_and_equals_what_a_client_reads()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        using var tag = await caller.PutManifestAsync("/v2/app/manifests/all", SmallContent.Index);
        registry.Content.Repository("aaa").AddManifest(
            new StoredManifest(MediaTypes.OciIndex, """{ "manifests": [] }"""u8.ToArray()));

        using var reader = new RegistryReader(registry.Host);
        var read = await reader.ListAsync(TestContext.Current.CancellationToken);
        var dump = registry.Dump();

        Assert.Equal(
            [
                new("aaa", null, Sha256Digest.Of("""{ "manifests": [] }"""u8)),
                new("app", "all", Sha256Digest.Of(SmallContent.Index)),
                new SourceReference("app", "one", SmallContent.ManifestDigest),
            ],
            dump);
        Assert.Equal(dump.Where(item => item.Tag is not null), read);
    }

    private static async Task<string> StartUploadAsync(RegistryCaller caller)
    {
        using var started = await caller.SendAsync(HttpMethod.Post, Uploads);
        return RegistryCaller.Header(started, "Location")!;
    }

    private static Task<TestRegistry> StartAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = SmallContent.WithTags("one") }, TestContext.Current.CancellationToken);
}
