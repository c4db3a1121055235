using System.Collections.Immutable;
using System.Formats.Tar;
using System.Text;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

public sealed class TarScanTests
{
    private const string Blob = "blobs/sha256/44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    private const string Long = "packages/a-name-of-some-length/version/extra/another/";

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    public void Archives_of_every_tar_dialect_are_read(TarEntryFormat format)
    {
        using MemoryStream archive = new();
        using (TarWriter writer = new(archive, format, leaveOpen: true))
        {
            writer.WriteEntry(Entry(format, "./", isFolder: true));
            writer.WriteEntry(Entry(format, "install/blobs/sha256/", isFolder: true));
            writer.WriteEntry(Entry(format, "./index.json"));
            writer.WriteEntry(Entry(format, (format == TarEntryFormat.V7 ? "a/" : Long) + Blob));
        }

        ImmutableArray<ScannedEntry> entries = Scan(archive.ToArray());

        Assert.Equal(["index.json", (format == TarEntryFormat.V7 ? "a/" : Long) + Blob], entries.Select(e => e.Path));
        Assert.All(entries, entry => Assert.Equal(
            "body"u8, archive.ToArray().AsSpan((int)entry.DataOffset, (int)entry.Size)));
    }

    [Fact]
    public void Anything_after_the_end_mark_is_ignored() =>
        Assert.Single(Scan([.. Archive(Whole("index.json")), .. new byte[9000], 1, 2, 3]));

    [Theory]
    [InlineData("")]
    [InlineData("/index.json")]
    [InlineData("../index.json")]
    [InlineData("modules/../../index.json")]
    [InlineData("modules//index.json")]
    [InlineData("modules\\index.json")]
    [InlineData("C:/index.json")]
    [InlineData("Modules/index.json")]
    [InlineData("././index.json")]
    [InlineData("modules/console/index.json.bak")]
    [InlineData("blobs/sha256/44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8")]
    [InlineData("blobs/sha256/44136FA355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")]
    [InlineData("blobs/md5/44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")]
    [InlineData("/" + Blob)]
    [InlineData("../" + Blob)]
    [InlineData("x" + Blob)]
    [InlineData("install/NUL")]
    [InlineData("nul/index.json")]
    [InlineData("modules/aux.x/index.json")]
    [InlineData("com1/" + Blob)]
    [InlineData("index.json/index.json")]
    [InlineData("oci-layout/x/" + Blob)]
    [InlineData(Blob + "/index.json")]
    public void A_name_that_no_layout_has_is_refused(string name) =>
        DemandFault(FaultCode.ArchiveEntryRefused, Archive(Whole(name)));

    [Theory]
    [InlineData('1')]
    [InlineData('2')]
    [InlineData('3')]
    [InlineData('4')]
    [InlineData('6')]
    [InlineData('S')]
    [InlineData('K')]
    [InlineData('?')]
    public void Only_regular_files_are_accepted(char type) =>
        DemandFault(FaultCode.ArchiveEntryRefused, Archive(Header("index.json", 0, type)));

    [Theory]
    [InlineData("../")]
    [InlineData("/etc/")]
    [InlineData("a\\b/")]
    public void A_folder_with_an_odd_name_is_refused(string name) =>
        DemandFault(FaultCode.ArchiveEntryRefused, Archive(Header(name, 0, '5')));

    [Theory]
    [InlineData("index.json", "index.json")]
    [InlineData("index.json", "./index.json")]
    [InlineData("a/" + Blob, "a/" + Blob)]
    public void The_same_file_twice_is_refused(string first, string second) =>
        DemandFault(FaultCode.ArchiveEntryRefused, Archive(Whole(first), Whole(second)));

