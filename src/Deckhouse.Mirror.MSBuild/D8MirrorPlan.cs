using Microsoft.Build.Framework;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Says what a pull would move, without downloading it.</summary>
[MSBuildMultiThreadableTask]
public sealed class D8MirrorPlan : PullSettingsTask
{
    private protected override string Verb => "plan";

    private protected override async Task RunAsync(MirrorRun run, CancellationToken cancellationToken) =>
        Return(await run.Engine.PlanAsync(SettingsOf(run), run.Progress, cancellationToken).ConfigureAwait(false));
}
