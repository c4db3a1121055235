using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Writes the lock of a pull: which image each tag stands for now.</summary>
[MSBuildMultiThreadableTask]
public sealed class D8MirrorLock : LockTask
{
    private protected override async Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        MirrorLockResult result = await run.Engine
            .LockAsync(run.Read<MirrorPullSettings>(MirrorVerb.Lock), run.Progress, cancellationToken)
            .ConfigureAwait(false);
        Return(result);
        return result.LockFile;
    }
}
