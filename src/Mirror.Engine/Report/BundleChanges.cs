namespace Mirror.Engine.Report;

/// <summary>
/// What a plan changes in a bundle that was pulled before: only archives of the plan are compared, others stay as they
/// are.
/// </summary>
/// <param name="Added">Tags that were not there.</param>
/// <param name="Moved">Tags that stood for another image.</param>
/// <param name="Gone">Tags that are no longer there.</param>
internal sealed record BundleChanges(
    ImmutableArray<ChangedImage> Added, ImmutableArray<ChangedImage> Moved, ImmutableArray<ChangedImage> Gone)
{
    public bool IsEmpty => Added.IsEmpty && Moved.IsEmpty && Gone.IsEmpty;

    /// <summary>One line for people.</summary>
    public string Summary => IsEmpty
        ? "Nothing is new since the bundle that was here."
        : $"Since the bundle that was here: {Added.Length} tags new, {Moved.Length} moved, {Gone.Length} gone.";

    /// <summary>Compares a plan with what was there; <see langword="null"/> when nothing is known of that.</summary>
    public static BundleChanges? Between(ImmutableArray<EarlierImage>? earlier, MirrorPlan plan)
    {
        if (earlier is not { } before)
        {
            return null;
        }

        HashSet<string> archives = [.. plan.Archives.Select(archive => archive.Name)];
        Dictionary<(string, string, string), EarlierImage> known = [];
        foreach (EarlierImage image in before.Where(image => archives.Contains(image.Archive)))
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

/// <summary>One tag that is not as it was in the bundle before.</summary>
/// <param name="Archive">The file name of the archive.</param>
/// <param name="Path">The path of its layout; empty for the root.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Digest">What it stands for; <see langword="null"/>: it is gone.</param>
/// <param name="Was">What it stood for; <see langword="null"/>: it is new.</param>
internal sealed record ChangedImage(string Archive, string Path, string Tag, Digest? Digest, Digest? Was)
{
    /// <summary>The tag with its place, for people.</summary>
    public string Name => Path.Length == 0 ? Tag : $"{Path}:{Tag}";

    /// <summary>
    /// Whether it is told by name: components are named by their own digest, attestations by that of their image.
    /// </summary>
    public bool IsNamed => !(Tag.Length == 64 && Tag.All(char.IsAsciiHexDigitLower))
        && !Tag.StartsWith("sha256-", StringComparison.Ordinal);
}

/// <summary>An image that a bundle held before the run, as its inventory tells.</summary>
/// <param name="Archive">The file name of the archive.</param>
/// <param name="Path">The path of its layout.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Digest">The manifest it stood for.</param>
internal sealed record EarlierImage(string Archive, string Path, string Tag, Digest Digest);
