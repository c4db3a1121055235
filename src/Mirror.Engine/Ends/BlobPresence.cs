using Mirror.Engine.Registry;
using Mirror.Engine.Spool;

namespace Mirror.Engine.Ends;

/// <summary>Whether a target has a blob, where somebody decides by it: what is called absent is proven to be.</summary>
internal sealed class BlobPresence(RegistryClient client)
{
    /// <summary>
    /// Whether a repository has a blob of this size. Not every registry answers HEAD for blobs as it should, so that
    /// absence is said by GET.
    /// </summary>
    public async Task<bool> IsThereAsync(
        string repository, Digest digest, long size, CancellationToken cancellationToken)
    {
        if (await client.HasBlobAsync(repository, digest, size, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        try
        {
            Stream content = await client.OpenBlobAsync(repository, digest, size, 0, cancellationToken)
                .ConfigureAwait(false);
            await content.DisposeAsync().ConfigureAwait(false);
            return true;
        }
        catch (MirrorException failure) when (IsAbsence(failure))
        {
            return false;
        }
    }

    /// <summary>Reads a blob to its end and hashes it.</summary>
    /// <returns>What is wrong with it, as in "is <c>missing</c>"; <see langword="null"/>: nothing.</returns>
    public async Task<string?> FindDamageAsync(
        string repository, Digest digest, long size, CancellationToken cancellationToken)
    {
        try
        {
            await new SpoolDownload(client, repository, digest, size)
                .RunAsync(static (_, _) => { }, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (MirrorException failure) when (IsAbsence(failure))
        {
            return "missing";
        }
        catch (MirrorException failure) when (failure.Faults.All(fault => fault.Code == FaultCode.BlobDigestMismatch))
        {
            return "damaged";
        }
    }

    private static bool IsAbsence(MirrorException failure) => failure.Faults.All(fault =>
        fault.Code is FaultCode.BlobUnavailable or FaultCode.RepositoryNotFound or FaultCode.BlobSizeMismatch);
}
