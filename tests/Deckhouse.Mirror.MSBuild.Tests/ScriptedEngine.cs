using Mirror.Engine;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.Engine.Settings;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>Plays the engine: runs a script and returns a small plan; keeps the settings it was given.</summary>
internal sealed class ScriptedEngine(Func<IProgress<MirrorEvent>, CancellationToken, Task>? script = null)
    : IMirrorEngine
{
    public MirrorPullSettings? Settings { get; private set; }

    public MirrorPlan Plan { get; init; } = SamplePlan.Make();

    public async Task<MirrorPlan> PlanAsync(
        MirrorPullSettings settings, IProgress<MirrorEvent>? progress, CancellationToken cancellationToken)
    {
        Settings = settings;
        if (script is not null)
        {
            await script(progress!, cancellationToken);
        }

        return Plan;
    }

    public async Task<MirrorReport> PullAsync(
        MirrorPullSettings settings, IProgress<MirrorEvent>? progress, CancellationToken cancellationToken) => new()
        {
            Plan = await PlanAsync(settings, progress, cancellationToken),
            Files =
            [
                .. Plan.Archives.Select(archive => new ReportedFile(
                    archive.Name,
                    Path.Combine(settings.BundleDirectory, archive.Name),
                    archive.FileBytes,
                    archive.ImageCount)),
            ],
            TransferredBytes = Plan.TransferBytes,
            Requests = 1,
            Duration = TimeSpan.Zero,
        };
}
