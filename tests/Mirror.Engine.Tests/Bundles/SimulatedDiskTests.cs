using Mirror.Engine.Disk;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>What a power failure does to a simulated disk; over many seeds, all of it happens.</summary>
public sealed class SimulatedDiskTests
{
    private const int Block = 2048;
    private const string Path = "/bundle/a";

    [Fact]
    public void What_was_flushed_outlives_any_failure()
    {
        foreach (string left in Outcomes(disk =>
        {
            using IDiskFile file = Written(disk);
            file.Flush();
            disk.FlushDirectory("/bundle");
        }))
        {
            Assert.Equal("a=112233", left);
        }
    }

    [Fact]
    public void Unflushed_writes_are_dropped_reordered_and_torn()
    {
        HashSet<string> left = Outcomes(disk =>
        {
            using IDiskFile file = Written(disk);
            disk.FlushDirectory("/bundle");
        });

        Assert.Contains("a=", left);
        Assert.Contains("a=112233", left);
        Assert.Contains("a=000033", left);
        Assert.Contains(left, content => content.Contains("10", StringComparison.Ordinal));
    }

    [Fact]
    public void Unflushed_names_are_lost_or_kept_one_by_one_and_a_rename_needs_its_file()
    {
        HashSet<string> left = Outcomes(disk =>
        {
            using (IDiskFile file = Written(disk))
            {
                file.Flush();
            }

            disk.FlushDirectory("/bundle");
            disk.Rename(Path, "/bundle/b");
            disk.Rename("/bundle/b", "/bundle/c");
            disk.Create("/bundle/d", 0).Dispose();
            disk.Delete("/bundle/c");
        });

        Assert.Equal(
            ["", "a=112233", "a=112233 d=", "b=112233", "b=112233 d=", "c=112233", "c=112233 d=", "d="],
            left.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_flush_is_about_that_folder_only()
    {
        HashSet<string> left = Outcomes(disk =>
        {
            disk.Create("/other/a", 0).Dispose();
            disk.Create(Path, 0).Dispose();
            disk.FlushDirectory("/other");
        });

        Assert.Equal(["", "a="], left.Order(StringComparer.Ordinal));
    }

    /// <summary>Three writes of a block each.</summary>
    private static IDiskFile Written(SimulatedDisk disk)
    {
        IDiskFile file = disk.Create(Path, 0);
        for (byte number = 1; number <= 3; number++)
        {
            byte[] content = new byte[Block];
            Array.Fill(content, number);
            file.Write(content, (number - 1) * Block);
        }

        return file;
    }

    /// <summary>What a failure after some work leaves, over many seeds: each half block by its byte.</summary>
    private static HashSet<string> Outcomes(Action<SimulatedDisk> work)
    {
        HashSet<string> outcomes = [];
        for (int seed = 0; seed < 300; seed++)
        {
            SimulatedDisk disk = new();
            work(disk);
            disk.Restart(seed, isNewBoot: true);
            outcomes.Add(string.Join(' ', disk.Files().Select(file =>
                $"{file.Key}={string.Concat(file.Value.Chunk(Block / 2).Select(half => half[0]))}")));
        }

        return outcomes;
    }
}
