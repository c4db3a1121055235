using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;
using EngineFault = Mirror.Engine.Fault;

namespace Mirror.Engine.Tests.Flows;

/// <summary>A push against registries with rules: what they refuse is told with advice, or worked around.</summary>
public sealed class RefusingTargetTests
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public async Task Without_mounts_a_whole_bundle_is_sent_once_to_each_repository_and_twice_to_none()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync(
            new TestRegistryOptions { AllowMounts = false });

        MirrorReport first = await new PushRun(target.Host, PushRun.Recorded("0.33")).PushAsync();
        MirrorReport second = await new PushRun(target.Host, PushRun.Recorded("0.33")).PushAsync();

        Assert.Equal(target.UploadedBlobs.Distinct().Count(), target.UploadedBlobs.Count);
        Assert.True(first.SentBlobs > first.Plan.Blobs.Length, $"{first.SentBlobs} sent");
        Assert.Equal(first.SentBlobs, target.UploadedBlobs.Count);
        Assert.Equal(0, first.MountedBlobs + second.MountedBlobs + second.SentBlobs);
        Assert.Equal(0, target.OpenUploads);
    }

    [Fact]
    public async Task Immutable_tags_take_a_second_push_and_a_tag_that_differs_is_told_with_advice_before_any_channel()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry target = await PushRun.StartTargetAsync(
            new TestRegistryOptions { ImmutableTags = true });
        await new PushRun(target.Host, bundle.Folder).PushAsync();
        IReadOnlyList<SourceReference> pushed = target.Dump();
        await new PushRun(target.Host, bundle.Folder).PushAsync();
        IReadOnlyList<SourceReference> again = target.Dump();
        RepositoryContent module = target.Content.Repository("mirror/ee/modules/console");
        Assert.True(module.TryGetManifest("v1.37.2", out StoredManifest? other));
        module.AddManifest(other, "v1.38.0");
        target.Content.Repository("mirror/ee/modules/console/release").RemoveTag("alpha");

        EngineFault fault = Assert.Single(await new PushRun(target.Host, bundle.Folder).FailAsync());

        Assert.Equal(pushed, again);
        Assert.Equal(FaultCode.ContentRefused, fault.Code);
        Assert.Contains("modules/console", fault.Message, StringComparison.Ordinal);
        Assert.Contains("v1.38.0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("immutable tags", fault.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("alpha", target.Content.Repository("mirror/ee/modules/console/release").Tags);
        Assert.Equal(0, target.OpenUploads);
    }

    [Fact]
    public async Task Artifact_types_that_are_not_allowed_are_told_with_the_setting_of_Quay_and_no_channel_is_there()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync(new TestRegistryOptions
        {
            ConfigTypes =
            [
                "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json",
            ],
        });

        IReadOnlyList<EngineFault> faults = await new PushRun(target.Host, PushRun.Recorded("0.33")).FailAsync();

        Assert.All(faults, fault =>
        {
            Assert.Equal(FaultCode.ContentRefused, fault.Code);
            Assert.Contains("are not allowed", fault.Message, StringComparison.Ordinal);
            Assert.Contains(
                "Quay: allow general OCI artifacts, with the config types application/octet-stream and "
                    + "application/vnd.aquasec.trivy.config.v1+json",
                fault.Advice,
                StringComparison.Ordinal);
        });
        Assert.DoesNotContain(target.Dump(), image => image.Tag is "alpha" or "stable" or "console");
        Assert.Equal(0, target.OpenUploads);
    }

    [Fact]
    public async Task A_limit_of_1_MiB_for_a_request_is_kept_by_sending_in_pieces()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await LargeSourceAsync();
        await EngineRun.Of(source, folder.FullName).PullAsync();
        await using TestRegistry free = await PushRun.StartTargetAsync();
        await using TestRegistry limited = await PushRun.StartTargetAsync(
            new TestRegistryOptions { LargestBody = Mebibyte });

        await new PushRun(free.Host, folder.FullName).PushAsync();
        await new PushRun(limited.Host, folder.FullName).PushAsync();

        Assert.Equal(free.Dump(), limited.Dump());
        Assert.Equal(
            free.UploadedBlobs.Select(blob => blob.Digest).Order(),
            limited.UploadedBlobs.Select(blob => blob.Digest).Order());
        Assert.Contains(limited.UploadedBlobs, blob => blob.Size == 3_000_000);
        Assert.Contains(limited.Requests.All, record => record.Method == "PATCH");
        Assert.All(limited.Requests.All, record => Assert.InRange(record.RequestBytes, 0, Mebibyte));
        Assert.Equal(0, limited.OpenUploads);
    }

    [Fact]
    public async Task A_limit_too_small_for_pieces_is_told_with_the_setting_of_the_proxy_and_no_tag_is_there()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync(
            new TestRegistryOptions { LargestBody = 500 });

        PushRun run = new(target.Host, PushRun.Recorded("0.33"));

        // One at a time: nobody can end an upload whose opening was cancelled before its answer came.
        run.Settings = run.Settings with { Transfer = new TransferLimits { MaxConnections = 1 } };

        IReadOnlyList<EngineFault> faults = await run.FailAsync();

        Assert.All(faults, fault =>
        {
            Assert.Equal(FaultCode.BodyTooLarge, fault.Code);
            Assert.Contains("client_max_body_size", fault.Advice, StringComparison.Ordinal);
        });
        Assert.Empty(target.Dump());
        Assert.Equal(0, target.OpenUploads);
    }

    [Fact]
    public async Task A_blob_whose_session_is_lost_begins_again_whole_or_in_pieces()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await LargeSourceAsync();
        await EngineRun.Of(source, folder.FullName).PullAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync(
            new TestRegistryOptions { LargestBody = Mebibyte });
        RegistryFault lost = new() { Status = 404, ErrorCode = "BLOB_UPLOAD_UNKNOWN" };
        FaultRule puts = target.Faults.Add(request => request is { Method: "PUT" } && request.IsUpload(), lost, 2);
        int patches = 0;
        FaultRule pieces = target.Faults.Add(
            request => request is { Method: "PATCH" } && Interlocked.Increment(ref patches) is 2 or 4, lost);

        MirrorReport report = await new PushRun(target.Host, folder.FullName).PushAsync();

        Assert.Equal((2, 2), (puts.Applied, pieces.Applied));
        Assert.Equal(report.Plan.Blobs.Length, report.SentBlobs);
        Assert.Equal(report.SentBlobs, target.UploadedBlobs.Select(blob => blob.Digest).Distinct().Count());
        Assert.Equal(report.Plan.Publications.Length, target.Dump().Count(image => image.Tag is not null));
    }

    [Theory]
    [InlineData(403, "DENIED", "deckhouse", FaultCode.Forbidden)]
    [InlineData(404, "NAME_UNKNOWN", "deckhouse", FaultCode.RepositoryNotFound)]
    [InlineData(404, "NOT_FOUND", "deckhouse", FaultCode.ContentRefused)]
    [InlineData(400, "NAME_INVALID", "deckhouse", FaultCode.ContentRefused)]
    [InlineData(404, "NAME_UNKNOWN", "project/deckhouse", FaultCode.RepositoryNotFound)]
    public async Task At_the_root_of_a_project_of_Harbor_the_advice_is_to_push_below_it(
        int status, string code, string path, string expected)
    {
        using BundleCopy bundle = new("0.33", "platform");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        target.Faults.Add(
            request => request.Method == "POST" && request.IsUpload(path),
            new RegistryFault { Status = status, ErrorCode = code });
        PushRun run = new(target.Host, bundle.Folder);
        run.Settings = run.Settings with { Target = $"{target.Host}/{path}" };

        EngineFault fault = Assert.Single(await run.FailAsync());

        Assert.Equal(expected, fault.Code);
        Assert.Equal(
            !path.Contains('/', StringComparison.Ordinal),
            fault.Advice.Contains("root of a project", StringComparison.Ordinal));
        Assert.Empty(target.UploadedBlobs);
    }

    private static Task<TestRegistry> LargeSourceAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions
        {
            Content = SeededSource.Create(new SeededSourceOptions
            {
                Seed = 7,
                TotalBytes = 2_000_000,
                References = 90,
                Modules = 2,
                DatabaseLayers = [3_000_000],
            }).Content,
        },
        TestContext.Current.CancellationToken);
}
