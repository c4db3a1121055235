namespace Mirror.Engine.Plan;

/// <summary>
/// One piece of content to move, once, whatever number of images and archives need it: a manifest, config or layer.
/// </summary>
/// <param name="Digest">Its digest; what is checked is this, not what a server says.</param>
/// <param name="Size">Its size in bytes, as every descriptor of it says.</param>
/// <param name="IsManifest">Whether it is read from a manifests URL.</param>
/// <param name="Repositories">
/// Every repository of the source that has it, in the order to try them (a 403 or 404 leads to the next); for a bundle,
/// the paths of layouts.
/// </param>
internal sealed record PlannedBlob(
    Digest Digest, long Size, bool IsManifest, ImmutableArray<string> Repositories)
{
    /// <summary>Every repository of the target that needs it; empty when the target is a bundle.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];
}
