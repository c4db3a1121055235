using Mirror.Engine.Registry;
using Mirror.Engine.Spool;

namespace Mirror.Engine.Ends;

/// <summary>Whether a target has a blob, where somebody decides by it: what is called absent is proven to be.</summary>
internal sealed class BlobPresence(RegistryClient client)
{
    /// <summary>Whether a repository has a blob of this size.</summary>
    public async Task<bool> IsThereAsync(
        string repository, Digest digest, long size, CancellationToken cancellationToken) =>
        await FindLossAsync(repository, digest, size, cancellationToken).ConfigureAwait(false) is null;

    /// <summary>
    /// Looks for a blob without reading it. Not every registry answers HEAD for blobs as it should, so that absence is
    /// said by GET.
    /// </summary>
    /// <returns>What is wrong with it, as in "is <c>missing</c>"; <see langword="null"/>: nothing.</returns>
    public async Task<string?> FindLossAsync(
        string repository, Digest digest, long size, CancellationToken cancellationToken)
    {
        if (await client.HasBlobAsync(repository, digest, size, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        try
        {
            Stream content = await client.OpenBlobAsync(repository, digest, size, 0, cancellationToken)
                .ConfigureAwait(false);
            await content.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch (MirrorException failure) when (LossOf(failure) is not null)
        {
            return LossOf(failure);
        }
    }

    /// <summary>Reads a blob to its end and hashes it.</summary>
    /// <returns>As <see cref="FindLossAsync"/>.</returns>
    public async Task<string?> FindDamageAsync(
        string repository, Digest digest, long size, CancellationToken cancellationToken)
    {
        try
        {
            await new SpoolDownload(client, repository, digest, size)
                .RunAsync(static (_, _) => { }, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (MirrorException failure) when (LossOf(failure) is not null)
        {
            return LossOf(failure);
        }
    }

    /// <summary>What a failure says of the content; <see langword="null"/>: it is one of the registry.</summary>
    private static string? LossOf(MirrorException failure) => failure.Faults switch
    {
        [{ Code: FaultCode.BlobUnavailable or FaultCode.RepositoryNotFound }] => "missing",
        [{ Code: FaultCode.BlobSizeMismatch }] => "of another size",
        [{ Code: FaultCode.BlobDigestMismatch }] => "damaged",
        _ => null,
    };
}
