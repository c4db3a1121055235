using System.Text.Json;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Bundles.Format;

/// <summary>
/// Reads the two files of an OCI image layout, whoever wrote them (docs/behaviour/push-and-bundle.md#reading-layouts).
/// The index's own media type and the descriptors' platform are ignored: no two versions of d8 agree on them.
/// </summary>
internal static class LayoutIndex
{
    /// <summary>An index of 100,000 images; more is no bundle.</summary>
    public const int LargestIndex = 64 * 1024 * 1024;

    public const int LargestLayoutFile = 64 * 1024;

    /// <exception cref="FormatException">This is no layout of version 1.0.0.</exception>
    public static void CheckLayoutFile(ReadOnlyMemory<byte> content) => Parse(LayoutFiles.LayoutName, content, root =>
    {
        string? version = root.TryGetProperty("imageLayoutVersion", out JsonElement value) ? value.GetString() : null;
        return version == "1.0.0"
            ? true
            : throw new FormatException($"oci-layout names the version '{version}', not 1.0.0");
    });

    /// <summary>The entries, in the order of the index.</summary>
    /// <exception cref="FormatException">The index is unusable.</exception>
    public static ImmutableArray<IndexedImage> Read(ReadOnlyMemory<byte> content) =>
        Parse<ImmutableArray<IndexedImage>>(LayoutFiles.IndexName, content, static root =>
        {
            ManifestReader.CheckNames(root);
            return !root.TryGetProperty("manifests", out JsonElement list)
                ? throw new FormatException("index.json has no list of manifests")
                : list.ValueKind == JsonValueKind.Null ? [] : [.. list.EnumerateArray().Select(ReadImage)];
        });

    /// <summary>
    /// The state id that the index of a delta names; <see langword="null"/>: the archive holds everything.
    /// </summary>
    /// <exception cref="FormatException">The annotation is not a state id.</exception>
    public static string? ReadDeltaBase(ReadOnlyMemory<byte> content) =>
        Parse<string?>(LayoutFiles.IndexName, content, static root =>
            root.TryGetProperty("annotations", out JsonElement annotations)
            && annotations.ValueKind == JsonValueKind.Object
            && annotations.TryGetProperty(LayoutFiles.DeltaBase, out JsonElement value)
                ? value.GetString() is { Length: 64 } id && id.All(char.IsAsciiHexDigitLower)
                    ? id
                    : throw new FormatException($"index.json has an invalid annotation {LayoutFiles.DeltaBase}")
                : null);

    private static IndexedImage ReadImage(JsonElement element)
    {
        Descriptor descriptor = ManifestReader.ReadDescriptor(element);
        string? tag = element.TryGetProperty("annotations", out JsonElement annotations)
            && annotations.ValueKind == JsonValueKind.Object
            && annotations.TryGetProperty(LayoutFiles.ShortTag, out JsonElement value)
                ? value.GetString()
                : null;
        return tag is not null && RepositoryName.IsValidTag(tag)
            ? new IndexedImage(tag, descriptor)
            : throw new FormatException(tag is null
                ? $"{descriptor.Digest} has no tag (annotation {LayoutFiles.ShortTag})"
                : $"{descriptor.Digest} has an invalid tag: {QuotedText.Quote(tag)}");
    }

    private static T Parse<T>(string name, ReadOnlyMemory<byte> content, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument document = Document(name, content);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? read(document.RootElement)
                : throw new FormatException($"{name} is not a JSON object");
        }
        catch (Exception exception) when (exception is not FormatException)
        {
            throw new FormatException($"{name} has a member of the wrong JSON type", exception);
        }
    }

    private static JsonDocument Document(string name, ReadOnlyMemory<byte> content)
    {
        try
        {
            return StrictJson.Parse(content);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{name} is {exception.Message.TrimEnd('.')}", exception);
        }
    }
}

/// <summary>One entry of an <c>index.json</c>: a tag and the manifest it stands for.</summary>
internal sealed record IndexedImage(string Tag, Descriptor Descriptor);
