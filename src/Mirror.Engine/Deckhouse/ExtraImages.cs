using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Deckhouse;

/// <summary>The extra images of a module or package: <c>extra_images.json</c>, a name and a tag each.</summary>
internal static class ExtraImages
{
    public const string FileName = "extra_images.json";

    /// <summary>Reads the file. A number is a tag without decimals; other types are ignored, as in d8.</summary>
    /// <exception cref="MirrorException">D8M3007: no JSON object, or a name or tag that cannot be one.</exception>
    public static ImmutableArray<(string Name, string Tag)> Read(ReadOnlyMemory<byte> content, string reference)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                content, new JsonDocumentOptions { MaxDepth = OciLimits.JsonDepth });
            ImmutableArray<(string Name, string Tag)> images =
            [
                .. document.RootElement.EnumerateObject()
                    .Select(image => (image.Name, Tag: TagOf(image.Value)))
                    .Where(image => image.Tag is not null)
                    .Select(image => (image.Name, image.Tag!))
                    .OrderBy(image => image.Name, StringComparer.Ordinal),
            ];
            foreach ((string name, string tag) in images)
            {
                if (!RepositoryName.IsValid(name) || name.Contains('/', StringComparison.Ordinal)
                    || !RepositoryName.IsValidTag(tag))
                {
                    throw new MirrorException(
                        DeckhouseFaults.FileMalformed(reference, FileName, $"'{name}:{tag}' is no image name."));
                }
            }

            return images;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new MirrorException(
                DeckhouseFaults.FileMalformed(reference, FileName, exception.Message), exception);
        }
    }

    private static string? TagOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetDouble().ToString("F0", CultureInfo.InvariantCulture),
        _ => null,
    };
}
