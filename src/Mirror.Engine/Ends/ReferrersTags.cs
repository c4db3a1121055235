using System.Collections.Concurrent;
using Mirror.Engine.Events;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Reading;
using Mirror.Engine.Registry.Wire;

namespace Mirror.Engine.Ends;

/// <summary>
/// Keeps the tags that name who refers to a manifest, at registries that do not keep such a list themselves.
/// </summary>
/// <param name="client">The target.</param>
/// <param name="publications">All tags of the plan: one of these is never written here.</param>
/// <param name="events">Where decisions are told.</param>
internal sealed class ReferrersTags(
    RegistryClient client, ImmutableArray<PlannedPublication> publications, EventSink events)
{
    private readonly HashSet<(string Repository, string Tag)> _planned =
        [.. publications.Select(publication => (publication.Repository, publication.Tag))];

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    // All of this run: a registry that shows tags late may still give the index before the last change.
    private readonly ConcurrentDictionary<(string Repository, string Tag), List<Referrer>> _added = [];

    /// <summary>Adds one referrer to the index that its subject's tag stands for.</summary>
    /// <exception cref="MirrorException">A request failed, or the tag stands for something else (D8M2018).</exception>
    public async Task AddAsync(string repository, Referrer referrer, CancellationToken cancellationToken)
    {
        string tag = referrer.Tag;
        if (_planned.Contains((repository, tag)))
        {
            events.Decision(
                $"{repository}:{tag} names who refers to {referrer.Subject}; it is pushed as the plan has it.");
            return;
        }

        // Read, changed and written back: the registry cannot do that in one step.
        SemaphoreSlim gate = _gates.GetOrAdd(repository, static _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ManifestContent? current = await client.FindManifestAsync(repository, tag, cancellationToken)
                .ConfigureAwait(false);
            List<Referrer> added = _added.GetOrAdd((repository, tag), static _ => []);
            added.Add(referrer);
            if (Extend(repository, added, current) is { } index)
            {
                await client.WriteManifestAsync(
                    repository, tag, index, MediaType.OciIndex, Digest.OfSha256(index.Span), cancellationToken)
                    .ConfigureAwait(false);
                events.Decision(
                    $"{repository}:{tag} names {referrer.Descriptor["digest"]} among those who refer to "
                        + $"{referrer.Subject}: the registry keeps no list of its own.");
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private ReadOnlyMemory<byte>? Extend(string repository, List<Referrer> referrers, ManifestContent? current)
    {
        ReadOnlyMemory<byte>? extended = null;
        try
        {
            foreach (Referrer referrer in referrers)
            {
                extended = referrer.Copy().AddTo(extended ?? current?.Bytes ?? default) ?? extended;
            }

            return extended;
        }
        catch (FormatException exception)
        {
            throw new MirrorException(
                client.FaultsOf(RegistryRequest.ForManifest(HttpMethod.Get, repository, referrers[0].Tag))
                    .ManifestMalformed(exception.Message),
                exception);
        }
    }
}
