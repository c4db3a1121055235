using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Flows.Targets;
using Mirror.Engine.Plan;
using Mirror.Engine.Report.Diff;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows;

/// <summary>
/// A comparison, top to bottom: check the settings, read both sides, read what the vendor says of what is new, compare,
/// report. Nothing is written.
/// </summary>
internal sealed class DiffFlow(EngineParts parts, EventSink events)
{
    public async Task<MirrorDiff> RunAsync(
        MirrorDiffSettings settings, RunReport report, CancellationToken cancellationToken)
    {
        CheckedDiffSettings order = SettingsCheck.Check(
            settings, parts.Environment, report.Prepare(), parts.FindCertificateFaults);
        WarningLog warnings = new(events);
        warnings.Add(order.Warnings);
        DiffSides sides = new(parts, events, warnings);

        // The target is read last: by what the other side has.
        bool isTargetFirst = order.From == MirrorDiffSettings.TargetSide;
        using LoadedSide read = isTargetFirst
            ? await sides.LoadAsync(order.To, "To", order, cancellationToken).ConfigureAwait(false)
            : await sides.LoadAsync(order.From, "From", order, cancellationToken).ConfigureAwait(false);
        using LoadedSide other = order.Push is { } target
            ? await ReadTargetAsync(target, read.Side, cancellationToken).ConfigureAwait(false)
            : await sides.LoadAsync(order.To, "To", order, cancellationToken).ConfigureAwait(false);
        MirrorDiff diff = await CompareAsync(
            isTargetFirst ? other : read, isTargetFirst ? read : other, cancellationToken).ConfigureAwait(false);
        foreach (string line in DiffText.Lines(diff))
        {
            events.Milestone(line);
        }

        foreach (ChangedImage image in DiffText.InOrder(diff))
        {
            events.Decision($"{image.Name} of {image.Archive}: {DiffText.ChangeOf(image)}, "
                + $"{image.Was?.ToString() ?? "nothing"} before, {image.Digest?.ToString() ?? "nothing"} after.");
        }

        report.Add(diff);
        return diff;
    }

    private async Task<LoadedSide> ReadTargetAsync(
        CheckedPushSettings order, DiffSide other, CancellationToken cancellationToken)
    {
        events.Milestone($"Reading {order.Target.Reference} with {order.Target.CredentialOrigin}.");
        using TargetSession session = new(order.Target, parts, events);
        ImmutableArray<TaggedImage> images = await new TargetSide(order, session)
            .ReadAsync(other.Images, cancellationToken).ConfigureAwait(false);
        return new LoadedSide(new DiffSide("target", order.Target.Reference, images));
    }

    /// <summary>Compares two sides, with what the vendor says of what is new.</summary>
    public static async Task<MirrorDiff> CompareAsync(
        LoadedSide from, LoadedSide to, CancellationToken cancellationToken)
    {
        ImmutableArray<(Digest Digest, ReleaseNotes? Notes)> read = await ParallelLookup.SelectAsync(
            DiffBuilder.WantedNotes(from.Side, to.Side),
            async (digest, token) => (digest, await to.ReadNotesAsync(digest, token).ConfigureAwait(false)
                ?? await from.ReadNotesAsync(digest, token).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        Dictionary<Digest, ReleaseNotes> notes = read.Where(release => release.Notes is not null)
            .ToDictionary(release => release.Digest, release => release.Notes!);
        return DiffBuilder.Compare(from.Side, to.Side with { Notes = notes });
    }
}
