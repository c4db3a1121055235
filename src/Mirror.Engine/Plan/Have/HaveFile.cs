using System.Globalization;

namespace Mirror.Engine.Plan.Have;

/// <summary>
/// What a target holds (<c>deckhouse-mirror/have/1</c>, docs/delta.md#format): tags and content by repository, under
/// the paths that a bundle has.
/// </summary>
internal sealed record HaveFile
{
    public const string CurrentFormat = "deckhouse-mirror/have/1";

    /// <summary>An inventory of 50,000 images has less.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>How <see cref="Taken"/> is written: UTC, to the second.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The source of the content, <c>host/path</c>; <see langword="null"/>: it is not known.</summary>
    public string? Source { get; init; }

    /// <summary>The target, <c>host/path</c>; <see langword="null"/>: it is the state of no target yet.</summary>
    public string? Target { get; init; }

    public required HaveBasis Basis { get; init; }

    /// <summary>How far it was looked; <see langword="null"/>: not at all.</summary>
    public CheckDepth? Checked { get; init; }

    /// <summary>When it was made; not part of the identity.</summary>
    public DateTimeOffset? Taken { get; init; }

    /// <summary>By the path of a bundle, in ordinal order.</summary>
    public required ImmutableSortedDictionary<string, HaveRepository> Repositories { get; init; }

    /// <summary>Every tag.</summary>
    public IEnumerable<TaggedImage> Images =>
        from repository in Repositories
        from tag in repository.Value.Tags
        select new TaggedImage(ArchiveName.Find(repository.Key), repository.Key, tag.Key, tag.Value);

    public string StateId => Plan.StateId.Compute(Images);

    /// <summary>The time for people and files.</summary>
    public string? TakenText => Taken?.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);
}

/// <summary>A repository of a target: its tags, and everything that they refer to.</summary>
/// <param name="Tags">What tags stand for, in ordinal order.</param>
/// <param name="Blobs">Layers, configs and manifests.</param>
internal sealed record HaveRepository(
    ImmutableSortedDictionary<string, Digest> Tags, ImmutableSortedSet<Digest> Blobs);

/// <summary>Where an inventory comes from, which decides how far it can be trusted.</summary>
internal enum HaveBasis
{
    /// <summary>A target was asked.</summary>
    Target,

    /// <summary>A push or sync read back what it wrote.</summary>
    Receipt,

    /// <summary>A pull says what the target will hold after its push.</summary>
    Predicted,

    /// <summary>The images of a lock.</summary>
    Lock,

    /// <summary>The images of a bundle.</summary>
    Bundle,
}
