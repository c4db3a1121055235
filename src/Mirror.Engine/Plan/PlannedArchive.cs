using Mirror.Engine.Plan;

namespace Mirror.Engine;

/// <summary>One archive of the bundle.</summary>
public sealed record PlannedArchive
{
    /// <summary>The file name: <c>platform.tar</c>, <c>module-console.tar</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its layouts, by path.</summary>
    public required ImmutableArray<PlannedLayout> Layouts { get; init; }

    /// <summary>The size of the archive in bytes; known before the first blob is asked for.</summary>
    public long FileBytes { get; init; }

    /// <summary>Layers that a delta leaves out, because the target has them; each layout counts for itself.</summary>
    public int OmittedBlobs => Layouts.Sum(layout => layout.Omitted.Length);

    /// <summary>The bytes of those layers.</summary>
    public long OmittedBytes => Layouts.Sum(layout => layout.Omitted.Sum(blob => blob.Size));

    /// <summary>The archive without a base; <see langword="null"/>: this is it.</summary>
    internal FullArchive? Full { get; init; }

    /// <summary>
    /// The number of images, the same for every verb: each entry of the archive's indexes. What a push adds to them,
    /// tags <c>install:CHANNEL</c> and names for listing, is not counted.
    /// </summary>
    public int ImageCount => Layouts.Sum(layout => layout.Images.Count(image => !image.IsAdded));
}
