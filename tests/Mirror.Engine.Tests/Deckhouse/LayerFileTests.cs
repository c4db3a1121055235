using System.Text;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Disk;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Spool;
using Mirror.Engine.Tests.Archives;
using Mirror.Engine.Tests.Registry;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

public sealed class LayerFileTests : IDisposable
{
    private const string Name = "folder/version.json";

    private readonly TemporaryFolder _folder = new();
    private readonly List<Digest> _asked = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_top_most_layer_wins_and_lower_ones_are_not_asked_for()
    {
        byte[] top = Layer.Gzip((Name, "new"));

        Assert.Equal("new", await ReadAsync(Layer.Gzip((Name, "old")), top));
        Assert.Equal([Digest.OfSha256(top)], _asked);
    }

    [Fact]
    public async Task A_file_may_be_in_a_lower_layer() =>
        Assert.Equal("old", await ReadAsync(Layer.Gzip((Name, "old")), Layer.Gzip(("other", "x"))));

    [Fact]
    public async Task A_file_that_no_layer_has_is_not_in_the_answer() =>
        Assert.Null(await ReadAsync(Layer.Gzip(("other", "x"), ("version.json", "elsewhere"))));

    [Theory]
    [InlineData("./folder/version.json")]
    [InlineData("/folder/version.json")]
    [InlineData("folder//./version.json")]
    public async Task Names_are_normalised(string name) =>
        Assert.Equal("text", await ReadAsync(Layer.Gzip((name, "text"))));

    [Fact]
    public async Task A_plain_tar_is_read() => Assert.Equal("text", await ReadAsync(Layer.Tar((Name, "text"))));

    [Theory]
    [InlineData("folder/.wh.version.json")]
    [InlineData(".wh.folder")]
    [InlineData("folder/.wh..wh..opq")]
    [InlineData("./folder/.wh..wh..opq")]
    [InlineData(".wh..wh..opq")]
    public async Task A_whiteout_hides_what_is_below(string whiteout) =>
        Assert.Null(await ReadAsync(Layer.Gzip((Name, "old")), Layer.Gzip((whiteout, ""))));

    [Theory]
    [InlineData("folder/.wh.other")]
    [InlineData(".wh.fold")]
    [InlineData("other/.wh..wh..opq")]
    public async Task A_whiteout_of_something_else_hides_nothing(string whiteout) =>
        Assert.Equal("old", await ReadAsync(Layer.Gzip((Name, "old")), Layer.Gzip((whiteout, ""))));

    [Fact]
    public async Task An_opaque_folder_hides_nothing_of_its_own_layer() =>
        Assert.Equal("new", await ReadAsync(
            Layer.Gzip((Name, "old")), Layer.Gzip((Name, "new"), ("folder/.wh..wh..opq", ""))));

    [Fact]
    public async Task A_layer_packed_with_Zstandard_is_read() =>
        Assert.Equal("text", await ReadAsync(Layer.Zstandard(Layer.Tar((Name, "text")))));

    [Fact]
    public async Task A_layer_packed_in_another_way_is_a_fault() => Assert.Contains(
        "neither a tar archive nor one packed with gzip or Zstandard",
        await FaultAsync([0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, .. new byte[600]]),
        StringComparison.Ordinal);

    [Fact]
    public async Task Images_that_share_an_unreadable_layer_have_one_fault_between_them()
    {
        byte[] layer = [.. Enumerable.Repeat((byte)'x', 1024)];
        LayerFile files = new(_ => new MemoryStream(layer));
        Task<MirrorException> FailureAsync(string tag) => Assert.ThrowsAsync<MirrorException>(() => files.ReadAsync(
            new ImageContent("r", tag, [Image(tag, layer)], "test"),
            $"h/r:{tag}",
            [Name],
            TestContext.Current.CancellationToken));

        MirrorException first = await FailureAsync("alpha");
        MirrorException second = await FailureAsync("beta");

        Assert.Equal(Assert.Single(first.Faults), Assert.Single(second.Faults));
    }

    [Fact]
    public async Task What_the_layers_of_one_image_unpack_to_says_nothing_about_another_image()
    {
        byte[] shared = new HostileLayer().Header("zeros", 50_000_000, '0').Gzip(50_003_456);
        byte[] more = new HostileLayer().Header("zeros", 60_000_000, '0').Gzip(60_000_256);
        LayerFile files = new(layer => new MemoryStream(layer.Digest == Digest.OfSha256(shared) ? shared : more));
        Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> FindAsync(string name, params byte[][] own) =>
            files.ReadAsync(
                new ImageContent("r", name, [Image(name, own)], "test"),
                $"h/r:{name}",
                [Name],
                TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<MirrorException>(() => FindAsync("both", shared, more));

        Assert.Empty(await FindAsync("one", shared));
    }

    [Fact]
    public async Task A_layer_that_is_being_read_is_given_up_when_the_run_is_cancelled()
    {
        byte[] layer = new HostileLayer().Header("zeros", 60_000_000, '0').Gzip(60_000_256);
        using CancellationTokenSource stop = new();
        using MemoryStream content = new(layer);
        LayerFile files = new(_ => new WatchedStream(content, _ => stop.Cancel()));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => files.ReadAsync(
            new ImageContent("r", "t", [Image("image", layer)], "test"), "h/r:t", [Name], stop.Token));
        Assert.True(content.Position < layer.Length);
    }

