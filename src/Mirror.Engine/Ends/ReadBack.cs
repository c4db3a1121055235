using System.Collections.Concurrent;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;

namespace Mirror.Engine.Ends;

/// <summary>
/// Reads tags back after a push. Registries of several copies show a tag only after a while, so what is not there yet
/// is waited for, but not for ever.
/// </summary>
internal sealed class ReadBack(RegistryClient client, int width, EventSink events)
{
    private const int NamedTags = 5;

    /// <summary>Half a minute together.</summary>
    private static readonly ImmutableArray<TimeSpan> Pauses =
        [.. new[] { 1, 2, 4, 8, 15 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    private readonly TagComparison _tags = new(client.FindDigestAsync, client.FindManifestAsync);

    /// <exception cref="MirrorException">D8M5004: some tags do not stand for what was pushed.</exception>
    public async Task CheckAsync(ImmutableArray<PlannedPublication> publications, CancellationToken cancellationToken)
    {
        ImmutableArray<PlannedPublication> open =
            await FindDifferentAsync(publications, cancellationToken).ConfigureAwait(false);
        foreach (TimeSpan pause in Pauses)
        {
            if (open.IsEmpty)
            {
                return;
            }

            events.Cause(
                $"Waiting for {ItemCount.Format(open.Length, "tags")} to point to what was pushed, such as "
                    + $"{NameOf(open[0])}; checking again in {pause.TotalSeconds:0} s.");
            await client.WaitAsync(pause, cancellationToken).ConfigureAwait(false);
            open = await FindDifferentAsync(open, cancellationToken).ConfigureAwait(false);
        }

        if (!open.IsEmpty)
        {
            throw new MirrorException(NotAsPushed(open, publications.Length));
        }
    }

    private async Task<ImmutableArray<PlannedPublication>> FindDifferentAsync(
        ImmutableArray<PlannedPublication> publications, CancellationToken cancellationToken)
    {
        ConcurrentBag<PlannedPublication> different = [];
        await Parallel.ForEachAsync(
            publications,
            new ParallelOptions { MaxDegreeOfParallelism = width, CancellationToken = cancellationToken },
            async (publication, token) =>
            {
                if (!await _tags.IsThereAsync(publication, token).ConfigureAwait(false))
                {
                    different.Add(publication);
                }
            }).ConfigureAwait(false);
        return [.. different.OrderBy(NameOf, StringComparer.Ordinal)];
    }

    private Fault NotAsPushed(ImmutableArray<PlannedPublication> different, int all)
    {
        TimeSpan waited = Pauses.Aggregate(TimeSpan.Zero, static (sum, pause) => sum + pause);
        string subject = different is [var one]
            ? $"{NameOf(one)} does not stand for {one.Digest}"
            : $"{different.Length} of {all} tags do not stand for what was pushed: "
                + string.Join(", ", different.Take(NamedTags).Select(NameOf))
                + (different.Length > NamedTags ? $" and {different.Length - NamedTags} more" : "");
        return new Fault(
            FaultCode.TagNotAsPushed,
            $"{subject}, {waited.TotalSeconds:0} s after the push.",
            "Another client pushes to the same repository, or the registry lost tags or shows them late: run again.");
    }

    private string NameOf(PlannedPublication publication) =>
        $"{client.Host}/{publication.Repository}:{publication.Tag}";
}
