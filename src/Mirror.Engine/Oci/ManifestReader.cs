using System.Collections.Frozen;
using System.Text.Json;

namespace Mirror.Engine.Oci;

/// <summary>
/// Reads image manifests and indexes of OCI image-spec 1.1 and Docker schema 2 from untrusted bytes.
/// </summary>
internal static class ManifestReader
{
    private const int ShownLength = 80;

    /// <summary>The names that mean something in a manifest or descriptor, in any spelling.</summary>
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "schemaVersion", "mediaType", "artifactType", "config", "layers", "blobs", "manifests", "subject",
        "annotations", "digest", "size", "data", "urls", "platform");

    private static readonly FrozenSet<string> ExactNames = Names.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Parses a manifest whose bytes were checked against the digest; the media type is empty if it is unknown.
    /// </summary>
    /// <exception cref="FormatException">The bytes are no manifest, or contradict their media type.</exception>
    public static Manifest Read(ReadOnlyMemory<byte> content, Digest digest, string mediaType)
    {
        try
        {
            using JsonDocument document = Parse(content, digest);
            return Read(document.RootElement, new Descriptor(mediaType, digest, content.Length));
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException($"{digest} has a member of the wrong JSON type.", exception);
        }
    }

    /// <summary>One annotation of a manifest; empty: it has none of that name.</summary>
    /// <exception cref="FormatException">The annotations are of the wrong type.</exception>
    public static string ReadAnnotation(ReadOnlyMemory<byte> content, string name)
    {
        try
        {
            using JsonDocument document = StrictJson.Parse(content);
            return document.RootElement.TryGetProperty("annotations", out JsonElement annotations)
                && annotations.ValueKind != JsonValueKind.Null
                    ? Text(annotations, name) ?? ""
                    : "";
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("its annotations cannot be read.", exception);
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> content, Digest digest)
    {
        try
        {
            return StrictJson.Parse(content);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{digest} is {exception.Message}", exception);
        }
    }

    private static Manifest Read(JsonElement root, Descriptor self)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{self.Digest} is JSON, but not an object.");
        }

        CheckNames(root);
        string declared = Text(root, "mediaType") ?? "";
        if (declared.Length > 0 && self.MediaType.Length > 0 && declared != self.MediaType)
        {
            throw new FormatException(
                $"{self.Digest} was served as {Shown(self.MediaType)}, but says it is {Shown(declared)}.");
        }

        string mediaType = declared.Length > 0 ? declared : self.MediaType;
        if (MediaType.IsSchema1(mediaType) || (root.TryGetProperty("schemaVersion", out JsonElement version)
            && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out int schema) && schema == 1))
        {
            throw new FormatException(
                $"{self.Digest} is of Docker's schema 1, which can no longer be copied unchanged.");
        }

        Descriptor? config = root.TryGetProperty("config", out JsonElement element) ? ReadDescriptor(element) : null;
        bool hasChildren = root.TryGetProperty("manifests", out JsonElement manifests);
        if (mediaType.Length == 0)
        {
            mediaType = hasChildren ? MediaType.OciIndex : MediaType.OciManifest;
        }

        if (!MediaType.IsValid(mediaType))
        {
            throw new FormatException(
                $"{self.Digest} has the media type '{Shown(mediaType)}': it must be type/subtype in the characters of "
                    + "RFC 6838, without parameters.");
        }

        if (MediaType.IsIndex(mediaType) ? config is not null || !hasChildren : hasChildren)
        {
            throw new FormatException($"{self.Digest} does not have the shape of {mediaType}.");
        }

        if (mediaType is MediaType.OciManifest or MediaType.DockerManifest
            && (config is null || !root.TryGetProperty("layers", out _)))
        {
            throw new FormatException($"{self.Digest} is an image manifest without config or layers.");
        }

        string? stated = Text(root, "artifactType");
        return new Manifest(self with { MediaType = MediaType.Shared(mediaType) })
        {
            Config = config,
            Layers = ReadList(root, mediaType == MediaType.OciArtifactManifest ? "blobs" : "layers"),
            Children = hasChildren ? ReadList(root, "manifests") : [],
            ArtifactType = !string.IsNullOrEmpty(stated) ? stated
                : config is not null && !MediaType.IsImageConfig(config.MediaType) ? config.MediaType : null,
        };
    }

    private static ImmutableArray<Descriptor> ReadList(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement list) && list.ValueKind != JsonValueKind.Null
            ? [.. list.EnumerateArray().Select(ReadDescriptor)]
            : [];

    /// <summary>Reads one descriptor.</summary>
    /// <exception cref="FormatException">It has no usable digest or size.</exception>
    public static Descriptor ReadDescriptor(JsonElement element)
    {
        CheckNames(element);
        if (!Digest.TryParse(Text(element, "digest"), out Digest digest))
        {
            throw new FormatException($"a descriptor has no usable digest: '{Shown(Text(element, "digest") ?? "")}'.");
        }

        if (!element.TryGetProperty("size", out JsonElement size) || !size.TryGetInt64(out long bytes)
            || bytes is < 0 or > OciLimits.BlobBytes)
        {
            throw new FormatException($"the descriptor of {digest} has no usable size.");
        }

        if ((bytes == 0) != digest.IsOfEmptyContent)
        {
            throw new FormatException(bytes == 0
                ? $"the descriptor of {digest} says that it has 0 bytes, but that is not the digest of no content."
                : $"the descriptor of {digest} says that it has {bytes} bytes, but that is the digest of no content.");
        }

        bool hasPlatform = element.TryGetProperty("platform", out JsonElement platform)
            && platform.ValueKind == JsonValueKind.Object;
        return new Descriptor(MediaType.Shared(Text(element, "mediaType") ?? ""), digest, bytes)
        {
            OperatingSystem = hasPlatform ? Text(platform, "os") : null,
            Architecture = hasPlatform ? Text(platform, "architecture") : null,
        };
    }

    /// <summary>Other readers, those in Go among them, take a name for one that it resembles.</summary>
    /// <exception cref="FormatException">There is such a name.</exception>
    public static void CheckNames(JsonElement element)
    {
        foreach (JsonProperty member in element.EnumerateObject())
        {
            // The two letters that only Unicode's folding takes for ASCII ones.
            string name = member.Name;
            if (!ExactNames.Contains(name) && Names.Contains(name.Replace('\u017f', 's').Replace('\u212a', 'k')))
            {
                throw new FormatException($"it has a member '{name}', which some programs take for another one.");
            }
        }
    }

    private static string Shown(string text) => text.Length <= ShownLength ? text : $"{text[..ShownLength]}...";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value.GetString()
            : null;
}
