using System.Globalization;
using System.Text.Json;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>The extra images of a module or package: <c>extra_images.json</c>, a name and a tag each.</summary>
internal static class ExtraImages
{
    public const string FileName = "extra_images.json";

    /// <summary>Reads the file. A number is a tag without decimals; other types are ignored, as in d8.</summary>
    /// <exception cref="MirrorException">D8M3007: no JSON object, or a name or tag that cannot be one.</exception>
    public static ImmutableArray<(string Name, string Tag)> Read(ReadOnlyMemory<byte> content, string reference) =>
        MetadataJson.Read<ImmutableArray<(string Name, string Tag)>>(content, reference, FileName, root =>
        [
            .. root.EnumerateObject()
                .Select(image => (image.Name, Tag: TagOf(image.Value)))
                .Where(image => image.Tag is not null)
                .Select(image => (image.Name, image.Tag!))
                .Select(Checked)
                .OrderBy(image => image.Name, StringComparer.Ordinal),
        ]);

    private static (string Name, string Tag) Checked((string Name, string Tag) image) =>
        RepositoryName.IsValid(image.Name) && !image.Name.Contains('/', StringComparison.Ordinal)
            && RepositoryName.IsValidTag(image.Tag)
            ? image
            : throw new FormatException($"'{image.Name}:{image.Tag}' is not a valid image name.");

    private static string? TagOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetDouble().ToString("F0", CultureInfo.InvariantCulture),
        _ => null,
    };
}
