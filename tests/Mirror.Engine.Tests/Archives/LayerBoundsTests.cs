using System.Text;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Oci;
using Xunit;

namespace Mirror.Engine.Tests.Archives;

/// <summary>What a layer of strangers may cost: bytes, memory and time, whatever it declares.</summary>
public sealed class LayerBoundsTests
{
    private const string Name = "version.json";
    private const long Gigabyte = 1L << 30;
    private const int Megabyte = 1 << 20;

    private static readonly byte[] Long = new byte[2 * Megabyte];

    [Theory]
    [InlineData('L')]
    [InlineData('x')]
    public void A_name_or_extended_header_is_never_longer_than_a_megabyte(char type)
    {
        Assert.Contains("1048576", Refused(new HostileLayer().Entry("n", Long, type).Text(Name, "v").Bytes));
        Refused(new HostileLayer().Header("n", 4 * Gigabyte, type).Gzip(64 * Megabyte));
    }

    [Theory]
    [InlineData('K')]
    [InlineData('g')]
    public void What_nobody_applies_is_passed_over_without_being_kept(char type) =>
        Assert.Equal("v", Found(new HostileLayer().Entry("n", Long, type).Text(Name, "v").Bytes));

    [Theory]
    [InlineData('L')]
    [InlineData('x')]
    [InlineData('g')]
    [InlineData('0')]
    public void A_size_that_is_only_declared_costs_nothing(char type)
    {
        Refused(new HostileLayer().Header(Name, (1L << 31) - 600, type).Raw("1"u8).Bytes);
        Refused(new HostileLayer().Header(Name, long.MaxValue, type).Raw("1"u8).Bytes);
        Refused(new HostileLayer().Header("other", long.MaxValue, type).Raw("1"u8).Bytes);
    }

    [Fact]
    public void A_file_that_is_asked_for_is_never_larger_than_the_bound()
    {
        string text = Refused(new HostileLayer().Header(Name, OciLimits.LayerFileBytes + 1, '0').Bytes);

        Assert.Contains(Name, text, StringComparison.Ordinal);
        Assert.Equal("v", Found(
            new HostileLayer().Entry("other", new byte[OciLimits.LayerFileBytes + 1]).Text(Name, "v").Bytes));
    }

    [Fact]
    public void A_layer_unpacks_to_a_bounded_multiple_of_its_size() => Assert.Contains(
        "times its size",
        Refused(new HostileLayer().Header("big", 8 * Gigabyte, '0').Gzip(256 * Megabyte)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(20)]
    [InlineData(OciLimits.ZstandardWindowLog)]
    public void A_layer_of_Zstandard_unpacks_to_a_bounded_multiple_of_its_size_too(int windowLog) => Assert.Contains(
        "times its size",
        Refused(new HostileLayer().Header("big", 8 * Gigabyte, '0').Zstandard(256 * Megabyte, windowLog)),
        StringComparison.Ordinal);

    [Fact]
    public void A_frame_of_Zstandard_that_wants_a_larger_window_is_refused() => Assert.Contains(
        "too much memory",
        Refused(new HostileLayer().Header("big", Gigabyte, '0')
            .Zstandard(Megabyte, OciLimits.ZstandardWindowLog + 1)),
        StringComparison.Ordinal);

    [Fact]
    public void The_layers_of_an_image_share_what_they_may_unpack_to()
    {
        LayerSearch search = new([Name]);
        byte[] layer = new HostileLayer().Header("big", 40 * Megabyte, '0').Gzip(40 * Megabyte);
        using MemoryStream first = new(layer);
        search.Read(first, TestContext.Current.CancellationToken);

        Assert.Throws<FormatException>(() =>
        {
            for (int index = 0; index < 10; index++)
            {
                using MemoryStream next = new(layer);
                search.Read(next, TestContext.Current.CancellationToken);
            }
        });
    }

    [Fact]
    public void Whiteouts_without_number_are_not_kept()
    {
        HostileLayer layer = new();
        for (int index = 0; index < 100_000; index++)
        {
            layer.Header($".wh.{index:D90}", 0, '0');
        }

        long before = GC.GetTotalMemory(forceFullCollection: true);
        long kept = long.MaxValue;
        using MemoryStream content = new(layer.Gzip(0));
        using WatchedStream watched = new(
            content, read => kept = read > 0 ? kept : GC.GetTotalMemory(forceFullCollection: true) - before);

        new LayerSearch([Name]).Read(watched, TestContext.Current.CancellationToken);

        Assert.InRange(kept, long.MinValue, 5 * Megabyte);
    }

    [Fact]
    public void The_token_is_looked_at_within_one_entry()
    {
        byte[] layer = new HostileLayer().Header("big", 60 * Megabyte, '0').Gzip(60 * Megabyte);
        Assert.True(layer.Length > 20_000);
        using CancellationTokenSource stop = new();
        using MemoryStream content = new(layer);
        using WatchedStream stopping = new(content, _ => stop.Cancel());

        Assert.Throws<OperationCanceledException>(() => new LayerSearch([Name]).Read(stopping, stop.Token));
        Assert.True(content.Position < layer.Length);
    }

    private static string? Found(byte[] layer)
    {
        LayerSearch search = new([Name]);
        Cheaply(layer, search);
        return search.Found.TryGetValue(Name, out ReadOnlyMemory<byte> content)
            ? Encoding.UTF8.GetString(content.Span)
            : null;
    }

    private static string Refused(byte[] layer) =>
        Assert.Throws<FormatException>(() => Cheaply(layer, new LayerSearch([Name]))).Message;

    /// <summary>Reads a layer; a megabyte of it may cost 100 MB.</summary>
    private static void Cheaply(byte[] layer, LayerSearch search)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        using MemoryStream content = new(layer);
        try
        {
            search.Read(content, TestContext.Current.CancellationToken);
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * Megabyte);
        }
    }
}
