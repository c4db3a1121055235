using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Ends;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Hashing;
using Mirror.Engine.Plan;
using Mirror.Engine.Plan.Have;
using Mirror.Engine.Report;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Flows;

/// <summary>
/// A pull, top to bottom: check the settings, lock the bundle, plan, reserve files, move blobs, publish, report.
/// Until the commit no file has its final name.
/// </summary>
internal sealed class PullFlow(EngineParts parts, EventSink events)
{
    public async Task<MirrorReport> RunAsync(
        MirrorPullSettings settings, RunReport report, CancellationToken cancellationToken)
    {
        long start = parts.Time.GetTimestamp();
        CheckedPullSettings order = SettingsCheck.Check(
            settings,
            parts.Environment,
            [.. report.Prepare(), .. HaveStore.Prepare(parts.Disk, settings?.InventoryFile)],
            parts.FindCertificateFaults);
        WarningLog warnings = new(events);
        warnings.Add(order.Warnings);
        PlanFlow planning = new(parts, events);
        LockFile? locked = planning.ReadLock(order);
        Review? review = Review.Find(parts.Disk, order.Settings.Reviewed);
        HaveStore? prediction = HaveStore.Find(parts.Disk, order.Settings.InventoryFile);
        ImmutableArray<ReadBase> bases = await new DeltaBases(parts, warnings).ReadAsync(order, cancellationToken)
            .ConfigureAwait(false);

        // Opening a session asks nothing yet, but a certificate file that cannot be read is told before a file is made.
        using SourceSession session = new(
            order.Source, order.Settings.TmpDirectory!, order.Settings.BundleDirectory, parts, events);
        BundleOptions options = new()
        {
            ChunkBytes = order.Settings.BundleChunkSize,
            Resume = !order.Settings.NoPullResume,
            Force = order.Settings.Force,
            WritesSums = order.Settings.GostDigest,
            Hasher = order.Settings.GostDigest ? GostChoice.Choose(parts.Environment) : GostHasher.Best,
        };
        using FolderClaim claim = await FolderClaim.TakeAsync(
            parts.Disk, order.Settings.BundleDirectory, "pull", parts.Time, cancellationToken).ConfigureAwait(false);
        warnings.Add(claim.Warnings);
        if (order.Settings.NoPullResume)
        {
            session.DeleteSpool();
        }

        Task<ImmutableArray<TaggedImage>?> inventory =
            EarlierBundle.ReadAsync(parts.Disk, order.Settings.BundleDirectory);
        await session.UseEarlierAsync(order.Settings, cancellationToken).ConfigureAwait(false);
        (MirrorPlan plan, DeltaBase? deltaBase) = await planning.PlanAsync(
            order, locked, bases, session, warnings, cancellationToken).ConfigureAwait(false);
        ImmutableArray<TaggedImage>? earlier = await inventory.ConfigureAwait(false);
        review?.Demand(plan, earlier);

        BundleRun run = new(parts, events, warnings);
        MirrorReport written = await run.WriteAsync(
            claim,
            plan,
            options,
            new RegistrySource(session.Client, session.Spool),
            order.Settings.Transfer,
            session.CloseEarlier,
            cancellationToken).ConfigureAwait(false);
        warnings.Add(session.TryDeleteSpool());
        prediction?.Write(new HaveFile
        {
            Source = plan.Source,
            Basis = HaveBasis.Predicted,
            Repositories = new HaveRepositories().Add(plan).Add(deltaBase).Build(),
        });

        MirrorReport done = written with
        {
            Requests = session.Client.Requests,
            Duration = parts.Time.GetElapsedTime(start),
            Changes = BundleChanges.Between(earlier, plan),
            Warnings = warnings.Warnings,
        };
        Announce(done);
        report.Add(done);
        return done;
    }

    private void Announce(MirrorReport report)
    {
        if (report.Believed is { } believed)
        {
            events.Milestone(believed);
        }

        if (report.Changes is { } changes)
        {
            events.Milestone($"{changes}");
        }

        string content = report.Plan.Content;
        events.Milestone(
            $"{(report.IsUpToDate ? $"Up to date: {content}, 0 images pulled" : $"Pulled {content}")} "
                + $"with {ItemCount.Format(report.Requests, "requests")} in {SecondCount.Format(report.Duration)}.");
    }
}
