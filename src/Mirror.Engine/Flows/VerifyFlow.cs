using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Verify;

namespace Mirror.Engine.Flows;

/// <summary>
/// A verification, top to bottom: archives whole, indexes and manifests true, images complete, inventories right, every
/// blob what its digest says. Only reads; everything that is wrong is told at once.
/// </summary>
internal sealed class VerifyFlow(EngineParts parts, EventSink events)
{
    public async Task<MirrorReport> RunAsync(
        MirrorVerifySettings settings, RunReport report, CancellationToken cancellationToken)
    {
        long start = parts.Time.GetTimestamp();
        MirrorVerifySettings order = SettingsCheck.Check(settings, report.Prepare());
        LockFile? locked = LockStore.Demand(parts.Disk, order.LockFile);
        WarningLog warnings = new(events);
        BundleSet set = new(parts.Disk);
        ImmutableArray<StoredArchive> archives = set.Find(order.BundleDirectory, order.Files, cancellationToken);
        warnings.Add(set.Warnings);
        List<Fault> faults = [.. new BundleRecords(parts.Disk).MissingArchives(order.BundleDirectory, archives)];
        (OpenBundle bundle, ImmutableArray<Fault> found) =
            await OpenBundle.OpenAsync(parts.Disk, archives, cancellationToken).ConfigureAwait(false);
        using OpenBundle opened = bundle;
        faults.AddRange(found);
        warnings.Add(bundle.Reader.Warnings);
        (long bytes, ImmutableArray<Fault> damage) = await new BundleVerifier(parts.Time, events)
            .VerifyAsync(bundle.Reader, cancellationToken).ConfigureAwait(false);
        faults.AddRange(damage);
        if (faults.Count == 0)
        {
            LockedBundle.Demand(locked, bundle.Reader);
        }

        MirrorPlan plan = faults.Count > 0
            ? throw new MirrorException([.. faults])
            : new PlanBuilder("bundle").Build(
                OpenBundle.NameOf(order.BundleDirectory, archives), bundle.Reader.Content, []);
        MirrorReport done = new()
        {
            Verb = MirrorVerb.Verify,
            Plan = plan,
            Files = bundle.FilesOf(ImmutableDictionary<string, string>.Empty),
            TransferredBytes = bytes,
            Requests = 0,
            Duration = parts.Time.GetElapsedTime(start),
            Warnings = warnings.Warnings,
        };
        events.Milestone(
            $"Verified {ItemCount.Format(plan.ImageCount, "images")} in "
                + $"{ItemCount.Format(archives.Length, "archives")}: {ByteCount.Format(bytes)} hashed in "
                + $"{SecondCount.Format(done.Duration)}.");
        if (plan.DeltaText is { } delta)
        {
            events.Milestone($"{delta} A push proves it before it writes anything.");
        }

        report.Add(done);
        return done;
    }
}
