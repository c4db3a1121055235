using System.Text;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Report.Diff;

/// <summary>The tags of a side by their place at an edition, and what a tag's name says of it.</summary>
internal static class DiffTags
{
    private const string AttestationStart = "sha256-";
    private const string AttestationEnd = ".att";
    private const int HexDigits = 64;

    /// <summary>The tags by path and name; the form of a bundle makes no difference.</summary>
    /// <exception cref="FormatException">One tag stands for two images.</exception>
    public static SortedDictionary<TagPlace, TaggedImage> ByPlace(IEnumerable<TaggedImage> images)
    {
        SortedDictionary<TagPlace, TaggedImage> byPlace = [];
        foreach (TaggedImage image in images)
        {
            TaggedImage placed = image with { Path = StateId.PathOf(image.Archive, image.Path) };
            TagPlace place = new(placed.Path, placed.Tag);
            if (!byPlace.TryAdd(place, placed) && byPlace[place].Digest != placed.Digest)
            {
                throw new FormatException(
                    $"the tag {place} stands for {byPlace[place].Digest} and for {placed.Digest}.");
            }
        }

        return byPlace;
    }

    /// <summary>The state before, out of the state after: takes back what a diff says.</summary>
    /// <exception cref="FormatException">One tag stands for two images.</exception>
    public static IEnumerable<TaggedImage> Undo(MirrorDiff diff, IEnumerable<TaggedImage> after)
    {
        SortedDictionary<TagPlace, TaggedImage> tags = ByPlace(after);
        foreach (ChangedImage image in diff.Added)
        {
            tags.Remove(new TagPlace(image.Path, image.Tag));
        }

        foreach (ChangedImage image in diff.Moved.Concat(diff.Gone))
        {
            tags[new TagPlace(image.Path, image.Tag)] =
                new TaggedImage(image.Archive, image.Path, image.Tag, image.Was!.Value);
        }

        return tags.Values;
    }

    /// <summary>A tag of digits alone is a number, or somebody's hash.</summary>
    public static bool IsVersion(string tag) =>
        tag.Contains('.', StringComparison.Ordinal) && SemanticVersion.TryParse(tag, out _);

    /// <summary>Whether a tag is that of an attestation of another image.</summary>
    public static bool IsAttestation(string tag) => tag.StartsWith(AttestationStart, StringComparison.Ordinal)
        && tag.EndsWith(AttestationEnd, StringComparison.Ordinal);

    /// <summary>Whether a tag is a digest itself: such an image is called by nothing else.</summary>
    public static bool IsHex(string tag) => tag.Length == HexDigits && tag.All(char.IsAsciiHexDigitLower);

    /// <summary>
    /// Whether a tag must never stand for something else than before: a version, or a digest. Databases have tags that
    /// look like versions and move.
    /// </summary>
    public static bool IsFixed(ChangedImage image) =>
        !StateId.IsDatabase(image.Path) && (IsVersion(image.Tag) || IsHex(image.Tag));

    /// <summary>The path of releases that a release image is in, with their name; nothing for other paths.</summary>
    public static string? ReleaseName(string path) => path.Split('/') switch
    {
        ["release-channel"] => "",
        ["modules", var name, "release"] => name,
        ["packages", var name, "version"] => name,
        _ => null,
    };

    /// <summary>The id of a diff: sha256 over both state ids, each with a line end (docs/review.md#ids).</summary>
    public static string IdOf(string from, string to) =>
        Digest.OfSha256(Encoding.UTF8.GetBytes($"{from}\n{to}\n")).Hex;

    /// <summary>Whether a text is the id of a state or of a diff.</summary>
    public static bool IsId(string text) => IsHex(text);

    /// <summary>Whether a path and a tag can be those of an image.</summary>
    public static bool IsWellFormed(string path, string tag) =>
        (path.Length == 0 || RepositoryName.IsValid(path)) && RepositoryName.IsValidTag(tag);
}

/// <summary>Where a tag is below an edition.</summary>
internal readonly record struct TagPlace(string Path, string Tag) : IComparable<TagPlace>
{
    public int CompareTo(TagPlace other)
    {
        int byPath = string.CompareOrdinal(Path, other.Path);
        return byPath != 0 ? byPath : string.CompareOrdinal(Tag, other.Tag);
    }

    public override string ToString() => Path.Length == 0 ? Tag : $"{Path}:{Tag}";
}
