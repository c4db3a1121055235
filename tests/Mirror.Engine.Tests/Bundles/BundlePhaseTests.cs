using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>The phases of a run that writes a bundle; each cleans up after itself.</summary>
public sealed class BundlePhaseTests
{
    private const string Folder = "/bundle";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Whatever_the_disk_refuses_no_file_stays_open_and_the_next_run_ends_the_same(
        bool isResumed, bool staysBroken)
    {
        SketchedBundle bundle = SketchedBundle.Tiny(1);
        SimulatedDisk whole = new();
        await BundleRun.CompleteAsync(bundle, Folder, Cancellation, whole);
        int refused = 0;
        int left;
        do
        {
            SimulatedDisk disk = new();
            if (isResumed)
            {
                using OpenedBundle first = await BundleRun.OpenAsync(bundle, Folder, Cancellation, disk);
                BundleRun.Store(first.Writer, bundle, bundle.Contents.Keys.First());
            }

            left = refused++;
            ScriptedDisk failing = new(disk)
            {
                Before = (_, path) =>
                {
                    if (Interlocked.Decrement(ref left) is var now && (now == -1 || (now < 0 && staysBroken)))
                    {
                        throw new IOException($"{path}: input/output error", 5);
                    }
                },
            };
            try
            {
                await BundleRun.CompleteAsync(bundle, Folder, Cancellation, failing);
            }
            catch (MirrorException failure)
            {
                Assert.All(failure.Faults, fault => Assert.Equal(FaultCode.DiskFailed, fault.Code));
            }

            Assert.Empty(failing.Open);
            await BundleRun.CompleteAsync(bundle, Folder, Cancellation, disk);
            BundleRun.DemandSame(whole.Files(), disk.Files());
        }
        while (left < 0);

        Assert.True(refused > 50, $"only {refused} operations were seen");
    }

    [Fact]
    public async Task A_claim_keeps_the_folder_when_what_was_made_of_it_has_ended()
    {
        SketchedBundle bundle = SketchedBundle.Tiny(1);
        using TemporaryFolder folder = new();
        using (FolderClaim claim = await ClaimAsync(folder.FullName))
        {
            CancellationToken cancelled = new(canceled: true);
            using (PreparedBundle prepared = await PreparedBundle.PrepareAsync(
                claim, bundle.Plan, new BundleOptions(), TimeProvider.System))
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(
                    () => BundleWriter.OpenAsync(prepared, cancelled));
            }

            Assert.Empty(BundleRun.Files(folder.FullName));
            MirrorException refusal =
                await Assert.ThrowsAsync<MirrorException>(() => ClaimAsync(folder.FullName));
            Assert.Equal(FaultCode.BundleLocked, refusal.Faults[0].Code);
        }

        using FolderClaim next = await ClaimAsync(folder.FullName);
    }

    [Fact]
    public async Task A_background_flush_that_fails_after_the_last_write_fails_the_completion()
    {
        using ManualResetEventSlim failing = new();
        ScriptedDisk disk = new(new SimulatedDisk())
        {
            Before = (operation, path) =>
            {
                if (operation == "flush" && Thread.CurrentThread.Name == "bundle flush")
                {
                    failing.Set();
                    throw new IOException($"{path}: input/output error", 5);
                }
            },
        };
        using FolderClaim claim =
            await FolderClaim.TakeAsync(disk, Folder, "a test", new ImmediateTime(), Cancellation);
        using ArchiveFiles files = new(
            claim.Folder,
            BundleLayout.Create(SketchedBundle.Tiny(1).Plan).Take(1),
            new TickingTime(TimeSpan.FromSeconds(2)));
        ArchiveFile file = files.All[0];
        file.Create(Cancellation);

        file.Write(file.Layout.Entries.IndexOf(file.Layout.Entries.First(entry => entry.IsBlob)), 0, [1]);
        failing.Wait(Cancellation);

        MirrorException failure = Assert.Throws<MirrorException>(() => files.Complete(Cancellation));
        Assert.Equal(FaultCode.DiskFailed, failure.Faults[0].Code);
    }

    private static Task<FolderClaim> ClaimAsync(string directory) => FolderClaim.TakeAsync(
        new PhysicalDisk(), directory, "a test", new ImmediateTime(), Cancellation);
}
