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
