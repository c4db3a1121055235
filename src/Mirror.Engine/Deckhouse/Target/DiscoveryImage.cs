using System.Text;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse.Target;

/// <summary>
/// The image that discovery tags point to (docs/behaviour/push-and-bundle.md#discovery-tags). Only the tag's name
/// matters, so it is always the same image, and a second push finds it there: one layer, an empty tar, in the media
/// types every registry takes.
/// </summary>
internal static class DiscoveryImage
{
    /// <summary>1024 zero bytes, the end mark of a tar, as gzip: the empty layer that Docker made known.</summary>
    private static readonly ReadOnlyMemory<byte> Layer =
        Convert.FromHexString("1f8b080000096e8800ff621805a360148c5800080000ffff2eafb5ef00040000");

    private static readonly Digest DiffId = Digest.OfSha256(new byte[1024]);

    private static readonly ReadOnlyMemory<byte> Config = Utf8(
        """{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["DIFF"]}}"""
            .Replace("DIFF", DiffId.ToString(), StringComparison.Ordinal));

    private static readonly ReadOnlyMemory<byte> Bytes = Utf8(
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaType.OciManifest}}",
        "config":{{Descriptor(MediaType.OciConfig, Config)}},
        "layers":[{{Descriptor("application/vnd.oci.image.layer.v1.tar+gzip", Layer)}}]}
        """);

    public static ImmutableDictionary<Digest, ReadOnlyMemory<byte>> Contents { get; } =
        ImmutableDictionary.CreateRange(new[] { Layer, Config, Bytes }
            .Select(content => KeyValuePair.Create(Digest.OfSha256(content.Span), content)));

    public static ImageContent Under(string tag) => new(
        "", tag, [ManifestReader.Read(Bytes, Digest.OfSha256(Bytes.Span), MediaType.OciManifest)], "name for listing")
    {
        Stage = PublishStage.Discovery,
    };

    private static string Descriptor(string mediaType, ReadOnlyMemory<byte> content) =>
        $$"""{"mediaType":"{{mediaType}}","digest":"{{Digest.OfSha256(content.Span)}}","size":{{content.Length}}}""";

    // A source file's line ends are those of whoever checked it out; the bytes of an image must not be.
    private static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings(""));
}
