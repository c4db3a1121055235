using System.Collections.Concurrent;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;
using EngineFault = Mirror.Engine.Fault;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Targets that do not answer what only saves work, say to have what they lack, and show tags late.</summary>
public sealed class DoubtfulTargetTests : IDisposable
{
    private static readonly string[] Names = ["module-console", "module-neuvector"];

    /// <summary>What a target without faults has in the end.</summary>
    private static readonly Lazy<Task<IReadOnlyList<SourceReference>>> Expected = new(async () =>
    {
        using BundleCopy bundle = new("0.33", Names);
        await using TestRegistry plain = await PushRun.StartTargetAsync();
        await new PushRun(plain.Host, bundle.Folder).PushAsync();
        return plain.Dump();
    });

    private readonly BundleCopy _bundle = new("0.33", Names);

    public static TheoryData<string, RegistryFault> OptionalQuestions
    {
        get
        {
            TheoryData<string, RegistryFault> rows = [];
            foreach (string question in new[] { "mount", "blob", "tag", "list" })
            {
                foreach (int status in new[] { 401, 403, 404, 500, 501 })
                {
                    rows.Add(question, new RegistryFault { Status = status, ErrorCode = "UNKNOWN" });
                }

                rows.Add(question, new RegistryFault { Status = 401 });
                rows.Add(question, new RegistryFault { Status = 404, Page = "<html>" });
                rows.Add(question, new RegistryFault { Drop = true });
                rows.Add(question, new RegistryFault { Status = 307, RedirectTo = _ => "/signed-for-something-else" });
            }

            return rows;
        }
    }

    public void Dispose() => _bundle.Dispose();

    [Theory]
    [MemberData(nameof(OptionalQuestions))]
    public async Task A_question_that_only_saves_work_ends_no_push_and_costs_no_time(
        string question, RegistryFault fault)
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        FaultRule rule = target.Faults.Add(request => IsAsked(question, request), fault);
        PushRun run = new(target.Host, _bundle.Folder) { Time = new ManualTimeProvider() };

        await run.PushAsync();

        Assert.True(rule.Applied > 0);
        Assert.Equal(await Expected.Value, target.Dump());
        Assert.Empty(run.Time.Waits);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    public async Task A_target_that_takes_no_upload_ends_the_push_before_any_blob_is_sent(int status)
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        FaultRule rule = target.Faults.Add(
            request => request.Method == "POST", new RegistryFault { Status = status, ErrorCode = "DENIED" });
        PushRun run = new(target.Host, _bundle.Folder) { Time = new ManualTimeProvider() };

        EngineFault fault = Assert.Single(await run.FailAsync());

