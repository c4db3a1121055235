using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>What an archive claims is never allocated.</summary>
public sealed class TarScanMemoryTests
{
    private const long Allowed = 1024 * 1024;

    public static TheoryData<char, long> Claims
    {
        get
        {
            TheoryData<char, long> rows = [];
            foreach (char type in "0LxgK5")
            {
                rows.Add(type, 256L << 20);
                rows.Add(type, int.MaxValue);
                rows.Add(type, 1L << 40);
                rows.Add(type, long.MaxValue);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public void A_claimed_size_costs_nothing_even_where_the_file_is_as_long_as_it_says(char type, long size)
    {
        using TemporaryFolder folder = new();
        string path = folder.Combine("hostile.tar");
        ForgedEntry entry = new("modules/index.json", []) { Type = type, SizeField = ForgedEntry.Claim(size) };
        File.WriteAllBytes(path, [.. entry.ToBytes()]);
        using (FileStream sparse = File.OpenWrite(path))
        {
            // The file system stores no block of this; an entry of 256 MiB is really there.
            sparse.SetLength(512 + (256L << 20));
        }

        using IDiskFile file = new PhysicalDisk().OpenRead(path);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            TarScan.Scan(file, "hostile.tar", TestContext.Current.CancellationToken, out _);
        }
        catch (MirrorException exception)
        {
            Assert.Contains("hostile.tar", exception.Message, StringComparison.Ordinal);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Allowed);
    }
}
