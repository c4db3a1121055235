using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>A chunk set appears and disappears as one: whoever reads it opens its first chunk first.</summary>
public sealed class ChunkCommitTests : IDisposable
{
    private const string Archive = "module-console.tar";

    private readonly TemporaryFolder _folder = new();
    private readonly SketchedBundle _old = One(1);
    private readonly SketchedBundle _new = One(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(30_000, 40_000)]
    [InlineData(40_000, 30_000)]
    [InlineData(0, 30_000)]
    [InlineData(30_000, 0)]
    public async Task A_forced_run_stopped_anywhere_leaves_the_old_set_or_the_new_or_none(long before, long after)
    {
        await BundleRun.CompleteAsync(_old, _folder.Combine("old"), Cancellation, chunkBytes: before);
        await BundleRun.CompleteAsync(_new, _folder.Combine("new"), Cancellation, chunkBytes: after);
        SortedDictionary<string, byte[]> oldFiles = BundleRun.Files(_folder.Combine("old"));
        SortedDictionary<string, byte[]> newFiles = BundleRun.Files(_folder.Combine("new"));
        byte[][] wholes =
            [BundleRun.Joined(_folder.Combine("old"))[Archive], BundleRun.Joined(_folder.Combine("new"))[Archive]];
        HashSet<string> seen = [];

        for (int stops = 0; ; stops++)
        {
            string directory = _folder.Combine($"stop-{stops}");
            Directory.CreateDirectory(directory);
            foreach ((string name, byte[] content) in oldFiles)
            {
                await File.WriteAllBytesAsync(Path.Combine(directory, name), content, Cancellation);
            }

            if (!await StoppedRun.StopAsync(_new, directory, stops, force: true, after))
            {
                break;
            }

            seen.Add(WhatIsThere(directory, wholes));
            await BundleRun.CompleteAsync(
                _new, directory, Cancellation, StoppedRun.Unflushed(), force: true, chunkBytes: after);
            BundleRun.DemandSame(newFiles, BundleRun.Files(directory));
            Directory.Delete(directory, recursive: true);
        }

        Assert.Superset(new HashSet<string> { "old", "new" }, seen);
    }

    [Fact]
    public async Task The_old_first_chunk_goes_first_and_the_new_one_comes_last_with_the_folder_flushed_around_it()
    {
        await BundleRun.CompleteAsync(_old, _folder.FullName, Cancellation, chunkBytes: 30_000);
        List<string> operations = [];
        ScriptedDisk disk = new(new PhysicalDisk())
        {
            Before = (operation, path) => operations.Add($"{operation} {Path.GetFileName(path)}"),
        };

        await BundleRun.CompleteAsync(_new, _folder.FullName, Cancellation, disk, force: true, chunkBytes: 40_000);

        string flush = $"flush-folder {Path.GetFileName(_folder.FullName)}";
        int record = operations.IndexOf("rename .d8mirror.commit.part");
        string[] commit = [.. operations.Skip(record + 1)
            .TakeWhile(line => line != "delete .d8mirror.commit")];
        int last = Directory.GetFiles(_folder.FullName, "*.chunk").Length - 1;
        Assert.Equal([flush, $"delete {Archive}.0000.chunk", $"delete {Archive}.json", flush], commit[..4]);
        string[] renames =
        [
            .. Enumerable.Range(1, last).Reverse().Select(number => $"rename {Archive}.{number:0000}.chunk.part"),
            flush,
            $"rename {Archive}.json.part",
            $"rename {Archive}.0000.chunk.part",
            flush,
            "rename bundle.json.part",
            $"delete {Archive}.journal",
            flush,
        ];
        Assert.Equal(renames, commit[^renames.Length..]);
        Assert.All(
            Enumerable.Range(0, last + 1),
            number => Assert.InRange(operations.IndexOf($"flush {Archive}.{number:0000}.chunk.part"), 1, record));
    }

    [Fact]
    public async Task A_commit_that_is_repeated_after_its_last_step_deletes_nothing_of_what_it_published()
    {
        await BundleRun.CompleteAsync(_old, _folder.FullName, Cancellation, chunkBytes: 30_000);
        ScriptedDisk disk = new(new PhysicalDisk())
        {
            Before = (operation, path) =>
            {
                if (operation == "delete" && path.EndsWith(BundleNames.Commit, StringComparison.Ordinal))
                {
                    throw new SimulatedCrashException();
                }
            },
        };
        await Assert.ThrowsAsync<SimulatedCrashException>(() => BundleRun.CompleteAsync(
            _new, _folder.FullName, Cancellation, disk, force: true, chunkBytes: 30_000));
        SortedDictionary<string, byte[]> before = BundleRun.Files(_folder.FullName);
        Assert.True(before.Remove(BundleNames.Commit));

        await BundleRun.CompleteAsync(_new, _folder.FullName, Cancellation, chunkBytes: 30_000);

        BundleRun.DemandSame(before, BundleRun.Files(_folder.FullName));
    }

    private static SketchedBundle One(int seed)
    {
        Random random = new(seed);
        return new SketchedBundle().Add(
            Archive, random, SketchedBundle.Bytes(random, 60_000 + (seed * 40_000)), "modules/console");
    }

    /// <summary>What a reader finds that opens the first chunk first, then the others while there are any.</summary>
    private static string WhatIsThere(string directory, byte[][] wholes)
    {
        SortedDictionary<string, byte[]> files = BundleRun.Files(directory);
        List<byte> content = [.. files.GetValueOrDefault(Archive) ?? []];
        for (int number = 0; files.TryGetValue(BundleCopy.ChunkOf(Archive, number), out byte[]? chunk); number++)
        {
            content.AddRange(chunk);
        }

        int found = Array.FindIndex(wholes, whole => content.SequenceEqual(whole));
        Assert.True(found >= 0 || content.Count == 0, "What is there is neither the old archive nor the new one.");
        return found switch { 0 => "old", 1 => "new", _ => "none" };
    }
}
