using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Ends;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Flows.Targets;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Verify;

namespace Mirror.Engine.Flows;

/// <summary>
/// A push, top to bottom: check the settings, check the whole bundle, plan, make the target equal to the plan
/// (<see cref="TargetRun"/>), report.
/// </summary>
internal sealed class PushFlow(EngineParts parts, EventSink events)
{
    public async Task<MirrorReport> RunAsync(
        MirrorPushSettings settings, RunReport report, CancellationToken cancellationToken)
    {
        long start = parts.Time.GetTimestamp();
        CheckedPushSettings order = SettingsCheck.Check(
            settings,
            parts.Environment,
            [.. report.Prepare(), .. HaveStore.Prepare(parts.Disk, settings?.InventoryFile)],
            parts.FindCertificateFaults);
        WarningLog warnings = new(events);
        warnings.Add(order.Warnings);
        string directory = order.Settings.BundleDirectory;
        LockFile? locked = LockStore.Demand(parts.Disk, order.Settings.LockFile);
        Review? review = Review.Find(parts.Disk, order.Settings.Reviewed);
        using TargetSession session = new(order.Target, parts, events);

        BundleSet found = new(parts.Disk);
        ImmutableArray<StoredArchive> archives = found.Find(directory, order.Settings.Files, cancellationToken);
        warnings.Add(found.Warnings);
        ImmutableArray<Fault> missing = new BundleRecords(parts.Disk).MissingArchives(directory, archives);
        ImmutableDictionary<string, string> sums =
            await VerifySumsAsync(order.Settings, archives, cancellationToken).ConfigureAwait(false);
        (OpenBundle opened, ImmutableArray<Fault> faults) =
            await OpenBundle.OpenAsync(parts.Disk, archives, cancellationToken).ConfigureAwait(false);
        using OpenBundle bundle = opened;
        if (!faults.IsEmpty || !missing.IsEmpty)
        {
            throw new MirrorException([.. missing, .. faults]);
        }

        warnings.Add(bundle.Reader.Warnings);
        LockedBundle.Demand(locked, bundle.Reader);
        (ImmutableArray<ArchiveContent> content, ImmutableArray<Fault> notes) =
            await new InstallerChannels(new LayerFile(
                    layer => BundleSource.OpenVerified(bundle.Reader, layer.Digest, cancellationToken)))
                .AddAsync(bundle.Reader.Content, cancellationToken).ConfigureAwait(false);
        MirrorPlan plan = new TargetPlanner(order.Target, order.BareRoot)
        {
            Notes = [.. notes.Select(events.Secrets.Redact)],
        }.Plan(OpenBundle.NameOf(directory, archives), content);
        warnings.Add(plan.Notes);
        if (review is not null)
        {
            await review.DemandAsync(
                [.. TaggedImage.In(bundle.Reader.Content)],
                new TargetSide(order, session),
                order.Target.Reference,
                cancellationToken).ConfigureAwait(false);
        }

        TargetRun run = new(parts, events, session, order, MirrorVerb.Push);
        MirrorReport moved = await run.RunAsync(
            plan,
            state => new DeltaSource(bundle.Reader, session.Client, state.Holders),
            static _ => null,
            new BundleRecords(parts.Disk).SourceOf(archives),
            cancellationToken).ConfigureAwait(false);
        MirrorReport done = moved with
        {
            Files = bundle.FilesOf(sums),
            Duration = parts.Time.GetElapsedTime(start),
            Warnings = warnings.Warnings,
        };
        run.Announce(done);
        report.Add(done);
        return done;
    }

    private async Task<ImmutableDictionary<string, string>> VerifySumsAsync(
        MirrorPushSettings settings, ImmutableArray<StoredArchive> archives, CancellationToken cancellationToken)
    {
        if (!settings.VerifyGostDigest)
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        events.Milestone("Verifying GOST checksums.");
        ImmutableArray<SummedFile> files = await new GostVerifier(
            parts.Disk, GostChoice.Choose(parts.Environment), parts.Time, events)
            .VerifyAsync(archives, settings.BundleDirectory, cancellationToken).ConfigureAwait(false);
        return files.ToImmutableDictionary(file => file.Path, file => file.Actual!, StringComparer.Ordinal);
    }
}