    public static TheoryData<string, byte[]> Damages => new()
    {
        { "empty", [] },
        { "no end mark", Whole("index.json") },
        { "half a block of an end mark", [.. Whole("index.json"), .. new byte[511]] },
        { "three quarters of an end mark", [.. Whole("index.json"), .. new byte[768]] },
        { "half a header", [.. Whole("index.json"), .. new byte[100]] },
        { "half an end mark and more", [.. new byte[512], .. Archive(Whole("index.json"))] },
        { "a body that is cut off", [.. Header("index.json", 1000, '0'), .. new byte[999]] },
        { "a size beyond the file", Archive(Header("index.json", 1L << 40, '0')) },
        { "the largest size there is", Archive(Header("index.json", long.MaxValue, '0')) },
        { "a wrong checksum", Archive(Changed(Whole("index.json"), 0, (byte)'j')) },
        { "a size that is no number", Archive(Patched(124, "00000000x04\0")) },
        { "a negative size", Archive(Patched(124, new string('\u00ff', 12))) },
        { "a size of 96 bits", Archive(Patched(124, "\u0080\u0001\0\0\0\0\0\0\0\0\0\0")) },
        { "a name of 10 MB", Archive(Header("././@LongLink", 10_000_000, 'L'), new byte[10_000_000]) },
        { "an extension of 10 MB", Archive(Header("x", 10_000_000, 'x'), new byte[10_000_000]) },
        { "an extension without length", Archive(Extended("path=index.json\n")) },
        { "an extension that overruns", Archive(Extended("99 path=index.json\n")) },
        { "an extension that is negative", Archive(Extended("-9 path=index.json\n")) },
        { "a size in an extension that is negative", Archive(Extended("11 size=-1\n")) },
        { "a sparse file", Archive(Extended("22 GNU.sparse.major=1\n")) },
        { "a global header that names entries", Archive(Extended("16 path=../evil\n", 'g')) },
        { "a global header that sizes entries", Archive(Extended("10 size=1\n", 'g')) },
        { "random bytes", SketchedBundle.Bytes(new Random(3), 5120) },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_archive_is_told_so(string damage, byte[] archive)
    {
        Assert.NotEmpty(damage);
        DemandFault(FaultCode.ArchiveDamaged, archive);
    }

    [Fact]
    public void A_file_that_claims_more_bytes_than_can_be_added_is_damaged()
    {
        using ClaimingFile file = new(Archive(Whole("index.json")), long.MaxValue);

        MirrorException exception = Assert.Throws<MirrorException>(
            () => TarScan.Scan(file, "hostile.tar", TestContext.Current.CancellationToken, out _));

        Assert.Equal(FaultCode.ArchiveDamaged, exception.Faults[0].Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    [InlineData(515)]
    public void A_device_or_a_file_that_grows_while_it_is_read_is_no_defect(long claimed)
    {
        using ClaimingFile zeros = new(new byte[9000], claimed);
        using ClaimingFile entries = new(Archive(Whole("index.json")), claimed);

        Assert.Empty(TarScan.Scan(zeros, "hostile.tar", TestContext.Current.CancellationToken, out _));
        Assert.Equal(FaultCode.ArchiveDamaged, Assert.Throws<MirrorException>(
            () => TarScan.Scan(entries, "hostile.tar", TestContext.Current.CancellationToken, out _)).Faults[0].Code);
    }

    [Fact]
    public void Every_cut_of_an_archive_is_damage_and_never_a_shorter_archive()
    {
        byte[] archive = Archive(Whole("index.json"), Whole(Long + Blob), Whole("oci-layout"));
        int halfEnd = archive.Length - TarHeader.BlockSize;
        for (int length = 0; length < archive.Length; length += length + 64 == halfEnd ? 128 : 64)
        {
            DemandFault(FaultCode.ArchiveDamaged, archive[..length]);
        }

        Assert.Equal(Scan(archive), Scan(archive[..halfEnd]));
    }

    [Fact]
    public void A_damage_is_told_with_its_byte_and_the_last_file_before_it_or_the_file_it_is_in()
    {
        byte[] archive = Archive(Whole("index.json"), Whole(Long + Blob));

        Assert.Contains(
            "wrong checksum (before byte 1536, after index.json)",
            DemandFault(FaultCode.ArchiveDamaged, Changed(archive, 1024, 0)),
            StringComparison.Ordinal);
        Assert.Contains(
            $"within an entry of 4 bytes, '{Long + Blob}'",
            DemandFault(FaultCode.ArchiveDamaged, Archive(Whole("index.json"), Whole(Long + Blob))[..^1535]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_global_header_of_comments_is_passed_over() =>
        Assert.Single(Scan(Archive(Extended("15 comment=git\n", 'g'))));

    private static TarEntry Entry(TarEntryFormat format, string name, bool isFolder = false)
    {
        TarEntryType type = isFolder ? TarEntryType.Directory
            : format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile;
        TarEntry entry = format switch
        {
            TarEntryFormat.V7 => new V7TarEntry(type, name),
            TarEntryFormat.Ustar => new UstarTarEntry(type, name),
            TarEntryFormat.Gnu => new GnuTarEntry(type, name),
            _ => new PaxTarEntry(type, name),
        };
        if (!isFolder)
        {
            entry.DataStream = new MemoryStream("body"u8.ToArray());
        }

        return entry;
    }

    private static byte[] Whole(string name) => [.. TarHeader.Create(name, 4), .. "body"u8, .. new byte[508]];

    private static byte[] Header(string name, long size, char type) =>
        Changed(TarHeader.Create(name, size), 156, (byte)type, repair: true);

    private static byte[] Patched(int offset, string field)
    {
        byte[] block = Whole("index.json");
        Encoding.Latin1.GetBytes(field).CopyTo(block, offset);
        return Changed(block, 156, (byte)'0', repair: true);
    }

    private static byte[] Extended(string records, char type = 'x')
    {
        byte[] body = Encoding.UTF8.GetBytes(records);
        return [.. Header("x", body.Length, type), .. body, .. new byte[512 - body.Length], .. Whole("index.json")];
    }

    private static byte[] Changed(byte[] archive, int offset, byte value, bool repair = false)
    {
        archive[offset] = value;
        if (repair)
        {
            Array.Fill(archive, (byte)' ', 148, 8);
            int sum = archive.Take(TarHeader.BlockSize).Sum(item => item);
            Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(archive, 148);
        }

        return archive;
    }

    private static byte[] Archive(params byte[][] parts) =>
        [.. parts.SelectMany(part => part), .. new byte[TarHeader.EndSize]];

    private static string DemandFault(string code, byte[] archive)
    {
        MirrorException exception = Assert.Throws<MirrorException>(() => Scan(archive));
        Assert.Equal(code, exception.Faults[0].Code);
        Assert.Contains("hostile.tar", exception.Message, StringComparison.Ordinal);
        return exception.Message;
    }

    private static ImmutableArray<ScannedEntry> Scan(byte[] archive)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.Combine("hostile.tar"), archive);
        using IDiskFile file = new PhysicalDisk().OpenRead(folder.Combine("hostile.tar"));
        return TarScan.Scan(file, "hostile.tar", TestContext.Current.CancellationToken, out _);
    }
}