    [Fact]
    public async Task A_truncated_layer_is_a_fault()
    {
        byte[] whole = Layer.Gzip((Name, string.Concat(Enumerable.Range(0, 5000))));

        await FaultAsync(whole[..(whole.Length / 2)]);
    }

    [Fact]
    public async Task A_layer_that_is_no_archive_is_a_fault() =>
        await FaultAsync([.. Enumerable.Repeat((byte)'x', 1024)]);

    [Fact]
    public async Task Of_an_index_the_image_for_linux_on_amd64_is_read()
    {
        byte[] wrong = Layer.Gzip((Name, "arm"));
        byte[] right = Layer.Gzip((Name, "amd"));
        Manifest arm = Image("arm", wrong);
        Manifest amd = Image("amd", right);
        Manifest index = new(new Descriptor(MediaType.OciIndex, Digest.OfSha256("index"u8), 5))
        {
            Children =
            [
                arm.Descriptor with { OperatingSystem = "linux", Architecture = "arm64" },
                amd.Descriptor with { OperatingSystem = "linux", Architecture = "amd64" },
            ],
        };

        Assert.Equal("amd", await ReadAsync([wrong, right], [index, arm, amd]));
        Assert.Equal([Digest.OfSha256(right)], _asked);
    }

    [Fact]
    public async Task A_layer_that_is_here_is_read_again_and_not_asked_for_again()
    {
        byte[] layer = Layer.Gzip((Name, "new"));

        Assert.Equal("new", await ReadAsync(layer));
        Assert.Equal("new", await ReadAsync(layer));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task Nothing_but_a_verified_layer_answers()
    {
        byte[] layer = Layer.Gzip((Name, "new"));
        Assert.Equal("new", await ReadAsync(layer));
        await File.WriteAllBytesAsync(
            Path.Combine(_folder.FullName, $"sha256-{Digest.OfSha256(layer).Hex}"),
            Layer.Gzip((Name, "forged")),
            TestContext.Current.CancellationToken);

        Assert.Equal("new", await ReadAsync(layer));
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task A_layer_that_is_another_one_when_it_is_read_is_a_fault()
    {
        byte[] layer = Layer.Gzip((Name, "new"));
        LayerFile files = new(_ => new MemoryStream(Layer.Gzip((Name, "forged"))));

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => files.ReadAsync(
            new ImageContent("r", "t", [Image("image", layer)], "test"),
            "h/r:t",
            [Name],
            TestContext.Current.CancellationToken));

        Assert.Equal(FaultCode.ContentChanged, Assert.Single(failure.Faults).Code);
        Assert.Contains("h/r:t", failure.Message, StringComparison.Ordinal);
    }

    private static Manifest Image(string name, params byte[][] layers) =>
        new(new Descriptor(MediaType.OciManifest, Digest.OfSha256(Encoding.UTF8.GetBytes(name)), 5))
        {
            Layers = [.. layers.Select(layer => new Descriptor("layer", Digest.OfSha256(layer), layer.Length))],
        };

    private async Task<string> FaultAsync(byte[] layer)
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => ReadAsync(layer));
        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.LayerUnreadable, fault.Code);
        Assert.Contains("h/r:t", fault.Message, StringComparison.Ordinal);
        return fault.Message;
    }

    private Task<string?> ReadAsync(params byte[][] layers) => ReadAsync(layers, [Image("image", layers)]);

    private async Task<string?> ReadAsync(byte[][] layers, Manifest[] manifests)
    {
        using ScriptedRegistry registry = new(request =>
        {
            Digest asked = Digest.Parse(request.Address.AbsolutePath.Split('/')[^1]);
            _asked.Add(asked);
            return Answer.Bytes(layers.Single(layer => Digest.OfSha256(layer) == asked));
        });
        LayerFile files = new(registry.Client, new BlobSpool(new PhysicalDisk(), _folder.FullName));
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> found = await files.ReadAsync(
            new ImageContent("r", "t", [.. manifests], "test"), "h/r:t", [Name], TestContext.Current.CancellationToken);
        return found.TryGetValue(Name, out ReadOnlyMemory<byte> content) ? Encoding.UTF8.GetString(content.Span) : null;
    }
}
