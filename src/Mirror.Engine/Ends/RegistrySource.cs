using System.Diagnostics.CodeAnalysis;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Reading;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Spool;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Ends;

/// <summary>
/// Blobs out of a registry, or out of the spool where planning left them. A repository that refuses or lacks a blob
/// leads to the next one that has it.
/// </summary>
internal sealed class RegistrySource(RegistryClient client, BlobSpool spool) : IContentSource
{
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller owns the stream.")]
    public async ValueTask<Stream> OpenAsync(PlannedBlob blob, long offset, CancellationToken cancellationToken)
    {
        return await spool.OpenAsync(blob.Digest, offset, cancellationToken).ConfigureAwait(false)
            ?? await OpenRemoteAsync(blob, offset, cancellationToken).ConfigureAwait(false);
    }

    public bool MayContinueAfter(MirrorException failure) => RegistryFailure.IsTemporary(failure);

    public bool IsOfOneBlob(MirrorException failure) => RegistryFailure.IsMissingHere(failure)
        || RegistryFailure.IsTemporary(failure) || TransferFaults.IsOfContent(failure);

    public Fault Mismatch(PlannedBlob blob, Digest actual) => TransferFaults.DigestMismatch(blob, actual);

    private async Task<Stream> OpenRemoteAsync(PlannedBlob blob, long offset, CancellationToken cancellationToken)
    {
        MirrorException? refusal = null;
        foreach (string repository in blob.Repositories)
        {
            try
            {
                return await OpenAsync(blob, repository, offset, cancellationToken).ConfigureAwait(false);
            }
            catch (MirrorException exception) when (RegistryFailure.IsMissingHere(exception))
            {
                refusal ??= exception;
            }
        }

        throw refusal!;
    }

    private async Task<Stream> OpenAsync(
        PlannedBlob blob, string repository, long offset, CancellationToken cancellationToken)
    {
        if (!blob.IsManifest)
        {
            return await client.OpenBlobAsync(repository, blob.Digest, blob.Size, offset, cancellationToken)
                .ConfigureAwait(false);
        }

        ManifestContent manifest = await client
            .FindManifestAsync(repository, blob.Digest.ToString(), cancellationToken).ConfigureAwait(false)
            ?? throw new MirrorException(new Fault(
                FaultCode.BlobUnavailable,
                $"The manifest {repository}@{blob.Digest} was there while planning and is gone.",
                "The source changed during the run: run again."));
        return new MemoryStream(manifest.Bytes.ToArray(), writable: false) { Position = offset };
    }
}
