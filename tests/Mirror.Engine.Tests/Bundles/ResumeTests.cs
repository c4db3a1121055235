using System.Collections.Immutable;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>What a writer takes over of an interrupted run, and what it does not believe.</summary>
public sealed class ResumeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_that_was_copied_elsewhere_is_hashed_and_damage_in_it_is_found()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        string original = folder.Combine("original");
        string copy = Directory.CreateDirectory(folder.Combine("copy")).FullName;
        ArchiveEntry damaged = await InterruptAsync(bundle, original);
        foreach (string file in Directory.GetFiles(original))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        Damage(copy, damaged);
        await DemandOnlyMissingAsync(bundle, copy, new PhysicalDisk(), damaged.Digest);
        await DemandSameEndAsync(bundle, folder, copy);
    }

    [Fact]
    public async Task After_the_machine_started_anew_everything_is_hashed_and_damage_is_found()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        string directory = folder.Combine("bundle");
        ArchiveEntry damaged = await InterruptAsync(bundle, directory);
        Damage(directory, damaged);

        await DemandOnlyMissingAsync(
            bundle, directory, new ScriptedDisk(new PhysicalDisk()) { BootId = "another boot" }, damaged.Digest);
        await DemandSameEndAsync(bundle, folder, directory);
    }

    [Fact]
    public async Task On_the_same_boot_what_was_flushed_is_hashed_too_and_damage_is_found()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        string directory = folder.Combine("bundle");
        ArchiveEntry damaged = await InterruptAsync(bundle, directory);
        Damage(directory, damaged);

        await DemandOnlyMissingAsync(bundle, directory, new PhysicalDisk(), damaged.Digest);
        await DemandSameEndAsync(bundle, folder, directory);
    }

    [Fact]
    public async Task Nothing_that_a_journal_says_is_sealed_before_it_was_hashed()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        await InterruptAsync(bundle, folder.FullName);

        using OpenedBundle opened = await BundleRun.OpenAsync(bundle, folder.FullName, Cancellation);
        BundleWriter writer = opened.Writer;

        Assert.All(bundle.Contents.Keys, digest =>
        {
            Assert.True(writer.IsClaimed(digest));
            Assert.False(writer.IsSealed(digest));
        });
        Assert.Equal(bundle.Contents.Count, writer.Resumed.Blobs);
        Assert.Equal(FaultCode.Defect, Assert.Single(
            (await Assert.ThrowsAsync<MirrorException>(() => writer.CommitAsync(Cancellation))).Faults).Code);
    }

    [Fact]
    public async Task The_blobs_that_a_changed_plan_still_wants_are_kept_and_the_old_files_are_gone()
    {
        byte[] shared = SketchedBundle.Bytes(new Random(3), 90_000);
        SketchedBundle old = Platform(seed: 1, shared);
        SketchedBundle changed = Platform(seed: 2, shared);
        using TemporaryFolder folder = new();
        string directory = folder.Combine("bundle");
        await InterruptAsync(old, directory);

        using (OpenedBundle opened = await BundleRun.OpenAsync(changed, directory, Cancellation))
        {
            Assert.True(opened.Writer.IsSealed(Digest.OfSha256(shared)));
            Assert.Equal(1, opened.Writer.Resumed.Blobs);
            Assert.Equal(["platform.tar.journal", "platform.tar.part"], BundleRun.Files(directory).Keys);
        }

        await DemandSameEndAsync(changed, folder, directory);
    }

    [Fact]
    public async Task A_changed_plan_stopped_before_any_operation_ends_the_same()
    {
        byte[] shared = SketchedBundle.Bytes(new Random(3), 9_000);
        SketchedBundle old = Platform(seed: 1, shared);
        SketchedBundle changed = Platform(seed: 2, shared);
        SimulatedDisk whole = new();
        await BundleRun.CompleteAsync(changed, "/bundle", Cancellation, whole);

        for (int stop = 0; stop < 60; stop++)
        {
            SimulatedDisk disk = new();
            using (OpenedBundle opened = await BundleRun.OpenAsync(old, "/bundle", Cancellation, disk))
            {
                BundleRun.Store(opened.Writer, old, Digest.OfSha256(shared));
            }

            disk.StopAfter(stop);
            await Assert.ThrowsAsync<SimulatedCrashException>(
                () => BundleRun.CompleteAsync(changed, "/bundle", Cancellation, disk));
            disk.Restart(stop, isNewBoot: stop % 2 == 0);
            await BundleRun.CompleteAsync(changed, "/bundle", Cancellation, disk);

            BundleRun.DemandSame(whole.Files(), disk.Files());
        }
    }

    [Fact]
    public async Task Without_room_for_both_the_old_plan_is_dropped_with_a_warning()
    {
        byte[] shared = SketchedBundle.Bytes(new Random(3), 90_000);
        SketchedBundle changed = Platform(seed: 2, shared);
        using TemporaryFolder folder = new();
        await InterruptAsync(Platform(seed: 1, shared), folder.FullName);
        ScriptedDisk disk = new(new PhysicalDisk()) { Space = _ => new DiskSpace("small", 60_000) };

        using OpenedBundle opened = await BundleRun.OpenAsync(changed, folder.FullName, Cancellation, disk);

        Assert.Equal(FaultCode.UnfinishedDropped, Assert.Single(opened.Prepared.Warnings).Code);
        Assert.Equal(0, opened.Writer.Resumed.Bytes);
    }

    [Fact]
    public async Task Unfinished_archives_of_no_plan_are_removed_when_a_journal_shows_that_they_are_ours()
    {
        byte[] shared = SketchedBundle.Bytes(new Random(3), 9_000);
        using TemporaryFolder folder = new();
        await InterruptAsync(Platform(seed: 1, shared), folder.FullName);
        await File.WriteAllTextAsync(folder.Combine("module-x.tar.part"), "somebody's", Cancellation);
        SketchedBundle other = new SketchedBundle().Add("security.tar", new Random(4), shared, "security");

        using OpenedBundle opened = await BundleRun.OpenAsync(other, folder.FullName, Cancellation);
        Fault warning = Assert.Single(opened.Prepared.Warnings);

        Assert.Equal(FaultCode.UnfinishedArchives, warning.Code);
        Assert.Contains("module-x.tar.part", warning.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["module-x.tar.part", "security.tar.journal", "security.tar.part"],
            BundleRun.Files(folder.FullName).Keys);
    }

    [Fact]
    public async Task Without_resume_nothing_that_is_there_is_used()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        await InterruptAsync(bundle, folder.FullName);

        using OpenedBundle opened = await BundleRun.OpenAsync(
            bundle, folder.FullName, Cancellation, options: new BundleOptions { Resume = false });

        Assert.Equal(0, opened.Writer.Resumed.Bytes);
        Assert.DoesNotContain(bundle.Contents.Keys, opened.Writer.IsSealed);
    }

    private static SketchedBundle Platform(int seed, byte[] shared) =>
        new SketchedBundle().Add("platform.tar", new Random(seed), shared, $"path-{seed}");

    /// <summary>Stores every blob, but does not commit.</summary>
    /// <returns>A place of some blob with bytes.</returns>
    private static async Task<ArchiveEntry> InterruptAsync(SketchedBundle bundle, string directory)
    {
        using OpenedBundle opened = await BundleRun.OpenAsync(bundle, directory, Cancellation);
        foreach (Digest digest in bundle.Contents.Keys)
        {
            BundleRun.Store(opened.Writer, bundle, digest);
        }

        ILookup<Digest, ArchiveEntry> places = opened.Prepared.Layouts
            .Single(layout => layout.Name == "platform.tar").Entries
            .Where(entry => entry.IsBlob).ToLookup(entry => entry.Digest);
        return places.First(group => group.Count() == 1 && group.First().Size > 100).First();
    }

    private static void Damage(string directory, ArchiveEntry entry)
    {
        using FileStream file = File.OpenWrite(Path.Combine(directory, "platform.tar.part"));
        file.Position = entry.DataOffset + 50;
        file.Write("damage"u8);
        file.Position = file.Length - 100;
        file.Write("damage"u8);
    }

    private static async Task DemandOnlyMissingAsync(
        SketchedBundle bundle, string directory, IDisk disk, params Digest[] missing)
    {
        using OpenedBundle opened = await BundleRun.OpenAsync(bundle, directory, Cancellation, disk);
        BundleRun.Prove(opened.Writer, bundle.Contents.Keys);
        Assert.Equal(missing, bundle.Contents.Keys.Where(digest => !opened.Writer.IsSealed(digest)));
    }

    private static async Task DemandSameEndAsync(SketchedBundle bundle, TemporaryFolder folder, string directory)
    {
        await BundleRun.CompleteAsync(bundle, directory, Cancellation);
        await BundleRun.CompleteAsync(bundle, folder.Combine("whole"), Cancellation);
        BundleRun.DemandSame(BundleRun.Files(folder.Combine("whole")), BundleRun.Files(directory));
    }
}
