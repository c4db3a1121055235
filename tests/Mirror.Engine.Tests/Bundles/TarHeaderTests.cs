using System.Formats.Tar;
using System.Text;
using Mirror.Engine.Archives;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

public sealed class TarHeaderTests
{
    private const long EightGibibytes = 1L << 33;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(99, 1)]
    [InlineData(100, 511)]
    [InlineData(101, 512)]
    [InlineData(255, 513)]
    [InlineData(511, 3)]
    [InlineData(512, 3)]
    public void A_header_is_read_by_the_framework_with_name_size_and_mode(int nameLength, int size)
    {
        string name = new('n', nameLength);
        using MemoryStream archive = new();
        archive.Write(TarHeader.Create(name, size));
        archive.Write(new byte[TarHeader.Padded(size) + TarHeader.EndSize]);
        archive.Position = 0;

        using TarReader reader = new(archive);
        TarEntry entry = reader.GetNextEntry()!;

        Assert.Equal(TarEntryFormat.Gnu, entry.Format);
        Assert.Equal(name, entry.Name);
        Assert.Equal(size, entry.Length);
        Assert.Equal(TarEntryType.RegularFile, entry.EntryType);
        Assert.Equal(0x1FF, (int)entry.Mode);
        Assert.Equal(0, entry.Uid + entry.Gid);
        Assert.Equal(DateTimeOffset.UnixEpoch, entry.ModificationTime);
        Assert.Null(reader.GetNextEntry());
    }

    [Fact]
    public void A_name_of_100_bytes_needs_no_pseudo_entry_and_one_of_101_does()
    {
        Assert.Equal(TarHeader.BlockSize, TarHeader.Create(new string('n', 100), 0).Length);
        Assert.Equal(3 * TarHeader.BlockSize, TarHeader.Create(new string('n', 101), 0).Length);
        Assert.Equal(4 * TarHeader.BlockSize, TarHeader.Create(new string('n', 512), 0).Length);
    }

    [Fact]
    public void A_size_is_octal_below_8_GiB_and_base_256_from_there_on()
    {
        Assert.Equal("77777777777\0"u8, TarHeader.Create("a", EightGibibytes - 1).AsSpan(124, 12));
        Assert.Equal(
            new byte[] { 0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0 }, TarHeader.Create("a", EightGibibytes)[124..136]);
        Assert.Equal(
            new ScannedHeader("a", long.MaxValue, '0'), ScannedHeader.Parse(TarHeader.Create("a", long.MaxValue)));
    }

    [Fact]
    public async Task GNU_tar_lists_an_entry_of_more_than_8_GiB()
    {
        string tar = RealPart.OrSkip("tar");
        using TemporaryFolder folder = new();
        string archive = folder.Combine("large.tar");
        const long size = EightGibibytes + 1;
        await using (FileStream file = File.Create(archive))
        {
            file.Write(TarHeader.Create("a-large-file", size));
            file.SetLength(TarHeader.BlockSize + TarHeader.Padded(size) + TarHeader.EndSize);
        }

        ToolResult result = await Tool.RunAsync(
            tar, ["--utc", "--numeric-owner", "-tvf", archive], TestContext.Current.CancellationToken);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            $"-rwxrwxrwx 0/0      {size} 1970-01-01 00:00 a-large-file\n", Encoding.UTF8.GetString(result.Output));
    }
}
