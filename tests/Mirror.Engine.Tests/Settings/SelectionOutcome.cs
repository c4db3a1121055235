namespace Mirror.Engine.Tests.Settings;

/// <summary>What a front end gave for one run of a row: images, or the codes of its faults.</summary>
internal sealed record SelectionOutcome(IReadOnlyCollection<SelectedImage> Images, IReadOnlyCollection<string> Faults)
{
    /// <summary>Whether the source was asked for a list of tags.</summary>
    public bool AskedForTagLists { get; init; }

    /// <summary>
    /// What is here and not in the other outcome: fault codes, then a line for each repository of each archive, with
    /// its tags; images that are named by digest, and attestations, as their number.
    /// </summary>
    public string[] Without(SelectionOutcome other) =>
    [
        .. Faults.Except(other.Faults, StringComparer.Ordinal),
        .. Images.Except(other.Images)
            .GroupBy(image => $"{image.Archive} {image.Repository}:")
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => string.Join(' ', group.Select(image => image.Tag).ToLookup(KindOf)
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => kind.Key.Length == 0
                    ? string.Join(' ', kind.Order(StringComparer.Ordinal))
                    : $"{kind.Count()} {kind.Key}")
                .Prepend(group.Key))),
    ];

    private static string KindOf(string tag) =>
        tag.EndsWith(".att", StringComparison.Ordinal) ? "attestations"
        : tag.Length == 64 ? "by digest"
        : "";
}
