using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Ends;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan;
using Mirror.Engine.Plan.Have;
using Mirror.Engine.Report;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Flows;

/// <summary>
/// The half that a push and a sync share: look what the target has, check that it takes the rest, move blobs, publish
/// tags stage by stage, read them back. Until all blobs are there no tag is written.
/// </summary>
internal sealed class TargetRun(
    EngineParts parts, EventSink events, TargetSession session, CheckedPushSettings order, MirrorVerb verb)
{
    /// <summary>
    /// Makes the target equal to the plan.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="openSource">Where content comes from, once it is known what the target has.</param>
    /// <param name="origins">Names a repository of the target's own registry to mount content from.</param>
    /// <param name="contentSource">The registry that the content is of, for the receipt, if it is known.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What was done; times and warnings are the caller's.</returns>
    public async Task<MirrorReport> RunAsync(
        MirrorPlan plan,
        Func<TargetState, IContentSource> openSource,
        Func<PlannedBlob, string?> origins,
        string? contentSource,
        CancellationToken cancellationToken)
    {
        HaveStore? receipt = HaveStore.Find(parts.Disk, order.Settings.InventoryFile);
        Announce(plan);
        int width = order.Target.Transfer.MaxConnections;
        TargetState state = await new TargetSurvey(session.Client, width).LookAsync(plan, cancellationToken)
            .ConfigureAwait(false);
        string rest = state.Remaining.Publications.IsEmpty
            ? "nothing is left to send."
            : $"{ByteCount.Format(state.Remaining.TransferBytes)} in "
                + $"{ItemCount.Format(state.Remaining.Blobs.Length, "blobs")} to send, unless the target has them.";
        events.Milestone(
            $"{state.Present.Length} of {ItemCount.Format(plan.Publications.Length, "tags")} already there; {rest}");
        if (plan.DeltaBase is not null)
        {
            state = await new BasePresence(session.Client, width).ProveAsync(plan, state, cancellationToken)
                .ConfigureAwait(false);
            events.Milestone("The target has everything that the delta leaves out.");
        }

        if (!order.Settings.SkipAccessCheck)
        {
            await CheckAccessAsync(state.Remaining, cancellationToken).ConfigureAwait(false);
        }

        RegistrySink sink = new(session.Client, state, origins, width, events);
        TransferRunner runner = new(
            new ConstantSource(DiscoveryImage.Contents, openSource(state)), sink, order.Settings.Transfer, parts.Time,
            parts.CreateRandom(), events);
        long sent = await runner.RunAsync(state.Remaining, cancellationToken).ConfigureAwait(false);
        await sink.CompleteAsync(cancellationToken).ConfigureAwait(false);
        receipt?.Write(new HaveFile
        {
            Source = contentSource,
            Target = plan.Target,
            Basis = HaveBasis.Receipt,
            Checked = CheckDepth.Tags,
            Taken = parts.Time.GetUtcNow(),
            Repositories = new HaveRepositories().Add(plan).Build(),
        });
        return new MirrorReport
        {
            Verb = verb,
            Plan = plan,
            Files = [],
            Repositories = Repositories(plan, state),
            TransferredBytes = sent,
            SentBlobs = sink.Arrived.SentBlobs,
            MountedBlobs = sink.Arrived.MountedBlobs,
            MountedBytes = sink.Arrived.MountedBytes,
            AlreadyThereBlobs = plan.Blobs.Length - sink.Arrived.NewBlobs,
            AlreadyThereBytes = plan.TransferBytes - sink.Arrived.NewBytes,
            Requests = session.Client.Requests,
            Duration = TimeSpan.Zero,
        };
    }

    /// <summary>Tells how it ended.</summary>
    public void Announce(MirrorReport report)
    {
        int pushed = report.Repositories.Sum(repository => repository.Pushed);
        int present = report.Repositories.Sum(repository => repository.AlreadyThere);
        string done = verb == MirrorVerb.Sync ? "Synced" : "Pushed";
        events.Milestone(
            $"{done} {ItemCount.Format(pushed, "tags")} to {report.Plan.Target}, {present} already there; "
                + $"{ByteCount.Format(report.TransferredBytes)} sent, {ByteCount.Format(report.MountedBytes)} mounted "
                + $"in {ItemCount.Format(report.MountedBlobs, "blobs")}, "
                + $"{ItemCount.Format(report.AlreadyThereBlobs, "blobs")} "
                + $"({ByteCount.Format(report.AlreadyThereBytes)}) already there; "
                + $"{ItemCount.Format(report.Requests, "requests")} in {PushSummary.TimeOf(report.Duration)}.");
        if (pushed > 0)
        {
            foreach (string line in new PushSummary(report.Plan).Lines)
            {
                events.Milestone(line);
            }
        }
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

    /// <summary>
    /// One repository of each kind, and each that lists names, must take an upload; asked only when something is to be
    /// sent.
    /// </summary>
    private async Task CheckAccessAsync(MirrorPlan remaining, CancellationToken cancellationToken)
    {
        HashSet<string> wanted = [.. remaining.Publications.Select(publication => publication.Repository)];
        foreach (string repository in remaining.Archives
            .SelectMany(archive => archive.Layouts)
            .Where(layout => layout.Target is not null && wanted.Contains(layout.Target))
            .DistinctBy(layout => layout.Path.Split('/')[0], StringComparer.Ordinal)
            .Select(layout => layout.Target!)
            .Concat(remaining.Publications
                .Where(publication => publication.Stage == PublishStage.Discovery)
                .Select(publication => publication.Repository))
            .Distinct(StringComparer.Ordinal))
        {
            await session.Client.CheckWriteAsync(repository, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Announce(MirrorPlan plan)
    {
        foreach (string line in PlanTable.Lines(plan))
        {
            events.Milestone(line);
        }

        TargetTree tree = new(order.Target, order.BareRoot);
        events.Milestone(
            $"Pushing to {order.Target.Reference} with {order.Target.CredentialOrigin}; installer, d8 and its plugins "
                + $"go to {order.Target.Host}/{tree.BareRoot}.");
        if (tree.MovedModules is { } moved && new PushSummary(plan).Modules > 0)
        {
            events.Milestone(
                $"Modules go to {order.Target.Host}/{moved.Actual}; Deckhouse looks for them at "
                    + $"{order.Target.Host}/{moved.Standard} unless the other path is configured there.");
        }

        foreach (PlannedPublication publication in plan.Publications)
        {
            events.Decision($"{publication.Repository}:{publication.Tag} = {publication.Digest}, {publication.Stage}");
        }
    }
}
