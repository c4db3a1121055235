using Mirror.Engine.Plan;
using Mirror.Engine.Registry;

namespace Mirror.Engine.Ends;

/// <summary>
/// Asks whether a repository has a blob before it is sent. Where a repository has no tag, only a push that was
/// interrupted can have left blobs, and it sent them in the order of the plan, but for those that were on their way at
/// once: after as many in a row were missing, what is left is not asked for. A wrong guess costs the bytes of a blob,
/// never the blob.
/// </summary>
internal sealed class LeftoverProbe(RegistryClient client, ImmutableHashSet<string> untagged)
{
    /// <summary>More than any run has on its way at once.</summary>
    private const int MostOnTheWay = 64;

    private int _missing;

    public async Task<bool> HasAsync(string repository, PlannedBlob blob, CancellationToken cancellationToken)
    {
        bool isUntagged = untagged.Contains(repository);
        if (isUntagged && Volatile.Read(ref _missing) > MostOnTheWay)
        {
            return false;
        }

        bool isThere = await client.HasBlobAsync(repository, blob.Digest, blob.Size, cancellationToken)
            .ConfigureAwait(false);
        if (isThere)
        {
            Volatile.Write(ref _missing, 0);
        }
        else if (isUntagged)
        {
            Interlocked.Increment(ref _missing);
        }

        return isThere;
    }
}
