namespace Mirror.Engine;

/// <summary>One entry of a layout's index: a tag and the manifest it stands for.</summary>
public sealed record PlannedImage
{
    /// <summary>
    /// The repository, without host: at the source, or at the target of a plan that has one (<see
    /// cref="MirrorPlan.Target"/>).
    /// </summary>
    public required string Repository { get; init; }

    /// <summary>
    /// The tag to push under (the annotation <c>io.deckhouse.image.short_tag</c>): a tag of the source, or 64 hex
    /// digits for an image that is named by digest.
    /// </summary>
    public required string Tag { get; init; }

    /// <summary>
    /// The image at the source, <c>host/repository:tag</c> or <c>host/repository@digest</c>; in a plan that has a
    /// target, the image there.
    /// </summary>
    public required string Reference { get; init; }

    /// <summary>The digest of the manifest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The media type of the manifest.</summary>
    public required string MediaType { get; init; }

    /// <summary>The size of the manifest in bytes.</summary>
    public required long ManifestBytes { get; init; }

    /// <summary>The artifact type, when the image is no container image.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The version that a release channel points at, if planning read it.</summary>
    internal string? ChannelVersion { get; init; }

    /// <summary>Bytes of the manifest, its config and its layers together.</summary>
    public required long TotalBytes { get; init; }

    /// <summary>Why the image is in the plan, for humans: <c>channel stable</c>, <c>component of v1.69.0</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether a push adds this tag of an image that the archive has anyway.</summary>
    internal bool IsAdded { get; init; }
}
