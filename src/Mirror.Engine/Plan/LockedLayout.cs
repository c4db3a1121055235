namespace Mirror.Engine.Plan;

/// <summary>A layout of a lock.</summary>
/// <param name="Path">Its path in the bundle.</param>
/// <param name="Repository">Its repository at the source, without host; empty where it has no image.</param>
/// <param name="Images">Tags in ordinal order, then images that are named by digest, by digest.</param>
internal sealed record LockedLayout(string Path, string Repository, ImmutableArray<LockedImage> Images)
{
    public static LockedLayout Create(PlannedLayout layout)
    {
        string[] repositories = [.. layout.Images.Select(image => image.Repository).Distinct(StringComparer.Ordinal)];
        return repositories.Length > 1
            ? throw MirrorException.Defect(
                $"The layout '{layout.Path}' has images of {repositories.Length} repositories.")
            : new LockedLayout(
                layout.Path,
                repositories.FirstOrDefault(""),
                [
                    .. layout.Images.Select(image => new LockedImage(TagOf(image), image.Digest))
                        .OrderBy(image => image.Tag is null)
                        .ThenBy(image => image.Tag ?? $"{image.Digest}", StringComparer.Ordinal),
                ]);
    }

    /// <summary>The references of images that are named by digest have no tag.</summary>
    private static string? TagOf(PlannedImage image) =>
        image.Tag == image.Digest.Hex && image.Reference.EndsWith($"@{image.Digest}", StringComparison.Ordinal)
            ? null
            : image.Tag;
}

/// <summary>A tag and its image; without a tag, an image that is named by digest.</summary>
internal readonly record struct LockedImage(string? Tag, Digest Digest);
