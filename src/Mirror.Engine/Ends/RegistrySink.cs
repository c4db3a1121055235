using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Ends;

/// <summary>
/// Content into a registry. A blob crosses the wire once and is mounted into the other repositories that need it; where
/// the registry does not mount, it is sent again. At the end every tag is read back.
/// </summary>
/// <param name="client">The target.</param>
/// <param name="state">What it has already.</param>
/// <param name="origins">
/// For content that only a foreign repository of the same registry has: that repository, to mount it from.
/// </param>
/// <param name="width">Requests at once when tags are read back.</param>
/// <param name="events">Where decisions are told.</param>
internal sealed class RegistrySink(
    RegistryClient client, TargetState state, Func<PlannedBlob, string?> origins, int width, EventSink events)
    : IContentSink
{
    private readonly ConcurrentDictionary<Digest, Places> _places = [];
    private readonly ConcurrentDictionary<(string Repository, Digest Digest), Task> _byDigest = [];
    private readonly ReferrersTags _referrers =
        new(client, [.. state.Present, .. state.Remaining.Publications], events);

    private readonly LeftoverProbe _leftovers = new(client, state.Untagged);
    private int _sentBlobs;
    private int _mountedBlobs;
    private long _mountedBytes;
    private int _newBlobs;
    private long _newBytes;

    /// <summary>Blobs that were sent; one that had to be sent to several repositories counts each time.</summary>
    public int SentBlobs => _sentBlobs;

    /// <summary>Blobs that were mounted, once for each repository.</summary>
    public int MountedBlobs => _mountedBlobs;

    /// <summary>Their bytes.</summary>
    public long MountedBytes => Interlocked.Read(ref _mountedBytes);

    /// <summary>Blobs that the registry did not have, each counted once.</summary>
    public int NewBlobs => _newBlobs;

    /// <summary>Their bytes.</summary>
    public long NewBytes => Interlocked.Read(ref _newBytes);

    public bool KeepsPartial => false;

    public async ValueTask<HeldContent> HeldAsync(
        PlannedBlob blob, IncrementalHash hash, CancellationToken cancellationToken)
    {
        Places places = _places.GetOrAdd(blob.Digest, _ => new Places(blob.Targets));
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
            _places[blob.Digest].Missing.Peek(), blob.Digest, blob.Size, content, cancellationToken)
            .ConfigureAwait(false);
        Interlocked.Increment(ref _sentBlobs);
    }

    public bool MayContinueAfter(MirrorException failure) =>
        RegistryFailure.IsTemporary(failure) || client.MaySendInPieces(failure);

    public async Task SealAsync(PlannedBlob blob, CancellationToken cancellationToken)
    {
        Places places = _places[blob.Digest];
        if (!places.IsSent)
        {
            places.IsSent = true;
            Interlocked.Increment(ref _newBlobs);
            Interlocked.Add(ref _newBytes, blob.Size);
        }

        places.Holder = places.Missing.Dequeue();
        await MountAsync(blob, places, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Nothing is held: the last bytes of a wrong blob are never sent.</summary>
    public Task RejectAsync(PlannedBlob blob, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task PublishAsync(
        PlannedPublication publication,
        ImmutableArray<ReadOnlyMemory<byte>> manifests,
        CancellationToken cancellationToken)
    {
        // A child stands behind its parent in the list, and goes first.
        for (int index = manifests.Length - 1; index > 0; index--)
        {
            await WriteByDigestAsync(index).ConfigureAwait(false);
        }

        // Who refers to something is named before the tag stands: a run that ends between them is mended by the next.
        PlannedManifest top = publication.Manifests[0];
        if (Referrer.Find(manifests[0], top.Blob.Digest, top.MediaType) is not null)
        {
            await WriteByDigestAsync(0).ConfigureAwait(false);
        }

        await client.WriteManifestAsync(
            publication.Repository, publication.Tag, manifests[0], top.MediaType, publication.Digest,
            cancellationToken).ConfigureAwait(false);
        events.Decision($"{publication.Repository}:{publication.Tag} is {publication.Digest}.");

        Task WriteByDigestAsync(int index)
        {
            PlannedManifest manifest = publication.Manifests[index];
            ReadOnlyMemory<byte> content = manifests[index];
            return _byDigest.GetOrAdd(
                (publication.Repository, manifest.Blob.Digest),
                key => PutAsync(key.Repository, manifest, content, cancellationToken));
        }
    }

    /// <summary>Reads every tag of this run back: success means that the target says what the plan says.</summary>
    /// <exception cref="MirrorException">D8M5004 for each tag that is not as pushed.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        ConcurrentBag<Fault> faults = [];
        TargetSurvey survey = new(client, width);
        await Parallel.ForEachAsync(
            state.Remaining.Publications,
            new ParallelOptions { MaxDegreeOfParallelism = width, CancellationToken = cancellationToken },
            async (publication, token) =>
            {
                if (!await survey.IsThereAsync(publication, token).ConfigureAwait(false))
                {
                    faults.Add(NotAsPushed(publication));
                }
            }).ConfigureAwait(false);
        if (!faults.IsEmpty)
        {
            throw new MirrorException([.. faults.OrderBy(fault => fault.Message, StringComparer.Ordinal)]);
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

    private Fault NotAsPushed(PlannedPublication publication) => new(
        FaultCode.TagNotAsPushed,
        $"{client.Host}/{publication.Repository}:{publication.Tag} does not stand for {publication.Digest}, although "
            + "it was pushed in this run.",
        "Somebody else pushes to the same repository, or the registry lost it: run again.");

    /// <summary>Mounts what some repository of the target has; else an interrupted run may have left it.</summary>
    private async Task LookAsync(PlannedBlob blob, Places places, CancellationToken cancellationToken)
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
    private async Task MountAsync(PlannedBlob blob, Places places, CancellationToken cancellationToken)
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
                Interlocked.Increment(ref _mountedBlobs);
                Interlocked.Add(ref _mountedBytes, blob.Size);
            }
            else
            {
                places.Missing.Enqueue(repository);
            }
        }
    }

    /// <summary>Where one blob still has to go. Used by the one job that moves the blob.</summary>
    private sealed class Places(ImmutableArray<string> targets)
    {
        public bool IsLookedAt { get; set; }

        public bool IsSent { get; set; }

        public string? Holder { get; set; }

        public Queue<string> Missing { get; } = new(targets);
    }
}
