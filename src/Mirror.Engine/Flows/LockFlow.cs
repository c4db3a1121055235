using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Deckhouse.Locked;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.Engine.Report.Diff;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows;

/// <summary>
/// A lock, top to bottom: check the settings, read the earlier lock, resolve the source, plan, compare, write. A check
/// of a lock is the same without the last step. Like a plan, it leaves nothing else behind.
/// </summary>
internal sealed class LockFlow(EngineParts parts, EventSink events)
{
    private readonly PlanFlow _planning = new(parts, events);

    /// <summary>Writes the lock, if it says something new.</summary>
    public async Task<MirrorLockResult> RunAsync(
        MirrorPullSettings settings, RunReport report, CancellationToken cancellationToken)
    {
        (MirrorLockResult result, LockFile file, LockStore store) =
            await PrepareAsync(settings, report, static store => store.TryRead(), cancellationToken)
                .ConfigureAwait(false);
        if (result.HasChanged)
        {
            cancellationToken.ThrowIfCancellationRequested();
            store.Write(file);
        }

        events.Milestone($"{(result.HasChanged ? "Locked" : "The lock stays as it is")}: {result}.");
        return result;
    }

    /// <summary>Says what would change.</summary>
    public async Task<MirrorLockResult> CheckAsync(
        MirrorPullSettings settings, RunReport report, CancellationToken cancellationToken)
    {
        (MirrorLockResult result, _, _) =
            await PrepareAsync(settings, report, static store => store.Read(), cancellationToken)
                .ConfigureAwait(false);
        if (result.HasChanged)
        {
            events.Warn(LockFaults.SourceMoved(result.Changes is null or { IsEmpty: true }
                ? "the settings or the source changed"
                : $"{result.Changes}"));
        }
        else
        {
            events.Milestone($"The lock is up to date: {result}.");
        }

        return result;
    }

    private async Task<(MirrorLockResult Result, LockFile File, LockStore Store)> PrepareAsync(
        MirrorPullSettings settings,
        RunReport report,
        Func<LockStore, LockFile?> readEarlier,
        CancellationToken cancellationToken)
    {
        CheckedPullSettings order = SettingsCheck.CheckLock(
            settings, parts.Environment, report.Prepare(), parts.FindCertificateFaults);
        WarningLog warnings = new(events);
        warnings.Add(order.Warnings);
        Review? review = Review.Find(parts.Disk, order.Settings.Reviewed);
        LockStore store = new(parts.Disk, order.Settings.LockFile!);
        LockFile? earlier = readEarlier(store);
        using SourceSession session = new(
            order.Source, order.Settings.TmpDirectory!, $"lock {Guid.NewGuid()}", parts, events);
        try
        {
            (MirrorPlan plan, LockFile file, LoadedSide side) = await ResolveAsync(
                order, session, earlier, warnings, cancellationToken).ConfigureAwait(false);
            review?.Demand(plan, earlier is null ? null : [.. earlier.Images]);
            MirrorDiff? changes = earlier is null || earlier.Source != file.Source
                ? null
                : await CompareAsync(order.Settings.LockFile!, earlier, side, cancellationToken).ConfigureAwait(false);
            MirrorLockResult result = new()
            {
                Plan = plan,
                LockFile = order.Settings.LockFile!,
                HasChanged = earlier is null
                    || !LockWriter.Write(earlier).AsSpan().SequenceEqual(LockWriter.Write(file)),
                Changes = changes,
            };
            report.Add(result);
            return (result, file, store);
        }
        finally
        {
            session.CloseEarlier();
            warnings.Add(session.TryDeleteSpool());
        }
    }

    /// <summary>What a review shows of a new lock.</summary>
    private async Task<MirrorDiff> CompareAsync(
        string path, LockFile earlier, LoadedSide now, CancellationToken cancellationToken)
    {
        using LoadedSide before = new(DiffSides.LockSide(path, earlier));
        MirrorDiff changes = await DiffFlow.CompareAsync(before, now, cancellationToken).ConfigureAwait(false);
        foreach (string line in changes.IsEmpty ? [] : DiffText.Lines(changes))
        {
            events.Milestone(line);
        }

        return changes;
    }

    private async Task<(MirrorPlan Plan, LockFile File, LoadedSide Side)> ResolveAsync(
        CheckedPullSettings order,
        SourceSession session,
        LockFile? earlier,
        WarningLog warnings,
        CancellationToken cancellationToken)
    {
        string directory = order.Settings.BundleDirectory;
        if (directory.Length > 0 && parts.Disk.DirectoryExists(directory))
        {
            await session.UseEarlierAsync(order.Settings, cancellationToken).ConfigureAwait(false);
        }

        events.Milestone($"Reading {order.Source.Reference} with {order.Source.CredentialOrigin}.");
        ResolvedParts resolved = await session.CreateResolver().ResolveAsync(order.Settings, cancellationToken)
            .ConfigureAwait(false);
        ImmutableArray<string> floating = LockSelection.Floating(order.Settings);
        ImmutableArray<string> update = order.Settings.LockUpdate;
        if (earlier is not null && !update.IsEmpty)
        {
            if (earlier.Source != order.Source.Reference)
            {
                throw new MirrorException(LockFaults.SelectsDifferently(
                    [$"{SettingName.Source} is '{order.Source.Reference}', locked '{earlier.Source}'"]));
            }

            LockUpdate chosen = LockUpdate.Choose(earlier, resolved, update, floating);
            resolved = chosen.Merge(await session.CreateResolver()
                .ResolveArchivesAsync(earlier, chosen.Kept, cancellationToken).ConfigureAwait(false));
        }

        MirrorPlan plan = _planning.Build(order, session, resolved, warnings);
        LockFile file = LockFile.Create(
            plan,
            BundleLayout.FingerprintOf,
            LockSelection.Find(order.Settings, order.Source.ModulesPath),
            $"{order.Settings.BundleFormat}",
            floating);
        return (plan, file, DiffSides.SourceSide(plan, resolved, session, floating));
    }
}
