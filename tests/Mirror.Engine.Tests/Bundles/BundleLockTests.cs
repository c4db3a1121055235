using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

public sealed class BundleLockTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_run_waits_a_little_and_is_then_refused_with_the_name_of_the_holder()
    {
        using TemporaryFolder folder = new();
        BundleFolder bundle = new(new PhysicalDisk(), folder.FullName);
        using BundleLock held = await BundleLock.TakeAsync(
            bundle, "pull, process 4711 on build-agent", TimeProvider.System, Cancellation);
        ImmediateTime time = new();

        MirrorException exception = await Assert.ThrowsAsync<MirrorException>(
            () => BundleLock.TakeAsync(bundle, "another", time, Cancellation));

        Assert.Equal(FaultCode.BundleLocked, exception.Faults[0].Code);
        Assert.Contains("pull, process 4711 on build-agent", exception.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(5), time.Waited);
    }

    [Fact]
    public async Task A_lock_is_free_again_when_its_holder_is_gone_whatever_its_file_says()
    {
        using TemporaryFolder folder = new();
        BundleFolder bundle = new(new PhysicalDisk(), folder.FullName);
        (await BundleLock.TakeAsync(bundle, "the first", TimeProvider.System, Cancellation)).Dispose();

        Assert.True(File.Exists(folder.Combine(BundleNames.Lock)));
        ImmediateTime time = new();
        using BundleLock second = await BundleLock.TakeAsync(bundle, "the second", time, Cancellation);

        Assert.Equal(TimeSpan.Zero, time.Waited);
        Assert.Equal("the second", await File.ReadAllTextAsync(folder.Combine(BundleNames.Holder), Cancellation));
    }

    [Fact]
    public async Task A_run_that_waited_goes_on_when_the_lock_is_released()
    {
        using TemporaryFolder folder = new();
        ScriptedDisk disk = new(new PhysicalDisk());
        BundleFolder bundle = new(disk, folder.FullName);
        BundleLock held = await BundleLock.TakeAsync(bundle, "the first", TimeProvider.System, Cancellation);
        int attempts = 0;
        disk.Before = (operation, _) =>
        {
            if (operation == "lock" && ++attempts == 3)
            {
                held.Dispose();
            }
        };
        ImmediateTime time = new();

        using BundleLock second = await BundleLock.TakeAsync(bundle, "the second", time, Cancellation);

        Assert.Equal(TimeSpan.FromSeconds(2), time.Waited);
    }

    [Fact]
    public async Task A_file_system_without_locks_is_a_warning_and_both_runs_go_on()
    {
        using TemporaryFolder folder = new();
        ScriptedDisk disk = Failing(DiskError.NoLocks);

        foreach (string purpose in (string[])["first", "second"])
        {
            using FolderClaim claim = await FolderClaim.TakeAsync(
                disk, folder.FullName, purpose, TimeProvider.System, Cancellation);
            Fault warning = Assert.Single(claim.Warnings);

            Assert.Equal(FaultCode.FolderNotLocked, warning.Code);
            Assert.Contains(folder.FullName, warning.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_lock_that_fails_is_a_fault_with_its_own_code()
    {
        using TemporaryFolder folder = new();

        MirrorException exception = await Assert.ThrowsAsync<MirrorException>(() => FolderClaim.TakeAsync(
            Failing(DiskError.LockFailed), folder.FullName, "purpose", TimeProvider.System, Cancellation));

        Assert.Equal(FaultCode.LockFailed, exception.Faults[0].Code);
    }

    [Fact]
    public async Task Waiting_ends_with_cancellation()
    {
        using TemporaryFolder folder = new();
        BundleFolder bundle = new(new PhysicalDisk(), folder.FullName);
        using BundleLock held = await BundleLock.TakeAsync(bundle, "the first", TimeProvider.System, Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BundleLock.TakeAsync(
            bundle, "the second", TimeProvider.System, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_locked_folder_is_refused_before_anything_in_it_changes()
    {
        SketchedBundle sketch = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        using OpenedBundle first = await BundleRun.OpenAsync(sketch, folder.FullName, Cancellation);
        SortedDictionary<string, byte[]> before = BundleRun.Files(folder.FullName);

        MirrorException exception = await Assert.ThrowsAsync<MirrorException>(
            () => BundleRun.CompleteAsync(sketch, folder.FullName, Cancellation, force: true));

        Assert.Equal(FaultCode.BundleLocked, exception.Faults[0].Code);
        BundleRun.DemandSame(before, BundleRun.Files(folder.FullName));
    }

    private static ScriptedDisk Failing(int error) => new(new PhysicalDisk())
    {
        Before = (operation, path) =>
        {
            if (operation == "lock")
            {
                throw DiskException.Create(error, path, "Input/output error");
            }
        },
    };
}
