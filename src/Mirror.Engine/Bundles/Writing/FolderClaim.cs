using Mirror.Engine.Bundles.Commit;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>
/// A folder that belongs to this run until it is disposed: locked, and a commit that an earlier run began is completed.
/// It is all that a run needs that only reads, or that uses what lies beside a bundle. What is made of a claim is
/// disposed before it.
/// </summary>
internal sealed class FolderClaim : IDisposable
{
    private readonly BundleLock _lock;

    private FolderClaim(BundleFolder folder, BundleLock taken, ImmutableHashSet<string> rolledForward)
    {
        _lock = taken;
        Folder = folder;
        RolledForward = rolledForward;
    }

    public BundleFolder Folder { get; }

    /// <summary>Files that got their final name by this claim, from the commit of an earlier run.</summary>
    public ImmutableHashSet<string> RolledForward { get; }

    /// <summary>What to warn of (D8M6017).</summary>
    public ImmutableArray<Fault> Warnings => _lock.Warnings;

    /// <summary>
    /// Makes the folder if need be, locks it, and completes an earlier run's commit: before any request is made. Others
    /// who wait for the folder are told the purpose. Faults: D8M1006, D8M6003 to D8M6006, D8M6016.
    /// </summary>
    public static async Task<FolderClaim> TakeAsync(
        IDisk disk, string directory, string purpose, TimeProvider time, CancellationToken cancellationToken)
    {
        using DiskThread thread = new("folder claim");
        BundleFolder folder = new(disk, directory);
        await thread.RunAsync(folder.Ensure).ConfigureAwait(false);
        BundleLock taken = await BundleLock.TakeAsync(folder, BundleLock.Describe(purpose), time, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            return new FolderClaim(
                folder, taken, await thread.RunAsync(() => BundleCommit.RollForward(folder)).ConfigureAwait(false));
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();
}
