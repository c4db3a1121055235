using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Says what a pull would move, without downloading it.</summary>
[MSBuildMultiThreadableTask]
public sealed class D8MirrorPlan : PullSettingsTask
{
    private protected override async Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        MirrorPlan plan = await run.Engine
            .PlanAsync(run.Read<MirrorPullSettings>(MirrorVerb.Plan), run.Progress, cancellationToken)
            .ConfigureAwait(false);
        Return(plan);
        return plan.ToString();
    }
}
