namespace Mirror.Engine;

/// <summary>A file of the bundle beside its archives, whole in the plan: <c>deckhousereleases.yaml</c>.</summary>
public sealed record PlannedFile
{
    /// <summary>
    /// The releases of <c>platform.tar</c> as manifests for a cluster (docs/behaviour/pull.md#release-manifests).
    /// </summary>
    internal const string Releases = "deckhousereleases.yaml";

    /// <summary>The file name.</summary>
    public required string Name { get; init; }

    /// <summary>The size in bytes.</summary>
    public long Bytes => Content.Length;

    /// <summary>What the file will hold.</summary>
    internal ReadOnlyMemory<byte> Content { get; init; }
}
