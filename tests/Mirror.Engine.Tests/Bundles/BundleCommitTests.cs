using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>Stops a run before its k-th operation on the disk, for every k, and looks at what is left.</summary>
public sealed class BundleCommitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_stopped_before_any_operation_leaves_only_true_files_and_the_next_run_ends_the_same()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        string whole = folder.Combine("whole");
        await BundleRun.CompleteAsync(bundle, whole, Cancellation);
        SortedDictionary<string, byte[]> expected = BundleRun.Files(whole);

        int stops = 0;
        for (; await StoppedRun.StopAsync(bundle, folder.Combine($"stop-{stops}"), stops, force: false); stops++)
        {
            string directory = folder.Combine($"stop-{stops}");
            DemandTrue(directory, expected);
            await BundleRun.CompleteAsync(bundle, directory, Cancellation, StoppedRun.Unflushed());
            BundleRun.DemandSame(expected, BundleRun.Files(directory));
        }

        Assert.True(stops > 50, $"only {stops} operations were seen");
    }

    [Fact]
    public async Task A_forced_run_stopped_anywhere_leaves_each_archive_old_or_new_and_the_next_run_ends_the_same()
    {
        SketchedBundle old = SketchedBundle.Small(1);
        SketchedBundle changed = SketchedBundle.Small(2);
        using TemporaryFolder folder = new();
        await BundleRun.CompleteAsync(old, folder.Combine("old"), Cancellation);
        await BundleRun.CompleteAsync(changed, folder.Combine("new"), Cancellation);
        SortedDictionary<string, byte[]> before = BundleRun.Files(folder.Combine("old"));
        SortedDictionary<string, byte[]> after = BundleRun.Files(folder.Combine("new"));

        for (int stops = 0; ; stops++)
        {
            string directory = folder.Combine($"stop-{stops}");
            Directory.CreateDirectory(directory);
            foreach ((string name, byte[] content) in before)
            {
                await File.WriteAllBytesAsync(Path.Combine(directory, name), content, Cancellation);
            }

            if (!await StoppedRun.StopAsync(changed, directory, stops, force: true))
            {
                break;
            }

            DemandTrue(directory, before, after);
            await BundleRun.CompleteAsync(changed, directory, Cancellation, StoppedRun.Unflushed(), force: true);
            BundleRun.DemandSame(after, BundleRun.Files(directory));
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_commit_is_rolled_forward_before_conflicts_are_looked_for()
    {
        SketchedBundle old = SketchedBundle.Small(1);
        SketchedBundle changed = SketchedBundle.Small(2);
        using TemporaryFolder folder = new();
        await BundleRun.CompleteAsync(old, folder.FullName, Cancellation);
        ScriptedDisk disk = new(new PhysicalDisk());
        disk.Before = (operation, path) =>
        {
            if (operation == "rename" && path.EndsWith("platform.tar.part", StringComparison.Ordinal))
            {
                throw new SimulatedCrashException();
            }
        };
        await Assert.ThrowsAsync<SimulatedCrashException>(
            () => BundleRun.CompleteAsync(changed, folder.FullName, Cancellation, disk, force: true));
        Assert.True(File.Exists(folder.Combine(BundleNames.Commit)));

        // Without force: the half-published bundle is this very plan once it is rolled forward.
        await BundleRun.CompleteAsync(changed, folder.FullName, Cancellation);

        Assert.False(File.Exists(folder.Combine(BundleNames.Commit)));
        using OpenedBundle opened = await BundleRun.OpenAsync(changed, folder.FullName, Cancellation);
        Assert.Equal(
            ["module-console.tar", "platform.tar"], opened.Prepared.Kept.Names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"format":"deckhouse-mirror/commit/2","steps":[]}""")]
    [InlineData("""{"format":"deckhouse-mirror/commit/1","steps":[{"from":"../../etc/passwd"}]}""")]
    [InlineData("""{"format":"deckhouse-mirror/commit/1","steps":[{"from":"a.part","to":"sub/a"}]}""")]
    [InlineData("""{"format":"deckhouse-mirror/commit/1","steps":[{"from":"..\\a"}]}""")]
    [InlineData("""{"format":"deckhouse-mirror/commit/1","steps":[{"from":"a","while":"../a"}]}""")]
    [InlineData("""{"format":"deckhouse-mirror/commit/1","steps":[{"from":"gone.part","to":"gone"}]}""")]
    public async Task A_commit_record_that_cannot_be_followed_is_a_fault_and_is_left_alone(string record)
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder.Combine(BundleNames.Commit), record, Cancellation);

        MirrorException exception = await Assert.ThrowsAsync<MirrorException>(
            () => BundleRun.CompleteAsync(SketchedBundle.Small(), folder.FullName, Cancellation));

        Assert.Equal(FaultCode.CommitDamaged, exception.Faults[0].Code);
        Assert.Equal(record, await File.ReadAllTextAsync(folder.Combine(BundleNames.Commit), Cancellation));
    }

    [Theory]
    [InlineData("notes.txt", null, null)]
    [InlineData("notes.txt", "platform.tar", null)]
    [InlineData("platform.tar", "notes.txt", null)]
    [InlineData("notes.txt.part", "notes.txt", null)]
    [InlineData("platform.tar", "module-x.tar", null)]
    [InlineData("security.tar.part", "platform.tar", null)]
    [InlineData("platform.tar.part", null, null)]
    [InlineData("platform.tar", null, "notes.txt")]
    [InlineData("platform.tar\0", null, null)]
    [InlineData("platform.tar.part", "platform.tar\0", null)]
    [InlineData("a\u202e.tar.part", "a\u202e.tar", null)]
    [InlineData("", null, null)]
    [InlineData(".", null, null)]
    [InlineData(".d8mirror.lock", null, null)]
    [InlineData(".journal", null, null)]
    [InlineData("notes.journal", null, null)]
    [InlineData("sub/platform.tar", null, null)]
    [InlineData("C:platform.tar", null, null)]
    public async Task A_commit_record_touches_nothing_but_files_of_a_bundle_under_their_own_names(
        string from, string? to, string? condition)
    {
        using TemporaryFolder folder = new();
        foreach (string name in (string[])["notes.txt", "notes.txt.part", "notes.journal", "platform.tar",
            "platform.tar.part", "security.tar.part"])
        {
            await File.WriteAllTextAsync(folder.Combine(name), name, Cancellation);
        }

        await File.WriteAllBytesAsync(
            folder.Combine(BundleNames.Commit),
            BundleJson.Write(new CommitRecord
            {
                Format = CommitRecord.CurrentFormat,
                Steps = [new CommitStep("bundle.json"), new CommitStep(from, to, condition)],
            }),
            Cancellation);
        SortedDictionary<string, byte[]> before = BundleRun.Files(folder.FullName);

        MirrorException exception = await Assert.ThrowsAsync<MirrorException>(
            () => BundleRun.CompleteAsync(SketchedBundle.Small(), folder.FullName, Cancellation));

        Assert.Equal(FaultCode.CommitDamaged, exception.Faults[0].Code);
        BundleRun.DemandSame(before, BundleRun.Files(folder.FullName));
    }

    [Fact]
    public async Task Data_is_flushed_before_the_record_and_the_folder_after_the_renames()
    {
        using TemporaryFolder folder = new();
        List<string> operations = [];
        ScriptedDisk disk = new(new PhysicalDisk())
        {
            Before = (operation, path) => operations.Add($"{operation} {Path.GetFileName(path)}"),
        };
        await BundleRun.CompleteAsync(SketchedBundle.Small(), folder.FullName, Cancellation, disk);

        string bundleFolder = $"flush-folder {Path.GetFileName(folder.FullName)}";
        int record = operations.IndexOf("rename .d8mirror.commit.part");
        int lastRename = operations.FindLastIndex(line => line.StartsWith("rename ", StringComparison.Ordinal));
        int recordGone = operations.LastIndexOf("delete .d8mirror.commit");
        foreach (string name in (string[])["platform.tar", "module-console.tar", "platform.tar.json", "bundle.json",
            "deckhousereleases.yaml"])
        {
            Assert.InRange(operations.IndexOf($"flush {name}.part"), 1, record);
            Assert.InRange(operations.IndexOf($"rename {name}.part"), record + 1, recordGone);
        }

        Assert.InRange(operations.IndexOf("flush .d8mirror.commit.part"), 1, record);
        Assert.Equal(bundleFolder, operations[record + 1]);
        Assert.Equal(
            [
                "delete module-console.tar.journal",
                "delete platform.tar.journal",
                bundleFolder,
                "delete .d8mirror.commit",
                bundleFolder,
            ],
            operations[(lastRename + 1)..]);
    }

    /// <summary>Whatever has a final name has the content of one of the whole bundles.</summary>
    private static void DemandTrue(string directory, params SortedDictionary<string, byte[]>[] wholes)
    {
        SortedDictionary<string, byte[]> files = Directory.Exists(directory) ? BundleRun.Files(directory) : [];
        foreach ((string name, byte[] content) in files.Where(
            file => Path.GetExtension(file.Key) is ".tar" or ".json" or ".yaml"))
        {
            Assert.True(wholes.Any(whole => content.AsSpan().SequenceEqual(whole[name])), $"{name} is untrue.");
        }
    }
}
