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

        using PreparedBundle prepared = await PreparedBundle.PrepareAsync(claim, plan, options, parts.Time)
            .ConfigureAwait(false);
        using BundleWriter writer = await BundleWriter.OpenAsync(prepared, cancellationToken).ConfigureAwait(false);
        warnings.Add(prepared.Warnings);
        foreach (string archive in prepared.Kept.Names.Order(StringComparer.Ordinal))
        {
            events.Milestone($"{archive} is already there as planned and is kept.");
        }

        if (!prepared.Kept.Doubtful.IsEmpty)
        {
            events.Milestone($"Hashing before they are kept: {string.Join(", ", prepared.Kept.Doubtful)}.");
        }

        if (writer.Resumed is { Bytes: > 0 } resumed)
        {
            events.Milestone(
                $"Resuming: {resumed.Blobs} of {ItemCount.Format(resumed.TotalBlobs, "blobs")} "
                    + $"({ByteCount.Format(resumed.Bytes)} of {ByteCount.Format(resumed.TotalBytes)}) already here, to "
                    + "be hashed again meanwhile.");
        }

        TransferRunner runner = new(
            new RegistrySource(session.Client, session.Spool), new BundleSink(writer), order.Settings.Transfer,
            parts.Time, parts.CreateRandom(), events);
        long received = await runner.RunAsync(plan, cancellationToken).ConfigureAwait(false);
        ProgressMeter? sums = null;
        if (writer.UnsummedBytes is > 0 and var unsummed)
        {
            events.Milestone($"Computing GOST checksums: {ByteCount.Format(unsummed)} remaining.");
            sums = new ProgressMeter(unsummed, writer.UnsummedFiles, "files", parts.Time, events);
            writer.SumProgress = new SumProgress(sums.Moved, sums.ItemDone);
        }

        session.CloseEarlier();
        CommittedBundle bundle = await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
        sums?.ReportCompletion();
        warnings.Add(bundle.Warnings);
        warnings.Add(session.TryDeleteSpool());
        prediction?.Write(new HaveFile
        {
            Source = plan.Source,
            Basis = HaveBasis.Predicted,
            Repositories = new HaveRepositories().Add(plan).Add(deltaBase).Build(),
        });

        MirrorReport done = new()
        {
            Verb = MirrorVerb.Pull,
            Plan = plan,
            Files = Files(order.Settings.BundleDirectory, plan, bundle),
            BelievedArchives = [.. prepared.Kept.Believed],
            TransferredBytes = received,
            Requests = session.Client.Requests,
            Duration = parts.Time.GetElapsedTime(start),
            Changes = BundleChanges.Between(earlier, plan),
            Warnings = warnings.Warnings,
        };
        Announce(done, isUpToDate: prepared.Kept.Names.Count == plan.Archives.Length);
        report.Add(done);
        return done;
    }

    private static ImmutableArray<ReportedFile> Files(
        string directory, MirrorPlan plan, CommittedBundle bundle) =>
        [
            .. from pair in plan.Archives.Zip(bundle.Layouts)
               from part in pair.Second.Parts
               let path = Path.Combine(directory, part.Name)
               select new ReportedFile(part.Name, path, part.Length, pair.First.ImageCount)
               {
                   GostDigest = bundle.Sums.GetValueOrDefault(part.Name),
               },
        ];

    private void Announce(MirrorReport report, bool isUpToDate)
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
            $"{(isUpToDate ? $"Up to date: {content}, 0 images pulled" : $"Pulled {content}")} "
                + $"with {ItemCount.Format(report.Requests, "requests")} in {SecondCount.Format(report.Duration)}.");
    }
}
