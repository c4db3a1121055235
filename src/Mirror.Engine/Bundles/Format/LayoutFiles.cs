using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Bundles.Format;

/// <summary>
/// The bytes of an OCI image layout's two files (docs/bundle-format.md#indexjson). They are part of the bundle's
/// contract: the same images give the same bytes on every system.
/// </summary>
internal static class LayoutFiles
{
    public const string LayoutName = "oci-layout";
    public const string IndexName = "index.json";
    public const string ShortTag = "io.deckhouse.image.short_tag";

    /// <summary>
    /// The annotation of an index whose archive is a delta: the state id of what the target is expected to have.
    /// </summary>
    public const string DeltaBase = "io.deckhouse.mirror.delta.base";

    public const string RefName = "org.opencontainers.image.ref.name";

    private const int EscapedMarkup = 6;

    private static readonly SearchValues<byte> Markup = SearchValues.Create("<>&"u8);

    /// <summary>The framework's defaults differ by system in line ends and escape the plus sign.</summary>
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
    };

    public static ReadOnlyMemory<byte> Layout { get; } = "{\n    \"imageLayoutVersion\": \"1.0.0\"\n}"u8.ToArray();

    /// <summary>The entries of an index: by reference, then tag; the same entry twice is kept once.</summary>
    public static IEnumerable<PlannedImage> Sorted(ImmutableArray<PlannedImage> images)
    {
        PlannedImage? previous = null;
        foreach (PlannedImage image in images.Sort(Compare))
        {
            if (previous is null || Compare(previous, image) != 0)
            {
                yield return image;
            }

            previous = image;
        }
    }

    public static byte[] Index(ImmutableArray<PlannedImage> images, string? deltaBase = null)
    {
        ArrayBufferWriter<byte> buffer = new();
        WriteIndex(buffer, images, deltaBase);
        return WithMarkupEscaped(buffer.WrittenSpan);
    }

    /// <summary>The length of that, without holding it.</summary>
    public static long IndexLength(ImmutableArray<PlannedImage> images, string? deltaBase = null)
    {
        LengthCounter counter = new(Markup, EscapedMarkup);
        WriteIndex(counter, images, deltaBase);
        return counter.Length;
    }

    private static void WriteIndex(
        IBufferWriter<byte> output, ImmutableArray<PlannedImage> images, string? deltaBase)
    {
        using Utf8JsonWriter writer = new(output, Options);
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", 2);
        writer.WriteString("mediaType", MediaType.OciIndex);
        writer.WriteStartArray("manifests");
        foreach (PlannedImage image in Sorted(images))
        {
            WriteDescriptor(writer, image);
        }

        writer.WriteEndArray();
        if (deltaBase is not null)
        {
            writer.WriteStartObject("annotations");
            writer.WriteString(DeltaBase, deltaBase);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static int Compare(PlannedImage left, PlannedImage right)
    {
        int byReference = string.CompareOrdinal(left.Reference, right.Reference);
        int byTag = byReference != 0 ? byReference : string.CompareOrdinal(left.Tag, right.Tag);
        return byTag != 0 ? byTag : left.Digest.CompareTo(right.Digest);
    }

    private static void WriteDescriptor(Utf8JsonWriter writer, PlannedImage image)
    {
        writer.WriteStartObject();
        writer.WriteString("mediaType", image.MediaType);
        writer.WriteNumber("size", image.ManifestBytes);
        writer.WriteString("digest", image.Digest.ToString());
        writer.WriteStartObject("annotations");
        writer.WriteString(ShortTag, image.Tag);
        writer.WriteString(RefName, image.Reference);
        writer.WriteEndObject();
        if (image.ArtifactType is not null)
        {
            writer.WriteString("artifactType", image.ArtifactType);
        }

        writer.WriteEndObject();
    }

    /// <summary>These three bytes occur only inside strings, where Go's encoder writes them escaped.</summary>
    private static byte[] WithMarkupEscaped(ReadOnlySpan<byte> json)
    {
        if (json.IndexOfAny(Markup) < 0)
        {
            return json.ToArray();
        }

        ArrayBufferWriter<byte> escaped = new(json.Length + 64);
        for (int at = json.IndexOfAny(Markup); at >= 0; at = json.IndexOfAny(Markup))
        {
            escaped.Write(json[..at]);
            escaped.Write(json[at] switch { (byte)'<' => "\\u003c"u8, (byte)'>' => "\\u003e"u8, _ => "\\u0026"u8 });
            json = json[(at + 1)..];
        }

        escaped.Write(json);
        return escaped.WrittenSpan.ToArray();
    }
}
