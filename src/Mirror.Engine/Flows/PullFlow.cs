using System.Collections.Immutable;
using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Ends;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Hashing;
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
    public async Task<MirrorReport> RunAsync(MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        long start = parts.Time.GetTimestamp();
        CheckedPullSettings order = SettingsCheck.Check(settings, parts.Environment);
        WarningLog warnings = new(events);
        warnings.Add(order.Warnings);

        // Opening a session asks nothing yet, but a certificate file that cannot be read is told before a file is made.
        using SourceSession session = new(order, parts, events);
        using BundleWriter writer = new(parts.Disk, order.Settings.BundleDirectory, parts.Time, "pull")
        {
            ChunkBytes = order.Settings.BundleChunkSize,
            Resume = !order.Settings.NoPullResume,
            WritesSums = order.Settings.GostDigest,
            Hasher = order.Settings.GostDigest ? GostChoice.Of(parts.Environment) : GostHasher.Best,
        };
        warnings.Add(await writer.LockAsync(cancellationToken).ConfigureAwait(false));
        if (order.Settings.NoPullResume)
        {
            session.DeleteSpool();
        }

        Task<ImmutableArray<EarlierImage>?> inventory =
            EarlierBundle.ReadAsync(parts.Disk, order.Settings.BundleDirectory);
        await session.UseEarlierAsync(order.Settings, cancellationToken).ConfigureAwait(false);
        MirrorPlan plan = await new PlanFlow(parts, events)
            .PlanAsync(order, session, warnings, cancellationToken).ConfigureAwait(false);
        ImmutableArray<EarlierImage>? earlier = await inventory.ConfigureAwait(false);

        warnings.Add(await writer.PrepareAsync(plan, order.Settings.Force, cancellationToken).ConfigureAwait(false));
        foreach (string archive in writer.Kept.Order(StringComparer.Ordinal))
        {
            events.Milestone($"{archive} is already there as planned and is kept.");
        }

        if (!writer.Doubtful.IsEmpty)
        {
            events.Milestone($"Hashing before they are kept: {string.Join(", ", writer.Doubtful)}.");
        }

        if (writer.Resumed is { Bytes: > 0 } resumed)
        {
            events.Milestone(
                $"Resuming: {resumed.Blobs} of {resumed.TotalBlobs} blobs ({ByteCount.Format(resumed.Bytes)} of "
                    + $"{ByteCount.Format(resumed.TotalBytes)}) are already here and are hashed again meanwhile.");
        }

        BundleSink sink = new(writer);
        TransferRunner runner = new(
            new RegistrySource(session.Client, session.Spool), sink, order.Settings.Transfer,
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
        await sink.CompleteAsync(cancellationToken).ConfigureAwait(false);
        sums?.ReportCompletion();
        warnings.Add(writer.Damage);
        try
        {
            session.DeleteSpool();
        }
        catch (MirrorException leftover)
        {
            // The bundle is there and whole. That is no failed pull.
            warnings.Add(leftover.Faults);
        }

        MirrorReport report = new()
        {
            Verb = MirrorVerb.Pull,
            Plan = plan,
            Files = Files(order.Settings.BundleDirectory, plan, writer),
            BelievedArchives = [.. writer.Believed],
            TransferredBytes = received,
            Requests = session.Client.Requests,
            Duration = parts.Time.GetElapsedTime(start),
            Changes = BundleChanges.Between(earlier, plan),
            Warnings = warnings.Warnings,
        };
        Announce(report, order.Settings.ReportFile);
        return report;
    }

    private static ImmutableArray<ReportedFile> Files(
        string directory, MirrorPlan plan, BundleWriter writer) =>
        [
            .. from pair in plan.Archives.Zip(writer.Layouts)
               from part in pair.Second.Parts
               let path = Path.Combine(directory, part.Name)
               select new ReportedFile(part.Name, path, part.Length, pair.First.ImageCount)
               {
                   GostDigest = writer.Sums.GetValueOrDefault(part.Name),
               },
        ];

    private void Announce(MirrorReport report, string? reportFile)
    {
        if (report.Believed is { } believed)
        {
            events.Milestone(believed);
        }

        if (report.Changes is { } changes)
        {
            events.Milestone(changes.Summary);
        }

        events.Milestone(
            $"Pulled {report.Plan.ImageCount} images into {report.Plan.Archives.Length} archives "
                + $"({ByteCount.Format(report.Plan.FileBytes)}) with {report.Requests} requests "
                + $"in {report.Duration.TotalSeconds:0.0} s.");
        new RunReport(parts, events).Write(reportFile, report);
    }
}
