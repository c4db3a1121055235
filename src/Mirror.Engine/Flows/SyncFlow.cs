using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Disk;
using Mirror.Engine.Ends;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows;

/// <summary>
/// A sync, top to bottom: check the settings, resolve what a pull would take, plan where a push would put it, make the
/// target equal to the plan (<see cref="TargetRun"/>), report. Blobs pass through; only metadata that planning reads
/// touches a disk. Where both ends are one registry, blobs are mounted.
/// </summary>
internal sealed class SyncFlow(EngineParts parts, EventSink events)
{
    public async Task<MirrorReport> RunAsync(
        MirrorSyncSettings settings, RunReport report, CancellationToken cancellationToken)
    {
        long start = parts.Time.GetTimestamp();
        CheckedSyncSettings order = SettingsCheck.Check(
            settings,
            parts.Environment,
            [.. report.Prepare(), .. HaveStore.Prepare(parts.Disk, settings?.InventoryFile)],
            parts.FindCertificateFaults);
        WarningLog warnings = new(events);
        warnings.Add(order.Warnings);
        LockFile? locked = new PlanFlow(parts, events).ReadLock(order.Pull);
        using SourceSession source = new(
            order.Pull.Source, order.TmpDirectory, order.TmpDirectory, parts, events);
        using TargetSession target = new(order.Push.Target, parts, events);

        // The spool belongs to one run at a time: two syncs into one target wait for each other.
        OwnFolder.Make(parts.Disk, order.TmpDirectory);
        using FolderClaim claim = await FolderClaim.TakeAsync(
            parts.Disk, order.TmpDirectory, "sync", parts.Time, cancellationToken).ConfigureAwait(false);
        warnings.Add(claim.Warnings);

        events.Milestone($"Reading {order.Pull.Source.Reference} with {order.Pull.Source.CredentialOrigin}.");
        ResolvedParts resolved = await source.ResolveAsync(order.Pull.Settings, locked, cancellationToken)
            .ConfigureAwait(false);
        (ImmutableArray<ArchiveContent> archives, ImmutableArray<Fault> unread) =
            await new InstallerChannels(new LayerFile(source.Client, source.Spool))
                .AddAsync(resolved.Archives, cancellationToken).ConfigureAwait(false);
        TargetPlanner planner = new(order.Push.Target, order.Push.BareRoot)
        {
            Notes = [.. resolved.Notes.Concat(unread).Distinct().Select(events.Secrets.Redact)],
        };
        MirrorPlan plan = planner.Plan(order.Pull.Source.Reference, archives);
        warnings.Add(plan.Notes);

        bool isOneRegistry = order.Pull.Source.Host == order.Push.Target.Host;
        TargetRun run = new(parts, events, target, order.Push, MirrorVerb.Sync);
        MirrorReport moved = await run.RunAsync(
            plan,
            _ => new RegistrySource(source.Client, source.Spool),
            blob => isOneRegistry && blob.Repositories is [{ Length: > 0 } origin, ..] ? origin : null,
            order.Pull.Source.Reference,
            cancellationToken).ConfigureAwait(false);
        source.DeleteSpool();
        MirrorReport done = moved with
        {
            Requests = source.Client.Requests + target.Client.Requests,
            Duration = parts.Time.GetElapsedTime(start),
            Warnings = warnings.Warnings,
        };
        run.Announce(done);
        report.Add(done);
        return done;
    }
}
