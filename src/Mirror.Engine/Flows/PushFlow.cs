using System.Collections.Immutable;
using Mirror.Engine.Bundles;
using Mirror.Engine.Deckhouse;
using Mirror.Engine.Ends;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.Engine.Settings;
using Mirror.Engine.Transfer;
using Mirror.Engine.Verify;

namespace Mirror.Engine.Flows;

/// <summary>
/// A push, top to bottom: check the settings, check the whole bundle, plan, look what is there, move blobs, publish
/// tags stage by stage, read them back, report. Until all blobs are there no tag is written.
/// </summary>
internal sealed class PushFlow(EngineParts parts, EventSink events)
{
    public async Task<MirrorReport> RunAsync(MirrorPushSettings settings, CancellationToken cancellationToken)
    {
        long start = parts.Time.GetTimestamp();
        CheckedPushSettings order = SettingsCheck.Check(settings, parts.Environment);
        WarningLog warnings = new(events);
        warnings.Add(order.Warnings);
        string directory = order.Settings.BundleDirectory;
        using TargetSession session = new(order.Target, parts, events);

        ImmutableArray<StoredArchive> archives = new BundleSet(parts.Disk).Find(directory, order.Settings.Files);
        ILookup<bool, Fault> recorded = new BundleRecords(parts.Disk).MissingArchives(directory, archives)
            .ToLookup(fault => fault.Code == FaultCode.ArchiveMissing);
        warnings.Add([.. recorded[true]]);
        ImmutableDictionary<string, string> sums =
            await VerifySumsAsync(order.Settings, archives, cancellationToken).ConfigureAwait(false);
        (OpenBundle opened, ImmutableArray<Fault> faults) =
            await OpenBundle.OpenAsync(parts.Disk, archives, cancellationToken).ConfigureAwait(false);
        using OpenBundle bundle = opened;
        if (!faults.IsEmpty || recorded[false].Any())
        {
            throw new MirrorException([.. recorded[false], .. faults]);
        }

        warnings.Add(bundle.Reader.Warnings);
        MirrorPlan plan = new TargetPlanner(order.Target, order.BareRoot)
            .Plan(OpenBundle.NameOf(directory, archives), bundle.Reader.Content);
        Announce(plan, order);

        TargetState state = await new TargetSurvey(session.Client, order.Target.Transfer.MaxConnections)
            .LookAsync(plan, cancellationToken).ConfigureAwait(false);
        events.Milestone(
            $"{state.Present.Length} of {plan.Publications.Length} tags are already there; "
                + $"{ByteCount.Format(state.Remaining.TransferBytes)} in {state.Remaining.Blobs.Length} blobs to send, "
                + "unless the target has them.");
        if (!order.Settings.SkipAccessCheck)
        {
            await CheckAccessAsync(session, state.Remaining, cancellationToken).ConfigureAwait(false);
        }

        RegistrySink sink = new(session.Client, state, order.Target.Transfer.MaxConnections, events);
        TransferRunner runner = new(
            new ConstantSource(DiscoveryImage.Contents, new BundleSource(bundle.Reader)), sink,
            order.Settings.Transfer, parts.Time, parts.CreateRandom(), events);
        long sent = await runner.RunAsync(state.Remaining, cancellationToken).ConfigureAwait(false);
        await sink.CompleteAsync(cancellationToken).ConfigureAwait(false);

        MirrorReport report = new()
        {
            Title = $"Push of {plan.Source} to {plan.Target}",
            Plan = plan,
            Files = bundle.FilesOf(plan, sums),
            Repositories = Repositories(plan, state),
            TransferredBytes = sent,
            SentBlobs = sink.SentBlobs,
            MountedBlobs = sink.MountedBlobs,
            Requests = session.Client.Requests,
            Duration = parts.Time.GetElapsedTime(start),
            Warnings = warnings.Warnings,
        };
        Announce(report, order.Settings.ReportFile);
        return report;
    }

    private static ImmutableArray<ReportedRepository> Repositories(MirrorPlan plan, TargetState state)
    {
        HashSet<PlannedPublication> present = [.. state.Present];
        return
        [
            .. plan.Publications
                .GroupBy(publication => publication.Repository, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new ReportedRepository(
                    group.Key,
                    group.Count(publication => !present.Contains(publication)),
                    group.Count(present.Contains))),
        ];
    }

    /// <summary>One repository of each kind must take an upload; asked only when something is to be sent.</summary>
    private static async Task CheckAccessAsync(
        TargetSession session, MirrorPlan remaining, CancellationToken cancellationToken)
    {
        HashSet<string> wanted = [.. remaining.Publications.Select(publication => publication.Repository)];
        foreach (string repository in remaining.Archives
            .SelectMany(archive => archive.Layouts)
            .Where(layout => layout.Target is not null && wanted.Contains(layout.Target))
            .DistinctBy(layout => layout.Path.Split('/')[0], StringComparer.Ordinal)
            .Select(layout => layout.Target!))
        {
            await session.Client.CheckWriteAsync(repository, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ImmutableDictionary<string, string>> VerifySumsAsync(
        MirrorPushSettings settings, ImmutableArray<StoredArchive> archives, CancellationToken cancellationToken)
    {
        if (!settings.VerifyGost)
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        events.Milestone("Checking the GOST sums.");
        ImmutableArray<SummedFile> files = await new GostVerifier(parts.Disk, parts.Time, events)
            .VerifyAsync(archives, settings.BundleDirectory, cancellationToken).ConfigureAwait(false);
        return files.ToImmutableDictionary(file => file.Path, file => file.Sum, StringComparer.Ordinal);
    }

    private void Announce(MirrorPlan plan, CheckedPushSettings order)
    {
        foreach (string line in PlanTable.Lines(plan))
        {
            events.Milestone(line);
        }

        events.Milestone(
            $"Pushing to {order.Target.Reference} with {order.Target.CredentialOrigin}; installer and CLI plugins go "
                + $"to {order.Target.Host}/{new TargetTree(order.Target, order.BareRoot).BareRoot}.");
        foreach (PlannedPublication publication in plan.Publications)
        {
            events.Decision($"{publication.Repository}:{publication.Tag} = {publication.Digest}, {publication.Stage}");
        }
    }

    private void Announce(MirrorReport report, string? reportFile)
    {
        events.Milestone(
            $"Pushed {report.Repositories.Sum(repository => repository.Pushed)} tags to {report.Plan.Target}, "
                + $"{report.Repositories.Sum(repository => repository.AlreadyThere)} were already there; "
                + $"{ByteCount.Format(report.TransferredBytes)} sent, {report.MountedBlobs} blobs mounted, "
                + $"{report.Requests} requests in {report.Duration.TotalSeconds:0.0} s.");
        ReportFile.Write(parts.Disk, reportFile, report);
    }
}
