using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>What locking and checking a lock share: the parts to resolve anew, and what came of it.</summary>
public abstract partial class LockTask : PullSettingsTask
{
    private protected LockTask()
    {
    }

    /// <summary><c>true</c> if the lock says, or would say, something else than before; else <c>false</c>.</summary>
    [Output]
    public string Changed { get; set; } = "";

    private protected void Return(MirrorLockResult result)
    {
        Return(result.Plan);
        NewBytes = result.Changes?.Bytes.New ?? NewBytes;
        Changed = ReportItems.TextOf(result.HasChanged);
    }
}
