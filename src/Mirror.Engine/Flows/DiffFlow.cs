using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Events;
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
        using LoadedSide? from = await LoadAsync(sides, order.From, "From", order, cancellationToken)
            .ConfigureAwait(false);
        using LoadedSide? to = await LoadAsync(sides, order.To, "To", order, cancellationToken).ConfigureAwait(false);
        MirrorDiff diff = await CompareAsync(
            from ?? await ReadTargetAsync(order.Push!, to!.Side, cancellationToken).ConfigureAwait(false),
            to ?? await ReadTargetAsync(order.Push!, from!.Side, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
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

    /// <summary>The target is read last: by what the other side has.</summary>
    private static async Task<LoadedSide?> LoadAsync(
        DiffSides sides, string side, string member, CheckedDiffSettings order, CancellationToken cancellationToken) =>
        side == MirrorDiffSettings.TargetSide
            ? null
            : await sides.LoadAsync(side, member, order, cancellationToken).ConfigureAwait(false);

    private async Task<LoadedSide> ReadTargetAsync(
        CheckedPushSettings order, DiffSide other, CancellationToken cancellationToken)
    {
        events.Milestone($"Reading {order.Target.Reference} with {order.Target.CredentialOrigin}.");
        using TargetSession session = new(order.Target, parts, events);
        ImmutableArray<TaggedImage> images = await new TargetSide(order, session)
            .ReadAsync(other.Images, cancellationToken).ConfigureAwait(false);
        return new LoadedSide(new DiffSide("target", order.Target.Reference, images));
    }

    private static async Task<MirrorDiff> CompareAsync(
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
