using Mirror.Engine.Bundles.Commit;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Journal;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>
/// Fills the open archives of a bundle: takes blobs at any offset in any order, publishes everything with one commit.
/// Until then no file has its final name. <see cref="Write"/>, <see cref="Read"/> and <see cref="Seal"/> are safe for
/// concurrent use, one writer per blob, and block.
/// </summary>
internal sealed class BundleWriter : IDisposable
{
    private readonly PreparedBundle _bundle;
    private readonly StoredBlobs _blobs;
    private readonly SumFollower _follower;
    private readonly DiskThread _thread;
    private readonly BlobCopies _copies;

    private BundleWriter(PreparedBundle bundle)
    {
        _bundle = bundle;
        _blobs = new StoredBlobs(bundle.Layouts, bundle.Files.All);
        _follower = new SumFollower(
            bundle.Options.WritesSums ? bundle.Files.All : [], bundle.Options.Hasher, () => SumProgress);
        _thread = new DiskThread("bundle writer");
        _copies = new BlobCopies(_thread, _follower.Look);
        foreach (StoredBlob blob in _blobs.Where(blob => blob.IsSealed))
        {
            _copies.Add(blob);
        }
    }

    public ResumedContent Resumed => _blobs.Resumed;

    public long UnsummedBytes => _follower.Left.Bytes + _bundle.Kept.BytesLeft;

    public int UnsummedFiles => _follower.Left.Files + _bundle.Kept.FilesLeft;

    /// <summary>Where progress of the GOST sums is reported; may be replaced at any time.</summary>
    public SumProgress SumProgress { get; set; } = SumProgress.None;

    /// <summary>
    /// Opens the archives of a bundle, which is disposed after the writer: goes on with those that an earlier run of
    /// this plan left, takes blobs over from those of another plan, reserves the rest. When it throws, no file is left
    /// behind that is of no use.
    /// </summary>
    public static async Task<BundleWriter> OpenAsync(PreparedBundle bundle, CancellationToken cancellationToken)
    {
        using DiskThread thread = new("bundle opening");
        return await thread.RunAsync(() =>
        {
            Open(bundle, cancellationToken);
            return new BundleWriter(bundle);
        }).ConfigureAwait(false);
    }

    /// <summary>Whether nothing is left to do for a blob.</summary>
    public bool IsSealed(Digest digest) => _blobs[digest].IsSealed;

    /// <summary>Whether a blob is whole by an earlier run's word, and must be hashed before it is sealed.</summary>
    public bool IsClaimed(Digest digest) => _blobs[digest].IsClaimed;

    /// <summary>The length of a blob's prefix that is here.</summary>
    public long HeldBytes(Digest digest) => _blobs[digest].Held;

    /// <summary>Writes some of a blob; at most at the end of what is held. Faults: D8M5002 beyond the size.</summary>
    public void Write(Digest digest, long offset, ReadOnlySpan<byte> content)
    {
        _thread.ThrowIfFailed();
        _blobs[digest].Write(offset, content);
    }

    /// <summary>Reads back what is held; 0 at its end.</summary>
    public int Read(Digest digest, long offset, Span<byte> buffer) => _blobs[digest].Read(offset, buffer);

    /// <summary>Declares a blob verified; it is then copied to its other places in the background.</summary>
    public void Seal(Digest digest)
    {
        _thread.ThrowIfFailed();
        StoredBlob blob = _blobs[digest];
        if (blob.Seal())
        {
            _follower.Look();
            _copies.Add(blob);
        }
    }

    public void Reject(Digest digest) => _blobs[digest].Reject();

