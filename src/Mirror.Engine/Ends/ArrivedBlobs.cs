using System.Collections.Concurrent;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Ends;

/// <summary>
/// Which blobs of a run were sent, and which the target only said to have: mounted, found, or part of a tag that it
/// has. Of these it may turn out to lack some.
/// </summary>
internal sealed class ArrivedBlobs
{
    private const int NamedBlobs = 5;

    private readonly ConcurrentDictionary<(string Repository, Digest Digest), int> _sent = [];
    private readonly ConcurrentDictionary<(string Repository, Digest Digest), long> _mounted = [];
    private readonly ConcurrentDictionary<(string Repository, Digest Digest), BlobPlaces> _doubted = [];
    private readonly ConcurrentDictionary<Digest, long> _new = [];
    private int _sentBlobs;

    /// <summary>Blobs that were sent; one that had to be sent to several repositories counts each time.</summary>
    public int SentBlobs => _sentBlobs;

    /// <summary>Blobs that were mounted, once for each repository.</summary>
    public int MountedBlobs => _mounted.Count;

    public long MountedBytes => _mounted.Values.Sum();

    /// <summary>Blobs that the registry did not have, each counted once.</summary>
    public int NewBlobs => _new.Count;

    public long NewBytes => _new.Values.Sum();

    public void Sent(string repository, PlannedBlob blob)
    {
        _sent[(repository, blob.Digest)] = Interlocked.Increment(ref _sentBlobs);
        _new[blob.Digest] = blob.Size;
    }

    public void Mounted(string repository, PlannedBlob blob) => _mounted[(repository, blob.Digest)] = blob.Size;

    /// <summary>The places of a blob that is wanted again, or <see langword="null"/>.</summary>
    public BlobPlaces? FindDoubted(PlannedBlob blob) =>
        blob.Targets is [var repository] ? _doubted.GetValueOrDefault((repository, blob.Digest)) : null;

    /// <summary>
    /// A manifest was refused because the target lacks a blob of it: what was not sent before is believed no more.
    /// </summary>
    /// <param name="publication">The tag.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="before"><see cref="SentBlobs"/> when the manifest was put.</param>
    /// <param name="refusal">What the target said.</param>
    /// <returns>The blobs to send, each for the repository of the tag alone.</returns>
    /// <exception cref="MirrorException">All of them were sent: the refusal, with their names.</exception>
    public ImmutableArray<PlannedBlob> Doubt(
        PlannedPublication publication, Manifest manifest, int before, MirrorException refusal)
    {
        HashSet<Digest> named = [.. manifest.Blobs.Select(blob => blob.Digest)];
        ImmutableArray<PlannedBlob> all = [.. publication.Blobs.Where(blob => named.Contains(blob.Digest))];
        ImmutableArray<PlannedBlob> doubted = [.. all.Where(blob =>
            !_sent.TryGetValue((publication.Repository, blob.Digest), out int sent) || sent > before)];
        if (doubted.IsEmpty)
        {
            throw new MirrorException(Lost(all, refusal.Faults[0]), refusal);
        }

        foreach (PlannedBlob blob in doubted)
        {
            _mounted.TryRemove((publication.Repository, blob.Digest), out _);
            _doubted.GetOrAdd(
                (publication.Repository, blob.Digest),
                static key => new BlobPlaces([key.Repository]) { IsLookedAt = true });
        }

        return [.. doubted.Select(blob => blob with { Targets = [publication.Repository] })];
    }

    private static Fault Lost(ImmutableArray<PlannedBlob> blobs, Fault refusal) => new(
        refusal.Code,
        $"{refusal.Message} These blobs were sent to it in this run: "
            + string.Join(", ", blobs.Take(NamedBlobs)
                .Select(blob => $"{blob.Digest} ({ByteCount.Format(blob.Size)})"))
            + (blobs.Length > NamedBlobs ? $" and {blobs.Length - NamedBlobs} more." : "."),
        "The registry accepts blobs and loses them: tell its administrator, and run again.");
}

/// <summary>Where one blob still has to go. Used by the one job that moves the blob.</summary>
internal sealed class BlobPlaces(ImmutableArray<string> targets)
{
    /// <summary>Whether the target was asked if it has the blob.</summary>
    public bool IsLookedAt { get; set; }

    /// <summary>A repository to mount it from.</summary>
    public string? Holder { get; set; }

    /// <summary>The repositories that have it not yet.</summary>
    public Queue<string> Missing { get; } = new(targets);
}
