using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

public sealed class InstallerChannelsTests
{
    private readonly Dictionary<Digest, byte[]> _layers = [];

    [Fact]
    public async Task A_channel_gets_the_installer_of_its_version_and_no_other()
    {
        (ImmutableArray<ArchiveContent> archives, ImmutableArray<Fault> notes) = await AddAsync(
            Layout("install", Image("v1.72.1"), Image("v1.71.0")),
            Layout(
                "release-channel",
                Channel("alpha", "v1.72.1"), Channel("beta", "v1.70.0"), Channel("v1.71.0", "v1.71.0")));

        Assert.Empty(notes);
        Assert.Equal(["v1.72.1", "v1.71.0", "alpha"], Tags(archives));
        LayoutContent install = archives[0].Layouts[0];
        Assert.Equal(install.Images[0].Digest, install.Images[2].Digest);
    }

    [Fact]
    public async Task What_the_bundle_says_itself_stands()
    {
        (ImmutableArray<ArchiveContent> archives, _) = await AddAsync(
            Layout("install", Image("v1.72.1"), Image("v1.71.0"), Image("alpha")),
            Layout("release-channel", Channel("alpha", "v1.72.1")));

        Assert.Equal(["v1.72.1", "v1.71.0", "alpha"], Tags(archives));
    }

    [Fact]
    public async Task A_channel_that_cannot_be_read_is_told_and_the_others_are_added()
    {
        (ImmutableArray<ArchiveContent> archives, ImmutableArray<Fault> notes) = await AddAsync(
            Layout("install", Image("v1.72.1")),
            Layout("release-channel", Image("beta"), Channel("alpha", "v1.72.1")));

        Assert.Equal(["v1.72.1", "alpha"], Tags(archives));
        Assert.Contains("release-channel:beta", Assert.Single(notes).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Tags(ImmutableArray<ArchiveContent> archives) =>
        archives[0].Layouts[0].Images.Select(image => image.ShortTag);

    private static LayoutContent Layout(string path, params ImageContent[] images) =>
        new(path, [.. images.Select(image => image with { Repository = path })]);

    private static ImageContent Image(string tag, params Descriptor[] layers) => new(
        "", tag,
        [
            new Manifest(new Descriptor(
                MediaType.OciManifest, Digest.OfSha256(Encoding.UTF8.GetBytes(tag + layers.Length)), 5))
            {
                Layers = [.. layers],
            },
        ],
        "test");

    private ImageContent Channel(string channel, string version)
    {
        byte[] layer = Layer.Gzip(("version.json", $$"""{"version":"{{version}}"}"""));
        _layers[Digest.OfSha256(layer)] = layer;
        return Image(channel, new Descriptor("layer", Digest.OfSha256(layer), layer.Length));
    }

    private Task<(ImmutableArray<ArchiveContent> Archives, ImmutableArray<Fault> Notes)> AddAsync(
        params LayoutContent[] layouts) =>
        new InstallerChannels(new LayerFile(layer => new MemoryStream(_layers[layer.Digest])))
            .AddAsync([new ArchiveContent("platform.tar", [.. layouts])], TestContext.Current.CancellationToken);
}
