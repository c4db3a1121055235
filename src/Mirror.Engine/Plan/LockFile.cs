using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan;

/// <summary>
/// The lock of a bundle (<c>deckhouse-mirror/lock/1</c>, docs/lock.md#format): every tag with the image it stands for,
/// and what the archives come to. Without times, paths or versions of the tool: the same state is the same file.
/// </summary>
internal sealed record LockFile
{
    public const string CurrentFormat = "deckhouse-mirror/lock/1";

    /// <summary>What the lock is called beside the archives that were pulled with it.</summary>
    public const string BundledName = "mirror.lock.json";

    /// <summary>A lock of 50,000 images has 5 MB.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>The source, as inventories name it: <c>host/path</c>.</summary>
    public required string Source { get; init; }

    public required string BundleFormat { get; init; }

    /// <summary>The settings that chose, by member; only those that are set.</summary>
    public required ImmutableSortedDictionary<string, LockedSetting> Selection { get; init; }

    /// <summary>Archives that each pull resolves, in ordinal order.</summary>
    public ImmutableArray<string> Floating { get; init; } = [];

    /// <summary>By name, in ordinal order.</summary>
    public required ImmutableArray<LockedArchive> Archives { get; init; }

    /// <summary>Files beside the archives, by name.</summary>
    public required ImmutableSortedDictionary<string, Digest> Files { get; init; }

    /// <summary>Every tag of the lock.</summary>
    public IEnumerable<TaggedImage> Images =>
        from archive in Archives
        from layout in archive.Layouts
        from image in layout.Images
        select new TaggedImage(archive.Name, layout.Path, image.Tag ?? image.Digest.Hex, image.Digest);

    public string StateId => Plan.StateId.Compute(Images);

    /// <summary>The lock of a plan.</summary>
    /// <param name="plan">The plan, with sizes.</param>
    /// <param name="fingerprintOf">The fingerprint of an archive.</param>
    /// <param name="selection">The settings that chose.</param>
    /// <param name="bundleFormat">The form of the bundle.</param>
    /// <param name="floating">The archives that are not locked.</param>
    public static LockFile Create(
        MirrorPlan plan,
        Func<PlannedArchive, string> fingerprintOf,
        ImmutableSortedDictionary<string, LockedSetting> selection,
        string bundleFormat,
        ImmutableArray<string> floating) => new()
        {
            Source = plan.Source,
            BundleFormat = bundleFormat,
            Selection = selection,
            Floating = floating,
            Archives =
            [
                .. plan.Archives.Where(archive => !floating.Contains(archive.Name))
                    .OrderBy(archive => archive.Name, StringComparer.Ordinal)
                    .Select(archive => LockedArchive.Create(archive, fingerprintOf(archive))),
            ],
            Files = plan.Files.Where(file => file.Name != BundledName).ToImmutableSortedDictionary(
                file => file.Name, file => Digest.OfSha256(file.Content.Span), StringComparer.Ordinal),
        };
}

/// <summary>A setting that chose, as it could be written.</summary>
/// <param name="Values">In ordinal order; a single one unless the setting is a list.</param>
/// <param name="IsList">Whether it may have several values.</param>
internal sealed record LockedSetting(ImmutableArray<string> Values, bool IsList)
{
    public static LockedSetting One(string value) => new([value], false);

    public static LockedSetting Several(IEnumerable<string> values) =>
        new([.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], true);

    public bool Equals(LockedSetting? other) => other is not null && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Values.Length;

    public override string ToString() => string.Join(", ", Values);
}

/// <summary>An archive of a lock; bytes and fingerprint are those of the file that a pull writes.</summary>
internal sealed record LockedArchive(
    string Name, long Bytes, string Fingerprint, ImmutableArray<LockedLayout> Layouts)
{
    public static LockedArchive Create(PlannedArchive archive, string fingerprint) => new(
        archive.Name,
        archive.FileBytes,
        fingerprint,
        [
            .. archive.Layouts.OrderBy(layout => layout.Path, StringComparer.Ordinal).Select(LockedLayout.Create),
        ]);
}

/// <param name="Path">Its path in the bundle.</param>
/// <param name="Repository">Its repository at the source, without host; empty where it has no image.</param>
/// <param name="Images">Tags in ordinal order, then images that are named by digest, by digest.</param>
internal sealed record LockedLayout(string Path, string Repository, ImmutableArray<LockedImage> Images)
{
    public static LockedLayout Create(PlannedLayout layout)
    {
        string[] repositories = [.. layout.Images.Select(image => image.Repository).Distinct(StringComparer.Ordinal)];
        return repositories.Length > 1
            ? throw MirrorException.Defect($"The layout '{layout.Path}' has images of {repositories.Length} repositories.")
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
