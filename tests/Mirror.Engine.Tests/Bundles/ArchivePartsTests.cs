using System.Collections.Immutable;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

public sealed class ArchivePartsTests : IDisposable
{
    private const int Length = 10_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_archive_that_is_not_split_is_one_file_of_its_own_name() =>
        Assert.Equal([new ArchivePart("a.tar", 0, 700)], ArchivePart.Cut("a.tar", 700, 0));

    [Fact]
    public void Parts_begin_where_the_one_before_ends() => Assert.Equal(
        [
            new ArchivePart("a.tar.0000.chunk", 0, 300),
            new ArchivePart("a.tar.0001.chunk", 300, 300),
            new ArchivePart("a.tar.0002.chunk", 600, 100),
        ],
        ArchivePart.Cut("a.tar", 700, 300));

    [Fact]
    public void The_number_gets_a_fifth_digit_when_it_needs_one()
    {
        ImmutableArray<ArchivePart> parts = ArchivePart.Cut("a.tar", 10_001, 1);

        Assert.Equal(["a.tar.9999.chunk", "a.tar.10000.chunk"], parts[^2..].Select(part => part.Name));
    }

    [Fact]
    public void More_chunks_than_names_are_refused() => Assert.Equal(
        FaultCode.Defect,
        Assert.Throws<MirrorException>(() => ArchivePart.Cut("a.tar", 10_000_000_000, 1)).Faults[0].Code);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(333)]
    [InlineData(Length - 1)]
    [InlineData(Length)]
    [InlineData(Length + 1)]
    public void What_is_written_anywhere_is_read_back_anywhere_and_survives_opening_again(long chunkBytes)
    {
        int length = chunkBytes == 1 ? 50 : Length;
        Random random = new(7);
        byte[] expected = new byte[length];
        BundleFolder folder = new(new PhysicalDisk(), _folder.FullName);
        ImmutableArray<ArchivePart> files = ArchivePart.Cut("a.tar", length, chunkBytes);
        using (ArchiveParts parts = new(folder, files))
        {
            parts.Create();
            for (int round = 0; round < 200; round++)
            {
                int offset = random.Next(length);
                byte[] content = SketchedBundle.Bytes(random, random.Next(0, length - offset + 1));
                content.CopyTo(expected, offset);
                parts.Write(content, offset);
            }

            parts.Flush();
        }

        Assert.Equal(files.Select(part => part.StagedName), Directory.GetFiles(_folder.FullName)
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(expected, files.SelectMany(part => File.ReadAllBytes(_folder.Combine(part.StagedName))));
        using ArchiveParts again = new(folder, files);
        Assert.True(again.TryOpenExisting());
        DemandRead(again, expected);
        again.Delete();
        Assert.Empty(Directory.GetFiles(_folder.FullName));

        static void DemandRead(ArchiveParts parts, byte[] expected)
        {
            byte[] buffer = new byte[700];
            int read;
            for (int offset = 0; offset < expected.Length; offset += read)
            {
                read = parts.Read(buffer, offset);
                Assert.NotEqual(0, read);
                Assert.Equal(expected[offset..(offset + read)], buffer[..read]);
            }

            Assert.Equal(0, parts.Read(buffer, expected.Length));
        }
    }

    [Fact]
    public void Nothing_is_written_beyond_the_end()
    {
        using ArchiveParts parts = new(
            new BundleFolder(new PhysicalDisk(), _folder.FullName), ArchivePart.Cut("a.tar", 100, 30));
        parts.Create();

        Assert.ThrowsAny<ArgumentException>(() => parts.Write(new byte[11], 90));
        Assert.Equal(10, new FileInfo(_folder.Combine("a.tar.0003.chunk.part")).Length);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(29)]
    public void Parts_of_an_earlier_run_are_opened_only_if_all_are_there_at_their_lengths(int length)
    {
        BundleFolder folder = new(new PhysicalDisk(), _folder.FullName);
        ImmutableArray<ArchivePart> files = ArchivePart.Cut("a.tar", 100, 30);
        using (ArchiveParts parts = new(folder, files))
        {
            parts.Create();
        }

        File.Delete(_folder.Combine("a.tar.0002.chunk.part"));
        if (length >= 0)
        {
            File.WriteAllBytes(_folder.Combine("a.tar.0002.chunk.part"), new byte[length]);
        }

        using ArchiveParts again = new(folder, files);
        Assert.False(again.TryOpenExisting());
    }

    [Fact]
    public void A_reservation_that_fails_leaves_no_part_behind_and_names_the_file()
    {
        ScriptedDisk disk = new(new PhysicalDisk())
        {
            Before = (operation, path) =>
            {
                if (operation == "create" && path.Contains(".0002.", StringComparison.Ordinal))
                {
                    throw new IOException("no");
                }
            },
        };
        using ArchiveParts parts = new(
            new BundleFolder(disk, _folder.FullName), ArchivePart.Cut("a.tar", 100, 30));

        MirrorException failure = Assert.Throws<MirrorException>(parts.Create);

        Assert.Contains("a.tar.0002.chunk.part", failure.Faults[0].Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }
}
