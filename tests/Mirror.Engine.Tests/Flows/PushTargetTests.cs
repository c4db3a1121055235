using System.Collections.Immutable;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;
using EngineFault = Mirror.Engine.Fault;

namespace Mirror.Engine.Tests.Flows;

/// <summary>A push against registries that refuse, break, and know some of it already.</summary>
public sealed class PushTargetTests
{
    [Fact]
    public async Task Where_mounts_are_refused_each_repository_is_sent_its_own_copy_and_nothing_is_left_open()
    {
        using BundleCopy bundle = new("0.33", "module-console", "module-neuvector");
        await using TestRegistry mounting = await PushRun.StartTargetAsync();
        await using TestRegistry refusing = await PushRun.StartTargetAsync(
            new TestRegistryOptions { AllowMounts = false });

        MirrorReport mounted = await new PushRun(mounting.Host, bundle.Folder).PushAsync();
        MirrorReport sent = await new PushRun(refusing.Host, bundle.Folder).PushAsync();

        Assert.Equal(mounting.Dump(), refusing.Dump());
        Assert.Equal(0, sent.MountedBlobs);
        Assert.Equal(mounted.SentBlobs + mounted.MountedBlobs, sent.SentBlobs);
        Assert.Equal(0, refusing.OpenUploads);
        Assert.Equal(0, mounting.OpenUploads);
        Assert.Equal(mounted.SentBlobs, mounting.UploadedBlobs.Select(blob => blob.Digest).Distinct().Count());
    }

    [Fact]
    public async Task An_upload_that_broke_is_begun_again_and_the_push_succeeds()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        FaultRule rule = target.Faults.Add(
            request => request.IsUpload() && request.Method == "PUT", new RegistryFault { Drop = true }, times: 2);

        MirrorReport report = await new PushRun(target.Host, bundle.Folder).PushAsync();

