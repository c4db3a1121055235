using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class PlanFlowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_writes_its_report_and_nothing_else()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = Run(registry, folder);
        run.Settings = run.Settings with { ReportFile = folder.Combine("plan.json") };

        await run.PlanAsync();

        string report = await File.ReadAllTextAsync(folder.Combine("plan.json"), Cancellation);
        Assert.Contains("deckhouse-mirror-plan/1", report, StringComparison.Ordinal);
        Assert.Equal(["plan.json"], Directory.GetFileSystemEntries(folder.FullName).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task A_plan_without_a_bundle_folder_is_that_of_an_empty_one(string directory)
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = Run(registry, folder);
        MirrorPlan expected = await run.PlanAsync();
        run.Settings = run.Settings with { BundleDirectory = directory };

        MirrorPlan plan = await run.PlanAsync();

        Assert.Equal(expected.Everything(), plan.Everything());
        Assert.Equal(plan.TransferBytes, plan.DownloadBytes);
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plan_that_fails_or_is_cancelled_leaves_nothing_either(bool isCancelled)
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new();
        EngineRun run = Run(registry, folder);
        run.Settings = run.Settings with { TmpDirectory = folder.Combine("tmp", "below") };
        RequestGate gate = new();
        registry.Faults.Add(request => request.IsBlob(), new RegistryFault { Status = 403, Gate = gate });
        Task plan = new MirrorEngine(run.Environment).PlanAsync(run.Settings, null, stop.Token);
        await gate.Reached;
        Assert.NotEmpty(Directory.GetFileSystemEntries(folder.Combine("tmp", "below")));
        if (isCancelled)
        {
            await stop.CancelAsync();
        }
        else
        {
            gate.Open();
        }

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => plan);

        Assert.Equal(isCancelled, failure is OperationCanceledException);
        Assert.Empty(Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(folder.Combine("tmp", "below")));
    }

    [Fact]
    public async Task A_plan_reads_a_folder_that_a_run_holds_and_touches_nothing_in_it()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = Run(registry, folder);
        await run.PullAsync();
        using FolderClaim holder = await FolderClaim.TakeAsync(
            new PhysicalDisk(), run.Settings.BundleDirectory, "the other run", TimeProvider.System, Cancellation);
        await File.WriteAllTextAsync(
            folder.Combine("bundle", "platform.tar.part"), "what the other run has so far", Cancellation);
        string[] before = Traces(folder.Combine("bundle"));

        MirrorPlan plan = await run.PlanAsync();

        Assert.Equal(0, plan.DownloadBytes);
        Assert.Equal(before, Traces(folder.Combine("bundle")));
    }

    [Fact]
    public async Task A_plan_beside_a_commit_completes_nothing_and_calls_nothing_new()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        await Run(registry, folder).PullAsync();
        await File.WriteAllTextAsync(folder.Combine("bundle", BundleNames.Commit), "{}", Cancellation);
        string[] before = Traces(folder.Combine("bundle"));
        EngineRun plan = Run(registry, folder);

        await plan.PlanAsync();

        Assert.DoesNotContain(plan.Events, line => line.Message.Contains("that was here", StringComparison.Ordinal));
        Assert.Equal(before, Traces(folder.Combine("bundle")));
    }

    [Fact]
    public async Task A_plan_refuses_a_file_in_the_place_of_the_folder_as_its_pull_would()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = Run(registry, folder);
        await File.WriteAllTextAsync(run.Settings.BundleDirectory, "", Cancellation);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(run.PlanAsync);

        Assert.Equal(FaultCode.BundleNotDirectory, Assert.Single(failure.Faults).Code);
        Assert.Empty(registry.Requests.All);
    }

    [Fact]
    public async Task A_line_of_an_image_has_its_digest_once()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = Run(registry, folder);

        MirrorPlan plan = await run.PlanAsync();

        string[] lines =
        [
            .. run.Events.Where(line => line.Level == MirrorEventLevel.Decision
                && line.Message.StartsWith($"{registry.Host}/", StringComparison.Ordinal)).Select(line => line.Message),
        ];
        Assert.Equal(plan.ImageCount, lines.Length);
        Assert.Contains(lines, line => line.Contains("@sha256:", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(" sha256:", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Equal(2, line.Split("sha256:").Length));
    }

    [Fact]
    public async Task A_certificate_file_that_cannot_be_read_is_told_before_anything_is_made()
    {
        using TemporaryFolder folder = new();
        EngineRun run = new("127.0.0.1:1", folder.Combine("bundle"));
        run.Settings = run.Settings with { Insecure = false, CaFile = folder.Combine("absent.pem") };

        MirrorException exception = await Assert.ThrowsAsync<MirrorException>(() => run.PullAsync());

        Assert.Equal(FaultCode.CertificateFileUnreadable, exception.Faults[0].Code);
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullName));
    }

    /// <summary>The run with a temporary folder of its own, which is to be gone in the end.</summary>
    private static EngineRun Run(TestRegistry registry, TemporaryFolder folder)
    {
        EngineRun run = EngineRun.Of(registry, folder.Combine("bundle"));
        run.Environment["TMPDIR"] = folder.Combine("tmp");
        return run;
    }

    /// <summary>
    /// The folder with everything in it: whatever was made there, if only for a moment, has changed a time.
    /// </summary>
    private static string[] Traces(string folder) =>
    [
        .. Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Append(folder)
            .Order(StringComparer.Ordinal)
            .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}"),
    ];
}
