using System.Text;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Records;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>The oracle of the sweeps sees what it is there for: here something is wrong, and it says so.</summary>
public sealed class FinalNamesTests
{
    private const int Chunk = 2_000;

    [Theory]
    [InlineData(null, 0)]
    [InlineData(Chunk, Chunk)]
    public async Task A_disk_that_only_claims_to_flush_files_is_found_out(int? before, int after) =>
        Assert.NotEmpty(await SweepAsync(before, after, flushesFiles: false, flushesFolders: true));

    [Theory]
    [InlineData(null, Chunk)]
    [InlineData(0, 0)]
    public async Task A_disk_that_only_claims_to_flush_folders_is_found_out(int? before, int after) =>
        Assert.NotEmpty(await SweepAsync(before, after, flushesFiles: true, flushesFolders: false));

    [Theory]
    [InlineData(null, Chunk)]
    [InlineData(0, 0)]
    [InlineData(Chunk, 0)]
    public async Task A_commit_whose_steps_are_done_in_reverse_is_found_out(int? before, int after)
    {
        PowerFailureSweep sweep = await PowerFailureSweep.MakeAsync(before, after);
        SortedDictionary<string, byte[]> files = await FilesAtCommitAsync(sweep);
        CommitRecord record = BundleJson.ReadCommit(files[BundleNames.Commit])!;
        files[BundleNames.Commit] = BundleJson.Write(record with { Steps = [.. record.Steps.Reverse()] });

        List<string> problems = [];
        for (int seed = 0; seed < 600 && problems.Count == 0; seed++)
        {
            SimulatedDisk disk = new();
            disk.Put(files);
            problems.AddRange(await sweep.CrashAsync(disk, seed % 30, seed, isNewBoot: false));
        }

        Assert.NotEmpty(problems);
    }

    [Theory]
    [InlineData("platform.tar.0001.chunk")]
    [InlineData("platform.tar.json")]
    [InlineData("platform.tar.0000.chunk.gostsum")]
    public async Task One_changed_byte_is_found(string name)
    {
        PowerFailureSweep sweep = await PowerFailureSweep.MakeAsync(before: null, Chunk, hasSums: true);
        SimulatedDisk disk = new();
        disk.Put(sweep.Expected);
        Assert.Empty(await sweep.Oracle.ProblemsAsync(disk));

        sweep.Expected[name] = [.. sweep.Expected[name]];
        sweep.Expected[name][10] ^= 1;
        SimulatedDisk damaged = new();
        damaged.Put(sweep.Expected);

        Assert.NotEmpty(await sweep.Oracle.ProblemsAsync(damaged));
    }

    [Theory]
    [InlineData("platform.tar.0001.chunk", null)]
    [InlineData(null, "platform.tar.0009.chunk")]
    [InlineData(null, "platform.tar")]
    public async Task A_chunk_too_few_or_a_file_too_many_is_found(string? without, string? with)
    {
        PowerFailureSweep sweep = await PowerFailureSweep.MakeAsync(before: null, Chunk);
        SortedDictionary<string, byte[]> files = new(sweep.Expected, StringComparer.Ordinal);
        files.Remove(without ?? "");
        if (with is not null)
        {
            files.Add(with, Encoding.ASCII.GetBytes("odd"));
        }

        SimulatedDisk disk = new();
        disk.Put(files);

        Assert.NotEmpty(await sweep.Oracle.ProblemsAsync(disk));
    }

    private static async Task<List<string>> SweepAsync(int? before, int after, bool flushesFiles, bool flushesFolders)
    {
        PowerFailureSweep sweep = await PowerFailureSweep.MakeAsync(before, after);
        List<string> problems = [];
        for (int seed = 0; seed < 3000 && problems.Count == 0; seed++)
        {
            SimulatedDisk disk = sweep.Disk(flushesFiles, flushesFolders);
            long stop = sweep.Operations - (seed % (sweep.Operations / 2));
            problems.AddRange(await sweep.CrashAsync(disk, stop, seed, isNewBoot: false));
        }

        return problems;
    }

    /// <summary>
    /// What lies on the disk right after the commit's record was made durable: of all moments with a record the one
    /// with the most files that it is about. Blobs are copied in the background, so that one number of operations ends
    /// two runs at two moments.
    /// </summary>
    private static async Task<SortedDictionary<string, byte[]>> FilesAtCommitAsync(PowerFailureSweep sweep)
    {
        SortedDictionary<string, byte[]> found = [];
        int most = 0;
        for (long attempt = 0; attempt < 3 * sweep.Operations; attempt++)
        {
            SimulatedDisk disk = sweep.Disk();
            await sweep.CrashAsync(
                disk, (sweep.Operations / 2) + (attempt % sweep.Operations), seed: 1, isNewBoot: false);
            if (disk.Files() is var files && files.TryGetValue(BundleNames.Commit, out byte[]? content)
                && BundleJson.ReadCommit(content)!.Steps.Count(step => files.ContainsKey(step.From)) is var count
                && count > most)
            {
                (found, most) = (files, count);
            }
        }

        return found;
    }
}