        Assert.Equal(FaultCode.ServerError, fault.Code);
        Assert.Equal(Mirror.Engine.Registry.Sending.RetryPipeline.Attempts, rule.Applied);
    }

    [Fact]
    public async Task A_login_that_may_not_list_tags_may_push()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync(
            new TestRegistryOptions { Credential = new TestCredential("pusher", "s3cret") });
        target.Faults.Add(
            request => request.IsTagList(),
            new RegistryFault
            {
                Status = 401,
                ErrorCode = "UNAUTHORIZED",
                Headers = new Dictionary<string, string> { ["WWW-Authenticate"] = "Basic realm=\"x\"" },
            });
        PushRun run = new(target.Host, _bundle.Folder);
        run.Environment.Add("D8_MIRROR_REGISTRY_LOGIN", "pusher");
        run.Environment.Add("D8_MIRROR_REGISTRY_PASSWORD", "s3cret");

        await run.PushAsync();

        Assert.NotEmpty(target.Dump());
    }

    [Fact]
    public async Task Blobs_whose_mount_was_a_lie_are_sent_and_counted_as_sent()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        target.Faults.Add(IsMount, new RegistryFault { Status = 201 });

        MirrorReport report = await new PushRun(target.Host, _bundle.Folder).PushAsync();

        Assert.Equal(await Expected.Value, target.Dump());
        Assert.Equal(report.SentBlobs, target.UploadedBlobs.Count);
        Assert.Equal(target.UploadedBlobs.Distinct().Count(), target.UploadedBlobs.Count);
        Assert.Equal(0, report.MountedBlobs);
        Assert.Equal(report.TransferredBytes, target.UploadedBlobs.Sum(blob => blob.Size));
    }

    [Fact]
    public async Task A_blob_that_is_gone_after_it_was_found_is_sent()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        FaultRule refusal = target.Faults.Add(
            request => request.Method == "PUT" && request.IsManifest(), new RegistryFault { Status = 403 });
        await new PushRun(target.Host, _bundle.Folder).FailAsync();
        target.Faults.Remove(refusal);
        int removed = 0;
        target.Requests.Observe(record =>
        {
            RegistryRoute route = record.Request.Route;
            if (record is { Method: "HEAD", Status: 200 } && record.Request.IsBlob()
                && target.Content.Repository(route.Repository).RemoveBlob(route.Reference))
            {
                removed++;
            }
        });

        await new PushRun(target.Host, _bundle.Folder).PushAsync();

        Assert.True(removed > 0);
        Assert.Equal(await Expected.Value, target.Dump());
    }

    [Fact]
    public async Task A_sync_sends_what_a_mount_did_not_bring()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry registry = await MiniSource.StartAsync();
        registry.Faults.Add(IsMount, new RegistryFault { Status = 201 });
        MirrorSyncSettings settings = new()
        {
            Source = $"{registry.Host}/deckhouse/ee",
            Target = $"{registry.Host}/mirror/ee",
            Insecure = true,
            TmpDirectory = folder.Combine("tmp"),
            IncludeModules = ["console"],
            Components = MirrorComponents.Modules,
        };

        MirrorReport report = await new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System)
            .SyncAsync(settings, null, TestContext.Current.CancellationToken);

        Assert.Equal(0, report.MountedBlobs);
        Assert.True(report.SentBlobs > 0);
        Assert.NotEmpty(registry.Content.Repository("mirror/ee/modules/console").Tags);
    }

    [Fact]
    public async Task A_registry_that_loses_what_it_was_sent_is_told_with_the_blobs()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        target.Faults.Add(
            request => request.Method == "PUT" && request.IsManifest(),
            new RegistryFault { Status = 400, ErrorCode = "MANIFEST_BLOB_UNKNOWN" });
        PushRun run = new(target.Host, _bundle.Folder);
        run.Settings = run.Settings with { Transfer = new TransferLimits { MaxConnections = 1 } };

        EngineFault fault = Assert.Single(await run.FailAsync());

        Assert.Equal(FaultCode.ContentRefused, fault.Code);
        Assert.Contains("MANIFEST_BLOB_UNKNOWN", fault.Message, StringComparison.Ordinal);
        Assert.Contains("sha256:", fault.Message.Split("in this run")[1], StringComparison.Ordinal);
        Assert.Contains("loses them", fault.Advice, StringComparison.Ordinal);
        Assert.Equal(target.UploadedBlobs.Distinct().Count(), target.UploadedBlobs.Count);
    }

    [Fact]
    public async Task Tags_that_appear_late_are_waited_for()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        ConcurrentDictionary<string, int> hidden = new(StringComparer.Ordinal);
        target.Requests.Observe(record =>
        {
            if (record.Method == "PUT" && record.Request.IsManifest())
            {
                hidden[record.Path] = 4;
            }
        });
        target.Faults.Add(
            request => request.Method != "PUT" && hidden.TryGetValue(request.Path, out int left)
                && left > 0 && hidden.TryUpdate(request.Path, left - 1, left),
            new RegistryFault { Status = 404, ErrorCode = "MANIFEST_UNKNOWN" });
        PushRun run = new(target.Host, _bundle.Folder) { Time = new ManualTimeProvider() };

        await run.PushAsync();

        Assert.Equal([1, 2], run.Time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_target_that_hides_tags_from_HEAD_is_read_back_by_GET()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        target.Faults.Add(
            request => request.Method == "HEAD" && request.IsManifest(),
            new RegistryFault { Status = 404, ErrorCode = "MANIFEST_UNKNOWN" });
        PushRun run = new(target.Host, _bundle.Folder) { Time = new ManualTimeProvider() };

        await run.PushAsync();

        Assert.Empty(run.Time.Waits);
    }

    [Fact]
    public async Task Tags_that_never_appear_are_one_fault_of_bounded_length()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        bool isPushed = false;
        target.Requests.Observe(record => isPushed |= record.Method == "PUT" && record.Request.IsManifest());
        target.Faults.Add(
            request => isPushed && request.Method != "PUT" && request.IsManifest(),
            new RegistryFault { Status = 404, ErrorCode = "MANIFEST_UNKNOWN" });
        PushRun run = new(target.Host, _bundle.Folder) { Time = new ManualTimeProvider() };

        EngineFault fault = Assert.Single(await run.FailAsync());

        Assert.Equal(FaultCode.TagNotAsPushed, fault.Code);
        Assert.Contains($"{target.Host}/mirror/ee/modules", fault.Message, StringComparison.Ordinal);
        Assert.Contains(" more", fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Message.Length, 1, 800);
        Assert.Equal(30, run.Time.Waits.Sum(wait => wait.TotalSeconds));
    }

    private static bool IsMount(RegistryRequest request) =>
        request.Method == "POST" && request.Query.Contains("mount=", StringComparison.Ordinal);

    private static bool IsAsked(string question, RegistryRequest request) => question switch
    {
        "mount" => IsMount(request),
        "blob" => request.Method == "HEAD" && request.IsBlob(),
        "tag" => request.Method == "HEAD" && request.IsManifest(),
        _ => request.IsTagList(),
    };
}
