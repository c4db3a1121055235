using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Mirror.Engine.Flows;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class PlanFlowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_writes_its_report_and_no_archive()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = EngineRun.Of(registry, folder.Combine("bundle"));
        run.Settings = run.Settings with { ReportFile = folder.Combine("plan.json") };

        await run.PlanAsync();

        string report = await File.ReadAllTextAsync(folder.Combine("plan.json"), Cancellation);
        Assert.Contains("deckhouse-mirror-plan/1", report, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.GetFiles(folder.Combine("bundle")), path => !Path.GetFileName(path).StartsWith('.'));
    }

    [Fact]
    public async Task A_plan_does_not_share_the_spool_with_a_run_that_holds_the_bundle()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        using FolderClaim holder = await FolderClaim.TakeAsync(
            new PhysicalDisk(), folder.FullName, "the other run", TimeProvider.System, Cancellation);
        ManualTimeProvider time = new();
        MirrorEngine engine = new(new EngineParts(new RunEnvironment([]), time));

        Task plan = engine.PlanAsync(EngineRun.Of(registry, folder.FullName).Settings, null, Cancellation);

        MirrorException exception = await Assert.ThrowsAsync<MirrorException>(() => time.DriveAsync(plan));
        Assert.Equal(FaultCode.BundleLocked, exception.Faults[0].Code);
        Assert.Empty(registry.Requests.All);
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
}