        Assert.Equal(2, rule.Applied);
        Assert.Equal(report.SentBlobs, target.UploadedBlobs.Count);
    }

    [Fact]
    public async Task A_registry_that_stays_broken_fails_the_push_with_no_tag()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        target.Faults.Add(
            request => request.IsUpload() && request.Method == "PUT",
            new RegistryFault { Status = 400, ErrorCode = "BLOB_UPLOAD_INVALID" });
        PushRun run = new(target.Host, bundle.Folder);
        run.Settings = run.Settings with { Transfer = new TransferLimits { MaxConnections = 1 } };

        EngineFault fault = Assert.Single(await run.FailAsync());

        Assert.Equal(FaultCode.ContentRefused, fault.Code);
        Assert.Empty(target.Dump());
        Assert.Equal(0, target.OpenUploads);
    }

    [Fact]
    public async Task A_tag_that_the_registry_refuses_fails_the_push_before_any_channel()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        target.Faults.Add(
            request => request.Method == "PUT" && request.IsManifest("mirror/ee/modules/console", "v1.38.0"),
            new RegistryFault { Status = 409, ErrorCode = "TAG_INVALID" });

        EngineFault fault = Assert.Single(await new PushRun(target.Host, bundle.Folder).FailAsync());

        Assert.Equal(FaultCode.ContentRefused, fault.Code);
        Assert.Contains("v1.38.0", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(target.Dump(), image => image.Tag is "alpha" or "stable" or "console");
    }

    [Fact]
    public async Task A_tag_that_does_not_read_back_as_pushed_fails_the_push()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        target.Requests.Observe(record =>
        {
            RegistryRoute route = record.Request.Route;
            if (record.Request.Method == "PUT" && record.Request.IsManifest(null, "console"))
            {
                // Somebody else moves a tag while the last one is written.
                RepositoryContent module = target.Content.Repository("mirror/ee/modules/console");
                module.TryGetManifest("v1.37.2", out StoredManifest? other);
                module.AddManifest(other!, "v1.38.0");
            }
        });

        PushRun run = new(target.Host, bundle.Folder) { Time = new ManualTimeProvider() };
        EngineFault fault = Assert.Single(await run.FailAsync());

        Assert.Equal(FaultCode.TagNotAsPushed, fault.Code);
        Assert.Contains("modules/console:v1.38.0", fault.Message, StringComparison.Ordinal);
        Assert.Equal(30, run.Time.Waits.Sum(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_registry_with_immutable_tags_takes_a_second_push()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry target = await PushRun.StartTargetAsync(
            new TestRegistryOptions { ImmutableTags = true });

        await new PushRun(target.Host, bundle.Folder).PushAsync();
        await new PushRun(target.Host, bundle.Folder).PushAsync();

        Assert.NotEmpty(target.Dump());
    }

    [Fact]
    public async Task Blobs_that_an_interrupted_push_left_are_not_sent_again()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        FaultRule rule = target.Faults.Add(
            request => request.Method == "PUT" && request.IsManifest(),
            new RegistryFault { Status = 403, ErrorCode = "DENIED" });
        await new PushRun(target.Host, bundle.Folder).FailAsync();
        int sent = target.UploadedBlobs.Count;
        target.Faults.Remove(rule);

        MirrorReport report = await new PushRun(target.Host, bundle.Folder).PushAsync();

        Assert.Equal(sent, target.UploadedBlobs.Count);
        Assert.Equal(0, report.SentBlobs);
        Assert.Equal(0, report.TransferredBytes);
    }

    [Fact]
    public async Task A_registry_that_does_not_list_tags_is_asked_for_each()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(target.Host, bundle.Folder).PushAsync();
        target.Faults.Add(request => request.IsTagList(), new RegistryFault { Status = 405 });
        target.Requests.Clear();

        MirrorReport report = await new PushRun(target.Host, bundle.Folder).PushAsync();

        Assert.Equal(0, report.Repositories.Sum(repository => repository.Pushed));
        Assert.DoesNotContain(target.Requests.All, record => record.Request.Method is "PUT" or "POST");
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_target_that_cannot_be_written_is_noticed_before_a_blob_is_sent_unless_told_not_to_look(
        bool skips, bool looks)
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        target.Faults.Add(
            request => request.Method == "POST", new RegistryFault { Status = 403, ErrorCode = "DENIED" });
        PushRun run = new(target.Host, bundle.Folder);
        run.Settings = run.Settings with { SkipAccessCheck = skips };

        EngineFault fault = Assert.Single(await run.FailAsync());

        Assert.Equal(FaultCode.Forbidden, fault.Code);
        Assert.Contains("right to push", fault.Advice, StringComparison.Ordinal);
        Assert.Equal(looks, target.Requests.Where(request => request.IsBlob()).Count == 0);
    }

    [Fact]
    public async Task The_variable_of_d8_skips_the_access_check()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry checkedTarget = await PushRun.StartTargetAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun run = new(target.Host, bundle.Folder);
        run.Environment.Add("MIRROR_BYPASS_ACCESS_CHECKS", "1");

        await new PushRun(checkedTarget.Host, bundle.Folder).PushAsync();
        await run.PushAsync();

        Assert.Contains(checkedTarget.Requests.All, record => record.Request.Method == "DELETE");
        Assert.DoesNotContain(target.Requests.All, record => record.Request.Method == "DELETE");
    }

    [Fact]
    public async Task A_login_opens_the_target_and_a_licence_never_does()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry target = await PushRun.StartTargetAsync(
            new TestRegistryOptions { Credential = new TestCredential("pusher", "s3cret") });
        PushRun licensed = new(target.Host, bundle.Folder);
        licensed.Environment.Add("D8_MIRROR_LICENSE_TOKEN", "licence");
        PushRun run = new(target.Host, bundle.Folder);
        run.Environment.Add("D8_MIRROR_REGISTRY_LOGIN", "pusher");
        run.Environment.Add("D8_MIRROR_REGISTRY_PASSWORD", "s3cret");

        ImmutableArray<EngineFault> faults = await licensed.FailAsync();
        await run.PushAsync();

        Assert.Equal(FaultCode.Unauthorized, Assert.Single(faults).Code);
        Assert.Contains("D8_MIRROR_REGISTRY_LOGIN", faults[0].Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("LICENSE", faults[0].Advice, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(target.Dump());
        Assert.DoesNotContain(run.Events, value => value.Message.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_push_leaves_no_tag_and_no_open_upload()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        RequestGate gate = new();
        target.Faults.Add(
            request => request.IsUpload() && request.Method == "PUT", new RegistryFault { Gate = gate });
        using CancellationTokenSource cancellation = new();
        PushRun run = new(target.Host, bundle.Folder);
        run.Settings = run.Settings with { Transfer = new TransferLimits { MaxConnections = 1 } };

        Task<MirrorReport> pushing = run.PushAsync(cancellation.Token);
        await gate.Reached;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pushing);
        gate.Open();
        Assert.DoesNotContain(target.Dump(), image => image.Tag is not null);
        Assert.Equal(0, target.OpenUploads);
    }
}
