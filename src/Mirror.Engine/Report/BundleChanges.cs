using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine;

/// <summary>
/// What a plan changes in a bundle that was pulled before: only archives of the plan are compared, others stay as they
/// are.
/// </summary>
/// <param name="Added">Tags that were not there.</param>
/// <param name="Moved">Tags that stood for another image.</param>
/// <param name="Gone">Tags that are no longer there.</param>
public sealed record BundleChanges(
    ImmutableArray<ChangedImage> Added, ImmutableArray<ChangedImage> Moved, ImmutableArray<ChangedImage> Gone)
{
    /// <summary>Whether nothing changed: a bundle that was pushed before need not be pushed again.</summary>
    public bool IsEmpty => Added.IsEmpty && Moved.IsEmpty && Gone.IsEmpty;

    /// <summary>The number of tags that are new, moved and gone, for people.</summary>
    internal string Counts => $"{ItemCount.Format(Added.Length, "tags")} new, {Moved.Length} moved, {Gone.Length} gone";

    /// <summary>Returns one line for humans.</summary>
    /// <returns>The number of tags that are new, moved and gone.</returns>
    public override string ToString() => IsEmpty
        ? "Nothing is new since the bundle that was here."
        : $"Since the bundle that was here: {Counts}.";

    /// <summary>
    /// Compares a plan with what was there, archive by archive: of those that the plan does not have, nothing is known.
    /// <see langword="null"/> when nothing is known at all.
    /// </summary>
    internal static BundleChanges? Between(ImmutableArray<TaggedImage>? earlier, MirrorPlan plan)
    {
        HashSet<string> archives = [.. plan.Archives.Select(archive => archive.Name)];
        return earlier is { } before
            ? Between(
                [.. before.Where(image => archives.Contains(image.Archive))],
                [.. from archive in plan.Archives
                    from layout in archive.Layouts
                    from image in layout.Images
                    select new TaggedImage(archive.Name, layout.Path, image.Tag, image.Digest)])
            : null;
    }

    /// <summary>Compares all tags of two states.</summary>
    internal static BundleChanges Between(ImmutableArray<TaggedImage> before, ImmutableArray<TaggedImage> after)
    {
        Dictionary<(string, string, string), TaggedImage> known = [];
        foreach (TaggedImage image in before)
        {
            known[(image.Archive, image.Path, image.Tag)] = image;
        }

        ImmutableArray<ChangedImage> now =
        [
            .. after.Select(image => new ChangedImage(
                image.Archive,
                image.Path,
                image.Tag,
                image.Digest,
                known.GetValueOrDefault((image.Archive, image.Path, image.Tag))?.Digest)),
        ];
        HashSet<(string, string, string)> kept = [.. now.Select(image => (image.Archive, image.Path, image.Tag))];
        return new BundleChanges(
            [.. now.Where(image => image.Was is null)],
            [.. now.Where(image => image.Was is not null && image.Was != image.Digest)],
            [
                .. known.Where(image => !kept.Contains(image.Key)).Select(image => image.Value)
                    .OrderBy(image => image.Archive, StringComparer.Ordinal)
                    .ThenBy(image => image.Path, StringComparer.Ordinal)
                    .ThenBy(image => image.Tag, StringComparer.Ordinal)
                    .Select(image => new ChangedImage(image.Archive, image.Path, image.Tag, null, image.Digest)),
            ]);
    }
}
