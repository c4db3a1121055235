using System.Collections.Concurrent;
using System.Security.Cryptography;
using Mirror.Engine.Events;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Ends;

/// <summary>
/// Content into a registry. A blob crosses the wire once and is mounted into the other repositories that need it, at
/// first from where <paramref name="origins"/> says that a foreign repository of the same registry has it; where the
/// registry does not mount, it is sent again; also where it said to have a blob, and lacks it when a manifest names it.
/// At the end every tag is read back.
/// </summary>
internal sealed class RegistrySink(
    RegistryClient client, TargetState state, Func<PlannedBlob, string?> origins, int width, EventSink events)
    : IContentSink
{
    private readonly ConcurrentDictionary<Digest, BlobPlaces> _places = [];
    private readonly ConcurrentDictionary<(string Repository, Digest Digest), Task> _byDigest = [];
    private readonly ReferrersTags _referrers =
        new(client, [.. state.Present, .. state.Remaining.Publications], events);

    private readonly LeftoverProbe _leftovers = new(client, state.Untagged);

    public ArrivedBlobs Arrived { get; } = new();

    public bool KeepsPartial => false;

    public async ValueTask<HeldContent> HeldAsync(
        PlannedBlob blob, IncrementalHash hash, CancellationToken cancellationToken)
    {
        BlobPlaces places = PlacesOf(blob);
        if (!places.IsLookedAt)
        {
            places.IsLookedAt = true;
            await LookAsync(blob, places, cancellationToken).ConfigureAwait(false);
        }

        bool isEverywhere = places.Missing.Count == 0;
        return new HeldContent(isEverywhere ? blob.Size : 0, isEverywhere);
    }

    public async Task WriteAsync(PlannedBlob blob, long offset, Stream content, CancellationToken cancellationToken)
    {
        await client.WriteBlobAsync(
            PlacesOf(blob).Missing.Peek(), blob.Digest, blob.Size, content, cancellationToken)
            .ConfigureAwait(false);
    }

    public bool MayContinueAfter(MirrorException failure) =>
        RegistryFailure.IsTemporary(failure) || client.MaySendInPieces(failure);

    public async Task SealAsync(PlannedBlob blob, CancellationToken cancellationToken)
    {
        BlobPlaces places = PlacesOf(blob);
        places.Holder = places.Missing.Dequeue();
        Arrived.Sent(places.Holder, blob);
        await MountAsync(blob, places, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Nothing is held: the last bytes of a wrong blob are never sent.</summary>
    public Task RejectAsync(PlannedBlob blob, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<ImmutableArray<PlannedBlob>> PublishAsync(
        PlannedPublication publication,
        ImmutableArray<ReadOnlyMemory<byte>> manifests,
        CancellationToken cancellationToken)
    {
        // A child stands behind its parent in the list, and goes first.
        for (int index = manifests.Length - 1; index >= 0; index--)
        {
            int sent = Arrived.SentBlobs;
            try
            {
                await PublishAsync(publication, index, manifests[index], cancellationToken).ConfigureAwait(false);
            }
            catch (MirrorException refusal) when (RegistryFailure.IsBlobUnknown(refusal))
            {
                return Arrived.Doubt(
                    publication, Manifest(publication.Manifests[index], manifests[index]), sent, refusal);
            }
        }

        events.Decision($"{publication.Repository}:{publication.Tag} is {publication.Digest}.");
        return [];
    }

    /// <summary>Reads every tag of this run back: success means that the target says what the plan says.</summary>
    /// <exception cref="MirrorException">D8M5004: some tags are not as pushed.</exception>
    public Task CompleteAsync(CancellationToken cancellationToken) =>
        new ReadBack(client, width, events).CheckAsync(state.Remaining.Publications, cancellationToken);

    private static Manifest Manifest(PlannedManifest manifest, ReadOnlyMemory<byte> content) =>
        ManifestReader.Read(content, manifest.Blob.Digest, manifest.MediaType);

    /// <summary>A blob that is wanted again for one repository has its places there.</summary>
    private BlobPlaces PlacesOf(PlannedBlob blob) =>
        Arrived.FindDoubted(blob) ?? _places.GetOrAdd(blob.Digest, _ => new BlobPlaces(blob.Targets));

    private async Task PublishAsync(
        PlannedPublication publication, int index, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        PlannedManifest manifest = publication.Manifests[index];

        // Who refers to something is named before the tag stands: a run that ends between them is mended by the next.
        if (index > 0 || Referrer.Find(content, manifest.Blob.Digest, manifest.MediaType) is not null)
        {
            await WriteByDigestAsync(publication.Repository, manifest, content, cancellationToken)
                .ConfigureAwait(false);
        }

        if (index == 0)
        {
            await client.WriteManifestAsync(
                publication.Repository, publication.Tag, content, manifest.MediaType, publication.Digest,
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteByDigestAsync(
        string repository, PlannedManifest manifest, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        (string, Digest) key = (repository, manifest.Blob.Digest);
        Task writing = _byDigest.GetOrAdd(key, _ => PutAsync(repository, manifest, content, cancellationToken));
        try
        {
            await writing.ConfigureAwait(false);
        }
        catch
        {
            _byDigest.TryRemove(new KeyValuePair<(string, Digest), Task>(key, writing));
            throw;
        }
    }

    private async Task PutAsync(
        string repository,
        PlannedManifest manifest,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken)
    {
        Digest digest = manifest.Blob.Digest;
        bool isListed = await client.WriteManifestAsync(
            repository, digest.ToString(), content, manifest.MediaType, digest, cancellationToken)
            .ConfigureAwait(false);
        if (!isListed && Referrer.Find(content, digest, manifest.MediaType) is { } referrer)
        {
            await _referrers.AddAsync(repository, referrer, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Mounts what some repository of the target has; else an interrupted run may have left it.</summary>
    private async Task LookAsync(PlannedBlob blob, BlobPlaces places, CancellationToken cancellationToken)
    {
        places.Holder = state.Holders.GetValueOrDefault(blob.Digest) ?? origins(blob);
        await MountAsync(blob, places, cancellationToken).ConfigureAwait(false);
        if (places.Missing.Count == 0 || state.Holders.ContainsKey(blob.Digest))
        {
            return;
        }

        places.Holder = null;
        if (await _leftovers.HasAsync(places.Missing.Peek(), blob, cancellationToken).ConfigureAwait(false))
        {
            places.Holder = places.Missing.Dequeue();
            await MountAsync(blob, places, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Mounts into what is missing; where that is refused, the bytes will be sent.</summary>
    private async Task MountAsync(PlannedBlob blob, BlobPlaces places, CancellationToken cancellationToken)
    {
        if (places.Holder is not { } holder)
        {
            return;
        }

        string[] missing = [.. places.Missing];
        places.Missing.Clear();
        foreach (string repository in missing)
        {
            if (await client.MountBlobAsync(repository, blob.Digest, holder, cancellationToken).ConfigureAwait(false))
            {
                Arrived.Mounted(repository, blob);
            }
            else
            {
                places.Missing.Enqueue(repository);
            }
        }
    }
}
