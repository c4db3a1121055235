using System.Text;
using System.Text.RegularExpressions;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// The component images that an installer or a module names by digest: <c>images_digests.json</c>. As in d8, every
/// digest in the file counts, whatever the structure around it.
/// </summary>
internal static partial class ImageDigests
{
    /// <summary>The file in a module's or package's image.</summary>
    public const string FileName = "images_digests.json";

    /// <summary>The file in an installer's image.</summary>
    public const string InstallerFileName = "deckhouse/candi/images_digests.json";

    /// <summary>The file of installers before digests: component images by tag.</summary>
    public const string InstallerTagsFileName = "deckhouse/candi/images_tags.json";

    public static ImmutableArray<Digest> Read(ReadOnlyMemory<byte> content) =>
    [
        .. DigestPattern().Matches(Encoding.UTF8.GetString(content.Span))
            .Select(match => Digest.Parse(match.Value))
            .Distinct()
            .Order(),
    ];

    /// <summary>Reads the tags file: an object of objects of tags.</summary>
    /// <exception cref="MirrorException">D8M3007: the file has another shape.</exception>
    public static ImmutableArray<string> ReadTags(ReadOnlyMemory<byte> content, string reference) =>
        MetadataJson.Read<ImmutableArray<string>>(content, reference, InstallerTagsFileName, root =>
        [
            .. root.EnumerateObject()
                .SelectMany(module => module.Value.EnumerateObject())
                .Select(image => image.Value.GetString() ?? "")
                .Where(tag => tag.Length > 0)
                .Select(CheckedTag)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ]);

    private static string CheckedTag(string tag) =>
        RepositoryName.IsValidTag(tag) ? tag : throw new FormatException($"'{tag}' is not a valid tag.");

    [GeneratedRegex("sha256:[a-f0-9]{64}", RegexOptions.None, OciLimits.PatternMilliseconds)]
    private static partial Regex DigestPattern();
}
