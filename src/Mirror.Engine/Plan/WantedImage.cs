using System.Collections.Immutable;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan;

/// <summary>An image that a component needs, resolved to its manifests.</summary>
/// <param name="Repository">The repository at the source, without host.</param>
/// <param name="Tag">The tag in the bundle; <see langword="null"/> for an image that is named by digest.</param>
/// <param name="Manifests">The image's manifest first, then those of an index's children, however deep.</param>
/// <param name="Reason">Why it is wanted, for people.</param>
internal sealed record WantedImage(
    string Repository, string? Tag, ImmutableArray<Manifest> Manifests, string Reason)
{
    /// <summary>When its tag becomes visible at a target.</summary>
    public PublishStage Stage { get; init; }

    public Manifest Manifest => Manifests[0];

    /// <summary>Bytes of manifests, configs and layers, each once.</summary>
    public long TotalBytes => Manifests
        .SelectMany(manifest => manifest.Blobs.Prepend(manifest.Descriptor))
        .DistinctBy(blob => blob.Digest)
        .Sum(blob => blob.Size);

    public Digest Digest => Manifest.Descriptor.Digest;

    /// <summary>The tag to push under: for a digest its hex, as d8 does.</summary>
    public string ShortTag => Tag ?? Digest.Hex;
}
