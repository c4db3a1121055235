using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Ends;

/// <summary>
/// Content of a bundle; what a delta leaves out is read where the target has it, for a registry that does not mount.
/// </summary>
/// <param name="bundle">The bundle, full or a delta.</param>
/// <param name="target">The target.</param>
/// <param name="holders">Repositories of the target that have content.</param>
internal sealed class DeltaSource(
    BundleReader bundle, RegistryClient target, ImmutableDictionary<Digest, string> holders) : IContentSource
{
    private readonly BundleSource _archives = new(bundle);

    public async ValueTask<Stream> OpenAsync(PlannedBlob blob, long offset, CancellationToken cancellationToken) =>
        bundle.Holds(blob.Digest)
            ? await _archives.OpenAsync(blob, offset, cancellationToken).ConfigureAwait(false)
            : holders.TryGetValue(blob.Digest, out string? repository)
                ? await target.OpenBlobAsync(repository, blob.Digest, blob.Size, offset, cancellationToken)
                    .ConfigureAwait(false)
                : throw new MirrorException(Lost(blob));

    public bool MayContinueAfter(MirrorException failure) => RegistryFailure.IsTemporary(failure);

    public bool IsOfOneBlob(MirrorException failure) => _archives.IsOfOneBlob(failure);

    public Fault Mismatch(PlannedBlob blob, Digest actual) =>
        bundle.Holds(blob.Digest) ? _archives.Mismatch(blob, actual) : TransferFaults.DigestMismatch(blob, actual);

    /// <summary>It was there when the run began, so somebody deletes content meanwhile.</summary>
    private static Fault Lost(PlannedBlob blob) => new(
        FaultCode.TargetLacksBase,
        $"The target lost {blob.Digest} ({ByteCount.Format(blob.Size)}) during the push, and the delta does not hold "
            + "it. No tag that needs it was written.",
        "Find out what deletes content of the target, such as a garbage collection; then push a full bundle, or a "
            + "delta against a new inventory.");
}
