using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Ends;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Flows;

/// <summary>
/// The half that a pull and a merge share: reserve files, move blobs, compute sums, publish. Until the commit no file
/// has its final name.
/// </summary>
internal sealed class BundleRun(EngineParts parts, EventSink events, WarningLog warnings)
{
    /// <summary>Writes the bundle of a plan.</summary>
    /// <param name="claim">The folder.</param>
    /// <param name="plan">The plan, with sizes.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="source">Where content comes from.</param>
    /// <param name="limits">How it is moved.</param>
    /// <param name="closeSource">Closes files of the folder that the commit replaces.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What was done; requests, times, changes and warnings are the caller's.</returns>
    public async Task<MirrorReport> WriteAsync(
        FolderClaim claim,
        MirrorPlan plan,
        BundleOptions options,
        IContentSource source,
        TransferLimits limits,
        Action closeSource,
        CancellationToken cancellationToken)
    {
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
            source, new BundleSink(writer), limits, parts.Time, parts.CreateRandom(), events);
        long received = await runner.RunAsync(plan, cancellationToken).ConfigureAwait(false);
        ProgressMeter? sums = null;
        if (writer.UnsummedBytes is > 0 and var unsummed)
        {
            events.Milestone($"Computing GOST checksums: {ByteCount.Format(unsummed)} remaining.");
            sums = new ProgressMeter(unsummed, writer.UnsummedFiles, "files", parts.Time, events);
            writer.SumProgress = new SumProgress(sums.Moved, sums.ItemDone);
        }

        closeSource();
        CommittedBundle bundle = await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
        sums?.ReportCompletion();
        warnings.Add(bundle.Warnings);
        return new MirrorReport
        {
            Verb = MirrorVerb.Pull,
            Plan = plan,
            Files = Files(claim.Folder.Directory, plan, bundle),
            BelievedArchives = [.. prepared.Kept.Believed],
            IsUpToDate = prepared.Kept.Names.Count == plan.Archives.Length,
            TransferredBytes = received,
            Requests = 0,
            Duration = TimeSpan.Zero,
        };
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
}
