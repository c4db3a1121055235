using System.Diagnostics.CodeAnalysis;

namespace Mirror.Engine.Versions;

/// <summary>
/// A tag that spells a version, kept as the registry has it: what is pulled is the tag <c>1.2</c>, never a
/// <c>v1.2.0</c> that may not exist (docs/behaviour/pull.md#selecting-versions).
/// </summary>
internal sealed record TaggedVersion(string Tag, SemanticVersion Version)
{
    public static bool TryParse([NotNullWhen(true)] string? tag, [NotNullWhen(true)] out TaggedVersion? tagged)
    {
        tagged = SemanticVersion.TryParse(tag, out SemanticVersion? version) ? new TaggedVersion(tag!, version) : null;
        return tagged is not null;
    }

    /// <summary>
    /// The versions among some tags, ascending, each once. Of several spellings of one version the conventional one
    /// is kept, else the first in ordinal order.
    /// </summary>
    public static ImmutableArray<TaggedVersion> AmongTags(IEnumerable<string> tags)
    {
        Dictionary<SemanticVersion, TaggedVersion> byVersion = [];
        foreach (string tag in tags)
        {
            if (TryParse(tag, out TaggedVersion? found)
                && (!byVersion.TryGetValue(found.Version, out TaggedVersion? held) || found.IsBetterSpelledThan(held)))
            {
                byVersion[found.Version] = found;
            }
        }

        return [.. byVersion.Values.OrderBy(tagged => tagged.Version)];
    }

    /// <summary>Whether the tag is a full version as SemVer 2.0 spells it, maybe behind a <c>v</c>.</summary>
    public bool IsStrict => IsConventional || string.Equals(Tag, $"{Version}", StringComparison.Ordinal);

    private bool IsBetterSpelledThan(TaggedVersion other) => (IsConventional, other.IsConventional) switch
    {
        (true, false) => true,
        (false, true) => false,
        _ => string.CompareOrdinal(Tag, other.Tag) < 0,
    };

    private bool IsConventional => string.Equals(Tag, Version.ToTag(), StringComparison.Ordinal);
}
