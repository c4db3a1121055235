using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan;
using Mirror.Engine.Plan.Have;
using Mirror.Engine.Report;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows;

/// <summary>
/// The plan: what a pull does before the first blob moves, and all that a dry run does. A dry run leaves no trace: it
/// takes no lock, writes nothing into the bundle's folder, which may be read-only or in use, and removes what it kept
/// of metadata.
/// </summary>
internal sealed class PlanFlow(EngineParts parts, EventSink events)
{
    /// <summary>A base that saves less than one part in so many is perhaps the wrong one.</summary>
    private const int LeastSaving = 20;

    public async Task<MirrorPlan> RunAsync(
        MirrorPullSettings settings, RunReport report, CancellationToken cancellationToken)
    {
        CheckedPullSettings order = SettingsCheck.CheckPlan(
            settings, parts.Environment, report.Prepare(), parts.FindCertificateFaults);
        WarningLog warnings = new(events);
        warnings.Add(order.Warnings);
        LockFile? locked = ReadLock(order);
        Review? review = Review.Find(parts.Disk, order.Settings.Reviewed);
        ImmutableArray<ReadBase> bases = await new DeltaBases(parts, warnings).ReadAsync(order, cancellationToken)
            .ConfigureAwait(false);

        // A spool of its own: others who plan meanwhile, and a pull into the folder, keep theirs.
        using SourceSession session = new(
            order.Source, order.Settings.TmpDirectory!, $"plan {Guid.NewGuid()}", parts, events);
        try
        {
            return await RunAsync(order, locked, bases, review, session, warnings, report, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            session.CloseEarlier();
            warnings.Add(session.TryDeleteSpool());
        }
    }

    private async Task<MirrorPlan> RunAsync(
        CheckedPullSettings order,
        LockFile? locked,
        ImmutableArray<ReadBase> bases,
        Review? review,
        SourceSession session,
        WarningLog warnings,
        RunReport report,
        CancellationToken cancellationToken)
    {
        string directory = order.Settings.BundleDirectory;
        ImmutableArray<TaggedImage>? earlier = null;
        if (directory.Length > 0)
        {
            new BundleFolder(parts.Disk, directory).RefuseFile();
            if (parts.Disk.DirectoryExists(directory))
            {
                await session.UseEarlierAsync(order.Settings, cancellationToken).ConfigureAwait(false);
                earlier = await EarlierBundle.ReadAsync(parts.Disk, directory).ConfigureAwait(false);
            }
        }

        (MirrorPlan plan, _) = await PlanAsync(order, locked, bases, session, warnings, cancellationToken)
            .ConfigureAwait(false);
        review?.Demand(plan, earlier);
        BundleChanges? changes = BundleChanges.Between(earlier, plan);
        if (changes is not null)
        {
            events.Milestone($"{changes}");
        }

        report.Add(plan, changes);
        return plan;
    }

    /// <summary>The lock that the settings name, if they do, and if it selects the same.</summary>
    /// <exception cref="MirrorException">D8M4101 to D8M4103.</exception>
    public LockFile? ReadLock(CheckedPullSettings order)
    {
        if (string.IsNullOrEmpty(order.Settings.LockFile))
        {
            return null;
        }

        LockFile file = new LockStore(parts.Disk, order.Settings.LockFile).Read();
        LockedPlan.DemandSelection(file, order);
        return file;
    }

    /// <summary>
    /// Resolves and plans within an open session; with a lock, takes exactly what is locked, with bases, only what is
    /// in none of them.
    /// </summary>
    public async Task<(MirrorPlan Plan, DeltaBase? Base)> PlanAsync(
        CheckedPullSettings order,
        LockFile? locked,
        ImmutableArray<ReadBase> bases,
        SourceSession session,
        WarningLog warnings,
        CancellationToken cancellationToken)
    {
        events.Milestone(locked is null
            ? $"Reading {order.Source.Reference} with {order.Source.CredentialOrigin}."
            : $"Taking what {order.Settings.LockFile} locks of {order.Source.Reference}, "
                + $"state {StateId.Short(locked.StateId)}.");
        ResolvedParts resolved = await session.ResolveAsync(order.Settings, locked, cancellationToken)
            .ConfigureAwait(false);
        DeltaBase? deltaBase = await DeltaBases.ExpandAsync(bases, session, cancellationToken)
            .ConfigureAwait(false);
        MirrorPlan plan = Create(order, session, locked is null ? resolved : WithLock(resolved, locked));
        if (locked is not null)
        {
            LockedPlan.DemandBytes(locked, plan);
        }

        plan = deltaBase is null ? plan : WithoutKnown(plan, resolved, deltaBase, warnings);
        Announce(plan, warnings);
        return (plan, deltaBase);
    }

    /// <summary>The plan of what was resolved, told to the user.</summary>
    public MirrorPlan Build(
        CheckedPullSettings order, SourceSession session, ResolvedParts resolved, WarningLog warnings)
    {
        MirrorPlan plan = Create(order, session, resolved);
        Announce(plan, warnings);
        return plan;
    }

    private MirrorPlan Create(CheckedPullSettings order, SourceSession session, ResolvedParts resolved)
    {
        ImmutableArray<Fault> notes = [.. resolved.Notes.Distinct().Select(events.Secrets.Redact)];
        MirrorPlan plan = BundleLayout.WithSizes(
            new PlanBuilder(order.Source.Host) { Files = resolved.Files }
                .Build(order.Source.Reference, resolved.Archives, notes)) with
        {
            Requests = session.Client.Requests,
        };
        return plan with { Held = [.. plan.Blobs.Where(blob => session.Holds(blob.Digest))] };
    }

    private void Announce(MirrorPlan plan, WarningLog warnings)
    {
        warnings.Add(plan.Notes);
        foreach (string line in PlanTable.Lines(plan))
        {
            events.Milestone(line);
        }

        foreach (PlannedImage image in plan.Archives
            .SelectMany(archive => archive.Layouts).SelectMany(layout => layout.Images))
        {
            events.Decision($"{Named(image)}: {image.Reason}");
        }
    }

    /// <summary>The plan without what the target has.</summary>
    private static MirrorPlan WithoutKnown(
        MirrorPlan full, ResolvedParts resolved, DeltaBase deltaBase, WarningLog warnings)
    {
        MirrorPlan delta = BundleLayout.WithSizes(
            DeltaPlan.Create(full, resolved.Archives, deltaBase, BundleLayout.FingerprintOf));
        if (delta.OmittedBytes < full.FileBytes / LeastSaving)
        {
            warnings.Add([DeltaFaults.SavesLittle(delta.OmittedBytes, full.FileBytes)]);
        }

        return delta;
    }

    /// <summary>The lock travels with the archives that it names.</summary>
    private static ResolvedParts WithLock(ResolvedParts resolved, LockFile locked) => resolved with
    {
        Files =
        [
            .. resolved.Files,
            new PlannedFile { Name = LockFile.BundledName, Content = LockWriter.Write(locked) },
        ],
    };

    /// <summary>The image with its digest, which the reference of some has already.</summary>
    private static string Named(PlannedImage image) =>
        image.Reference.EndsWith($"@{image.Digest}", StringComparison.Ordinal)
            ? image.Reference
            : $"{image.Reference} {image.Digest}";
}
