using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Says what a lock would change, and writes nothing. A change is a warning, never a failure.</summary>
[MSBuildMultiThreadableTask]
public sealed class D8MirrorLockCheck : LockTask
{
    private protected override async Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        MirrorLockResult result = await run.Engine
            .CheckLockAsync(run.Read<MirrorPullSettings>(MirrorVerb.LockCheck), run.Progress, cancellationToken)
            .ConfigureAwait(false);
        Return(result);
        return result.ToString();
    }
}