    /// <summary>
    /// Waits for the copies, proves that nothing is missing (D8M9001), flushes, waits for the sums, and publishes.
    /// Cancellation is heeded until the commit record is written, not after.
    /// </summary>
    public async Task<CommittedBundle> CommitAsync(CancellationToken cancellationToken)
    {
        await _thread.RunAsync(() => Finish(cancellationToken)).ConfigureAwait(false);
        ImmutableDictionary<string, string> written =
            await _follower.CompleteAsync(cancellationToken).ConfigureAwait(false);
        ImmutableDictionary<string, string> kept =
            await _bundle.Kept.ProveAsync(_bundle.Options.Hasher, SumProgress, cancellationToken).ConfigureAwait(false);
        ImmutableDictionary<string, string> sums = written.AddRange(kept);
        await _thread.RunAsync(() => Publish(sums, cancellationToken)).ConfigureAwait(false);
        return new CommittedBundle(_bundle.Layouts, sums, Damage());
    }

    /// <summary>Ends the work. Without a commit, how far the blobs came is noted for the next run.</summary>
    public void Dispose()
    {
        _copies.Stop();
        _thread.Dispose();
        _copies.Dispose();
        _follower.Dispose();
        try
        {
            foreach (StoredBlob blob in _blobs)
            {
                blob.Note();
            }
        }
        catch (MirrorException)
        {
            // The run has ended, and its own failure is the one to tell. The next run fetches more than it had to.
        }
    }

    private static void Open(PreparedBundle bundle, CancellationToken cancellationToken)
    {
        try
        {
            foreach (ArchiveFile file in bundle.Files.All.Where(file => file.IsResumed))
            {
                file.Continue(cancellationToken);
            }

            foreach (ArchiveFile file in bundle.Files.All)
            {
                Open(file, bundle, cancellationToken);
            }

            bundle.Folder.Flush();
        }
        catch
        {
            foreach (ArchiveFile file in bundle.Files.All)
            {
                file.Abandon();
            }

            throw;
        }
    }

    /// <summary>One archive after the other, so that at most one lies there twice.</summary>
    private static void Open(ArchiveFile file, PreparedBundle bundle, CancellationToken cancellationToken)
    {
        EarlierArchive? earlier = bundle.Earlier.GetValueOrDefault(file.Layout.Name);
        if (!file.IsResumed)
        {
            earlier = earlier?.SetAside(bundle.Folder);
            file.Create(cancellationToken);
        }

        if (earlier is not null)
        {
            ArchiveSalvage.Copy(bundle.Folder, earlier, file, cancellationToken);
            earlier.Delete(bundle.Folder);
        }
    }

    /// <summary>Runs on the writer's thread, so every copy has ended.</summary>
    private void Finish(CancellationToken cancellationToken)
    {
        _thread.ThrowIfFailed();
        _bundle.Files.Complete(cancellationToken);
    }

    private void Publish(ImmutableDictionary<string, string> sums, CancellationToken cancellationToken)
    {
        foreach (ArchiveFile file in _bundle.Files.All)
        {
            file.Close();
        }

        ImmutableArray<CommitStep> steps = BundlePublication.Write(
            _bundle.Folder, _bundle.Plan, _bundle.Layouts, _bundle.Kept.Names, _bundle.Kept.Doubtful,
            _bundle.Superseded, sums);
        cancellationToken.ThrowIfCancellationRequested();
        if (steps.Length > 0)
        {
            BundleCommit.Run(_bundle.Folder, steps);
        }
    }

    private ImmutableArray<Fault> Damage() =>
        _blobs.Where(blob => blob.WasDamaged).ToList() is { Count: > 0 } damaged
            ? [BundleFaults.DurableDamaged(_bundle.Folder.Directory, damaged.Count, damaged.Sum(blob => blob.Size))]
            : [];
}

/// <summary>A bundle whose files all have their final names.</summary>
/// <param name="Layouts">Its archives, in the order of the plan.</param>
/// <param name="Sums">The GOST sums by file; empty if none were asked for.</param>
/// <param name="Warnings">What an earlier run had flushed and was not there any more (D8M6020).</param>
internal sealed record CommittedBundle(
    ImmutableArray<ArchiveLayout> Layouts,
    ImmutableDictionary<string, string> Sums,
    ImmutableArray<Fault> Warnings);
