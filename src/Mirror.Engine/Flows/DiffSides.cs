using System.Diagnostics.CodeAnalysis;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Disk;
using Mirror.Engine.Ends;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan;
using Mirror.Engine.Plan.Have;
using Mirror.Engine.Report.Diff;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows;

/// <summary>
/// Reads the sides of a comparison: what the source has, a bundle, or a file whose format says what it is.
/// </summary>
[SuppressMessage("Reliability", "CA2000", Justification = "A side owns what it was read from.")]
internal sealed class DiffSides(EngineParts parts, EventSink events, WarningLog warnings)
{
    /// <summary>Reads a side that is not the target.</summary>
    /// <exception cref="MirrorException">D8M4201, or as for a plan or a push.</exception>
    public async Task<LoadedSide> LoadAsync(
        string side, string member, CheckedDiffSettings order, CancellationToken cancellationToken) =>
        side == MirrorDiffSettings.SourceSide
            ? await LoadSourceAsync(order.Pull!, cancellationToken).ConfigureAwait(false)
            : parts.Disk.DirectoryExists(side)
                ? await LoadBundleAsync(side, cancellationToken).ConfigureAwait(false)
                : new LoadedSide(LoadFile(side, member));

    private async Task<LoadedSide> LoadSourceAsync(CheckedPullSettings pull, CancellationToken cancellationToken)
    {
        events.Milestone($"Reading {pull.Source.Reference} with {pull.Source.CredentialOrigin}.");
        SourceSession session = new(pull.Source, pull.Settings.TmpDirectory!, $"diff {Guid.NewGuid()}", parts, events);
        try
        {
            ResolvedParts resolved = await session.ResolveAsync(pull.Settings, null, cancellationToken)
                .ConfigureAwait(false);
            MirrorPlan plan = new PlanFlow(parts, events).Build(pull, session, resolved, warnings);
            return SourceSide(plan, resolved, session, [], Close);
        }
        catch
        {
            Close();
            throw;
        }

        void Close()
        {
            session.CloseEarlier();
            warnings.Add(session.TryDeleteSpool());
            session.Dispose();
        }
    }

    /// <summary>What a source has, but for archives that are left out.</summary>
    public static LoadedSide SourceSide(
        MirrorPlan plan,
        ResolvedParts resolved,
        SourceSession session,
        ImmutableArray<string> without,
        Action? close = null) => new(
            new DiffSide(
                "source", plan.Source, [.. TaggedImage.In(plan).Where(image => !without.Contains(image.Archive))])
            {
                Source = plan.Source,
                Pieces = DiffSide.PiecesIn(resolved.Archives),
            },
            resolved.Archives,
            new LayerFile(session.Client, session.Spool),
            close);

    /// <summary>What a lock wants.</summary>
    public static DiffSide LockSide(string path, LockFile file) =>
        new("lock", NameOf(path), [.. file.Images]) { Source = file.Source, Floating = file.Floating };

    private async Task<LoadedSide> LoadBundleAsync(string directory, CancellationToken cancellationToken)
    {
        OpenBundle bundle = await OpenBundle.DemandAsync(parts.Disk, directory, [], warnings, cancellationToken)
            .ConfigureAwait(false);
        return new LoadedSide(
            new DiffSide("bundle", NameOf(directory), [.. TaggedImage.In(bundle.Reader.Content)])
            {
                Source = new BundleRecords(parts.Disk).SourceOf(bundle.Archives),
                Pieces = DiffSide.PiecesIn(bundle.Reader.Content),
            },
            bundle.Reader.Content,
            new LayerFile(layer => BundleSource.OpenVerified(bundle.Reader, layer.Digest, cancellationToken)),
            bundle.Dispose);
    }

    private DiffSide LoadFile(string path, string member)
    {
        try
        {
            byte[] content = ReadFile(path, member);
            return FileFormat.Find(content) switch
            {
                LockFile.CurrentFormat => LockSide(path, LockReader.Read(content)),
                HaveFile.CurrentFormat => HaveSide(path, HaveReader.Read(content)),
                RecordedPlan.PlanFormat or RecordedPlan.ReportFormat => PlanSide(path, RecordedPlan.Read(content)),
                var other => throw new FormatException(
                    $"its format is {QuotedText.Quote(other)}; {LockFile.CurrentFormat}, {HaveFile.CurrentFormat}, "
                        + $"{RecordedPlan.PlanFormat} and {RecordedPlan.ReportFormat} are read."),
            };
        }
        catch (FormatException exception)
        {
            throw new MirrorException(DiffFaults.UnreadableFile(path, member, exception.Message), exception);
        }
    }

    private byte[] ReadFile(string path, string member)
    {
        try
        {
            if (!parts.Disk.FileExists(path))
            {
                throw new MirrorException(DiffFaults.Missing(path, member, Neighbours(path)));
            }

            return NamedFile.Read(parts.Disk, path, RecordedPlan.MaxBytes);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, path, "read", member: member);
        }
    }

    /// <summary>What may have been meant instead: a misspelled word looks like a file that is not there.</summary>
    private IEnumerable<string> Neighbours(string path) =>
    [
        MirrorDiffSettings.SourceSide,
        MirrorDiffSettings.TargetSide,
        .. Path.GetDirectoryName(path) is { } folder && parts.Disk.DirectoryExists(folder)
            ? parts.Disk.List(folder)
            : [],
    ];

    private static DiffSide HaveSide(string path, HaveFile file) =>
        new("have", NameOf(path), [.. file.Images]) { Source = file.Source };

    private static DiffSide PlanSide(string path, RecordedPlan plan) =>
        new(plan.Kind, NameOf(path), plan.Images) { Source = plan.Source, Sizes = plan.Sizes };

    /// <summary>Without the way to it, which differs from machine to machine.</summary>
    private static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
