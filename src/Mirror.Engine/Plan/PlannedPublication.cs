using System.Collections.Immutable;

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
