using System.Text;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Tests.Deckhouse;
using Xunit;

namespace Mirror.Engine.Tests.Archives;

/// <summary>Entries that packers make, and entries that only strangers make: read, passed over, or refused.</summary>
public sealed class LayerOdditiesTests
{
    private const string Name = "version.json";

    [Fact]
    public void Names_come_from_long_names_and_extended_headers_too()
    {
        string name = string.Join('/', Enumerable.Repeat("folder", 40)) + "/file";

        Assert.Equal("v", Find(new HostileLayer().Text("long", name + "\0", 'L').Text("cut", "v").Bytes, name));
        Assert.Equal("v", Find(new HostileLayer().Pax("path", name).Text("cut", "v").Bytes, name));
        Assert.Null(Find(new HostileLayer().Pax("path", name).Text("cut", "v").Text("cut", "w").Bytes, "cut/x"));
        Assert.Equal("w", Find(new HostileLayer().Pax("path", name).Text("cut", "v").Text("cut", "w").Bytes, "cut"));
    }

    [Fact]
    public void The_size_of_an_extended_header_counts() => Assert.Equal("v2", Find(
        new HostileLayer().Pax("size", "2").Header(Name, 0, '0').Raw("v2"u8).Text("other", "x").Bytes));

    [Theory]
    [InlineData("mtime", "99999999999999999999.5")]
    [InlineData("mtime", "nonsense")]
    [InlineData("uid", "-1")]
    [InlineData("SCHILY.xattr.security.capability", "\u0001\0\n=x")]
    public void Records_that_nobody_needs_are_not_looked_at(string key, string value) =>
        Assert.Equal("v", Find(new HostileLayer().Pax(key, value).Text(Name, "v").Bytes));

    [Fact]
    public void A_time_that_no_calendar_has_is_not_looked_at() => Assert.Equal("v", Find(
        new HostileLayer().Entry(Name, "v"u8, '0', block => block.AsSpan(136, 12).Fill(0xff)).Bytes));

    [Theory]
    [InlineData("size", "-1")]
    [InlineData("size", "99999999999999999999")]
    public void A_size_that_is_none_is_refused(string key, string value) =>
        Refused(new HostileLayer().Pax(key, value).Text(Name, "v").Bytes);

    [Fact]
    public void A_negative_size_is_refused() =>
        Refused(new HostileLayer().Entry("x", [], '0', block => block.AsSpan(124, 12).Fill(0xff)).Bytes);

    [Fact]
    public void Sparse_files_are_passed_over_unless_they_are_asked_for()
    {
        static void MoreMap(byte[] block) => block[482] = 1;
        byte[] map = new byte[1024];
        map[504] = 1;
        HostileLayer old = new HostileLayer().Header("sparse", 3, 'S', MoreMap).Raw(map).Raw("abc"u8).Text(Name, "v");
        HostileLayer pax = new HostileLayer().Pax("GNU.sparse.name", "sparse").Text("./GNUSparseFile.1/x", "abc")
            .Text(Name, "v");

        Assert.Equal("v", Find(old.Bytes));
        Assert.Equal("v", Find(pax.Bytes));
        Assert.Contains("sparse", Refused(old.Bytes, "sparse"), StringComparison.Ordinal);
        Assert.Contains("sparse", Refused(pax.Bytes, "sparse"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('1')]
    [InlineData('2')]
    [InlineData('5')]
    public void An_entry_without_content_has_none_whatever_size_it_declares(char type) =>
        Assert.Equal("v", Find(new HostileLayer().Header("link", 4096, type).Text(Name, "v").Bytes));

    [Fact]
    public void The_padding_of_the_last_entry_may_be_missing() =>
        Assert.Equal("v", Find(new HostileLayer().Text(Name, "v").Bytes[..513]));

    [Fact]
    public void A_layer_that_goes_on_after_half_an_end_mark_is_refused() =>
        Refused(new HostileLayer().Text("other", "x").Raw(new byte[512]).Text(Name, "v").Bytes);

    [Fact]
    public void A_layer_without_a_byte_has_no_file() => Assert.Null(Find([]));

    [Theory]
    [InlineData("/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj")]
    [InlineData("QlpoOTFBWSZTWQAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("bm8gYXJjaGl2ZQ==")]
    public void Another_way_to_pack_is_named_as_unknown(string packed) => Assert.Contains(
        "neither a tar archive nor one packed with gzip or Zstandard",
        Refused([.. Convert.FromBase64String(packed), .. new byte[600]]),
        StringComparison.Ordinal);

    [Fact]
    public void Frames_of_Zstandard_may_be_many_and_some_to_be_skipped()
    {
        byte[] tar = new HostileLayer().Text("other", "x").Text(Name, "v").Bytes;
        byte[] skipped = [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2];

        Assert.Equal("v", Find(
            [.. skipped, .. Layer.Zstandard(tar[..700]), .. skipped, .. Layer.Zstandard(tar[700..]), .. skipped]));
    }

    [Fact]
    public void Damaged_packing_is_refused()
    {
        byte[] tar = new HostileLayer().Entry("other", [.. Enumerable.Range(0, 9000).Select(Noise)]).Bytes;
        foreach (byte[] packed in new[] { Layer.Zstandard(tar), Layer.Gzip(tar) })
        {
            Refused(packed[..(packed.Length / 2)]);
            packed[packed.Length / 2] ^= 0x55;
            packed[packed.Length - 2] ^= 0x55;
            Refused([.. packed[..20], .. new byte[50], .. packed[70..]]);
        }

        static byte Noise(int index) => (byte)((index * index) ^ (index >> 3));
    }

    private static string? Find(byte[] layer, string name = Name)
    {
        LayerSearch search = new([name]);
        using MemoryStream content = new(layer);
        search.Read(content, TestContext.Current.CancellationToken);
        return search.Found.TryGetValue(name, out ReadOnlyMemory<byte> found)
            ? Encoding.UTF8.GetString(found.Span)
            : null;
    }

    private static string Refused(byte[] layer, string name = Name) =>
        Assert.Throws<FormatException>(() => Find(layer, name)).Message;
}
