namespace Mirror.Engine.Plan;

/// <summary>A tag to write at the target.</summary>
/// <param name="Repository">The repository at the target, without host.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Stage">When.</param>
/// <param name="Manifests">
/// The manifest first, then those of an index's children; a child never before its parent.
/// </param>
/// <param name="Blobs">What the manifests refer to.</param>
internal sealed record PlannedPublication(
    string Repository,
    string Tag,
    PublishStage Stage,
    ImmutableArray<PlannedManifest> Manifests,
    ImmutableArray<PlannedBlob> Blobs)
{
    public Digest Digest => Manifests[0].Blob.Digest;
}

/// <summary>
/// When a tag becomes visible. Later stages wait for all of the earlier ones: nothing is found through a channel before
/// all it leads to is there.
/// </summary>
internal enum PublishStage
{
    /// <summary>Versions, digests and all other tags.</summary>
    Image,

    /// <summary>Release channels, which clusters follow.</summary>
    Channel,

    /// <summary>Tags that only say that something of that name exists; what they point to does not matter.</summary>
    Discovery,
}

/// <summary>A manifest with the media type it is pushed as.</summary>
internal sealed record PlannedManifest(PlannedBlob Blob, string MediaType);
