using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows;

/// <summary>The plan: what a pull does before the first blob moves, and all that a dry run does.</summary>
internal sealed class PlanFlow(EngineParts parts, EventSink events)
{
    public async Task<MirrorPlan> RunAsync(
        MirrorPullSettings settings, RunReport report, CancellationToken cancellationToken)
    {
        CheckedPullSettings order = SettingsCheck.Check(settings, parts.Environment, report.Prepare());
        WarningLog warnings = new(events);
        warnings.Add(order.Warnings);
        using SourceSession session = new(
            order.Source, order.Settings.TmpDirectory!, order.Settings.BundleDirectory, parts, events);

        // The spool of metadata belongs to whoever holds the bundle; a pull of it may be running.
        using FolderClaim claim = await FolderClaim.TakeAsync(
            parts.Disk, order.Settings.BundleDirectory, "plan", parts.Time, cancellationToken).ConfigureAwait(false);
        warnings.Add(claim.Warnings);
        await session.UseEarlierAsync(order.Settings, cancellationToken).ConfigureAwait(false);
        MirrorPlan plan = await PlanAsync(order, session, warnings, cancellationToken).ConfigureAwait(false);
        BundleChanges? changes = BundleChanges.Between(
            await EarlierBundle.ReadAsync(parts.Disk, order.Settings.BundleDirectory).ConfigureAwait(false), plan);
        if (changes is not null)
        {
            events.Milestone($"{changes}");
        }

        report.Add(plan, changes);
        return plan;
    }

    /// <summary>Resolves and plans within an open session.</summary>
    public async Task<MirrorPlan> PlanAsync(
        CheckedPullSettings order, SourceSession session, WarningLog warnings, CancellationToken cancellationToken)
    {
        events.Milestone($"Reading {order.Source.Reference} with {order.Source.CredentialOrigin}.");
        ResolvedParts resolved = await session.CreateResolver().ResolveAsync(order.Settings, cancellationToken)
            .ConfigureAwait(false);
        ImmutableArray<Fault> notes = [.. resolved.Notes.Distinct().Select(events.Secrets.Redact)];
        MirrorPlan plan = BundleLayout.WithSizes(
            new PlanBuilder(order.Source.Host) { Files = resolved.Files }
                .Build(order.Source.Reference, resolved.Archives, notes)) with
        {
            Requests = session.Client.Requests,
        };
        plan = plan with { Held = [.. plan.Blobs.Where(blob => session.Holds(blob.Digest))] };

        warnings.Add(notes);
        foreach (string line in PlanTable.Lines(plan))
        {
            events.Milestone(line);
        }

        foreach (PlannedImage image in plan.Archives
            .SelectMany(archive => archive.Layouts).SelectMany(layout => layout.Images))
        {
            events.Decision($"{image.Reference} {image.Digest}: {image.Reason}");
        }

        return plan;
    }
}
