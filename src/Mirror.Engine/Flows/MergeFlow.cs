using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Merging;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Hashing;
using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows;

/// <summary>
/// A merge, top to bottom: check the settings, open the bundles, plan the full bundle of the newest delta, find all of
/// its content, write it as a pull does (<see cref="BundleRun"/>), report.
/// </summary>
internal sealed class MergeFlow(EngineParts parts, EventSink events)
{
    public async Task<MirrorReport> RunAsync(
        MirrorMergeSettings settings, RunReport report, CancellationToken cancellationToken)
    {
        long start = parts.Time.GetTimestamp();
        MirrorMergeSettings order = SettingsCheck.Check(settings, report.Prepare());
        WarningLog warnings = new(events);
        LockFile? locked = LockStore.Demand(parts.Disk, order.LockFile);
        using MergeFolders folders = await MergeFolders.OpenAsync(
            parts.Disk, order.MergeFrom, warnings, cancellationToken).ConfigureAwait(false);
        MergePlan planning = new(parts.Disk, folders.Newest);
        MirrorPlan plan = planning.Create();
        if (locked is not null)
        {
            LockedPlan.DemandBytes(locked, plan);
        }

        folders.Demand(plan);
        string work = $"{ByteCount.Format(plan.TransferBytes)} to copy in "
            + $"{ItemCount.Format(plan.Blobs.Length, "blobs")}.";
        foreach (string line in PlanTable.Lines(plan, work))
        {
            events.Milestone(line);
        }

        using FolderClaim claim = await FolderClaim.TakeAsync(
            parts.Disk, order.BundleDirectory, "merge", parts.Time, cancellationToken).ConfigureAwait(false);
        warnings.Add(claim.Warnings);
        ImmutableArray<TaggedImage>? earlier = await EarlierBundle.ReadAsync(parts.Disk, order.BundleDirectory)
            .ConfigureAwait(false);
        MirrorReport written = await new BundleRun(parts, events, warnings).WriteAsync(
            claim,
            plan,
            new BundleOptions
            {
                ChunkBytes = planning.ChunkBytes,
                Force = order.Force,
                WritesSums = order.GostDigest,
                Hasher = order.GostDigest ? GostChoice.Choose(parts.Environment) : GostHasher.Best,
            },
            new MergeSource(folders),
            new TransferLimits(),
            static () => { },
            cancellationToken).ConfigureAwait(false);
        MirrorReport done = written with
        {
            Verb = MirrorVerb.Merge,
            Changes = BundleChanges.Between(earlier, plan),
            Duration = parts.Time.GetElapsedTime(start),
            Warnings = warnings.Warnings,
        };
        if (done.Believed is { } believed)
        {
            events.Milestone(believed);
        }

        events.Milestone(
            $"{(done.IsUpToDate ? "Up to date" : "Merged")}: {plan.Content}, state {StateId.Short(plan.StateId)}, in "
                + $"{SecondCount.Format(done.Duration)}.");
        report.Add(done);
        return done;
    }
}
