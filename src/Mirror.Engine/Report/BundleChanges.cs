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

    /// <summary>Returns one line for humans.</summary>
    /// <returns>The number of tags that are new, moved and gone.</returns>
    public override string ToString() => IsEmpty
        ? "Nothing is new since the bundle that was here."
        : $"Since the bundle that was here: {ItemCount.Format(Added.Length, "tags")} new, {Moved.Length} moved, "
            + $"{Gone.Length} gone.";

    /// <summary>Compares a plan with what was there; <see langword="null"/> when nothing is known of that.</summary>
    internal static BundleChanges? Between(ImmutableArray<TaggedImage>? earlier, MirrorPlan plan)
    {
        if (earlier is not { } before)
        {
            return null;
        }

        HashSet<string> archives = [.. plan.Archives.Select(archive => archive.Name)];
        Dictionary<(string, string, string), TaggedImage> known = [];
        foreach (TaggedImage image in before.Where(image => archives.Contains(image.Archive)))
        {
            known[(image.Archive, image.Path, image.Tag)] = image;
        }

        ImmutableArray<ChangedImage> now =
        [
            .. from archive in plan.Archives
               from layout in archive.Layouts
               from image in layout.Images
               let was = known.GetValueOrDefault((archive.Name, layout.Path, image.Tag))?.Digest
               select new ChangedImage(archive.Name, layout.Path, image.Tag, image.Digest, was),
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
