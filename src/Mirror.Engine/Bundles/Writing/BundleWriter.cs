using System.Collections.Immutable;
using Mirror.Engine.Bundles.Commit;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Disk;
using Mirror.Engine.Hashing;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>
/// Writes the archives of a plan: prepares reserved files, takes blobs at any offset in any order, publishes everything
/// with one commit. Until then no file has its final name. <see cref="Write"/>, <see cref="Read"/> and
/// <see cref="Seal"/> are safe for concurrent use, one writer per blob, and block.
/// </summary>
internal sealed class BundleWriter : IDisposable
{
    private readonly BundleFolder _folder;
    private readonly TimeProvider _time;
    private readonly string _purpose;
    private readonly DiskThread _thread = new("bundle writer");
    private readonly FlushSchedule _flushes;
    private readonly BlobCopies _copies;
    private StoredBlobs _blobs = StoredBlobs.Of([], []);
    private MirrorPlan? _plan;
    private ImmutableArray<ArchiveFile> _files = [];
    private ImmutableArray<string> _superseded = [];
    private BundleLock? _lock;
    private SumFollower? _follower;
    private KeptArchives? _kept;
    private ImmutableHashSet<string> _named = [];

    /// <summary>Creates a writer; nothing is touched before <see cref="LockAsync"/>.</summary>
    /// <param name="disk">The file system.</param>
    /// <param name="directory">The bundle folder, a full path.</param>
    /// <param name="time">The clock for waiting at the lock.</param>
    /// <param name="purpose">What the writer is for, told to others who wait at the lock.</param>
    public BundleWriter(IDisk disk, string directory, TimeProvider time, string purpose)
    {
        _folder = new BundleFolder(disk, directory);
        _time = time;
        _purpose = purpose;
        _flushes = new FlushSchedule(time, FlushFiles);
        _copies = new BlobCopies(_thread, () => _follower?.Look());
    }

    /// <summary>The largest file of an archive; 0: archives are not split.</summary>
    public long ChunkBytes { get; init; }

    /// <summary>The archives, in the order of the plan; known after <see cref="PrepareAsync"/>.</summary>
    public ImmutableArray<ArchiveLayout> Layouts { get; private set; } = [];

    /// <summary>The archives that were there already and are kept; known after <see cref="PrepareAsync"/>.</summary>
    public ImmutableHashSet<string> Kept { get; private set; } = [];

    /// <summary>Those of them that this run does not read.</summary>
    public ImmutableSortedSet<string> Believed => _kept?.Believed ?? [];

    /// <summary>Those of them that are hashed before the commit.</summary>
    public ImmutableSortedSet<string> Doubtful => _kept?.Doubtful ?? [];

    /// <summary>
    /// Whether a GOST sum is written beside each file of an archive. It is computed while the file fills.
    /// </summary>
    public bool WritesSums { get; init; }

    /// <summary>Who computes the sums.</summary>
    public GostHasher Hasher { get; init; } = GostHasher.Best;

    /// <summary>Whether what an earlier run left is used; else everything of ours starts over.</summary>
    public bool Resume { get; init; } = true;

    /// <summary>What an earlier run left of this plan; known after <see cref="PrepareAsync"/>.</summary>
    public ResumedContent Resumed { get; private set; }

    /// <summary>How many bytes have no GOST sum yet.</summary>
    public long UnsummedBytes => (_follower?.BytesLeft ?? 0) + (_kept?.BytesLeft ?? 0);

    /// <summary>How many files have no GOST sum yet.</summary>
    public int UnsummedFiles => (_follower?.FilesLeft ?? 0) + (_kept?.FilesLeft ?? 0);

    /// <summary>Where progress of the GOST sums is reported; may be replaced at any time.</summary>
    public SumProgress SumProgress { get; set; } = SumProgress.None;

    /// <summary>The GOST sums by file; known after the commit, if sums were asked for.</summary>
    public ImmutableDictionary<string, string> Sums { get; private set; } =
        ImmutableDictionary<string, string>.Empty;

    /// <summary>What had been flushed by an earlier run and was not there any more, as a warning (D8M6020).</summary>
    public ImmutableArray<Fault> Damage => _blobs.Where(blob => blob.WasDamaged).ToList() is { Count: > 0 } damaged
        ? [BundleFaults.DurableDamaged(_folder.Directory, damaged.Count, damaged.Sum(blob => blob.Size))]
        : [];

    /// <summary>Every byte that was written to files so far.</summary>
    public long BytesWritten => _folder.BytesWritten;

    /// <summary>
    /// Makes the folder if need be, locks it, and ends an earlier run's commit: before any request is made. Faults:
    /// D8M1006, D8M6003 to D8M6006, D8M6016.
    /// </summary>
    /// <returns>Warnings (D8M6017).</returns>
    public async Task<ImmutableArray<Fault>> LockAsync(CancellationToken cancellationToken)
    {
        await _thread.RunAsync(_folder.Ensure).ConfigureAwait(false);
        _lock = await BundleLock.TakeAsync(_folder, BundleLock.Describe(_purpose), _time, cancellationToken)
            .ConfigureAwait(false);
        _named = await _thread.RunAsync(() => BundleCommit.RollForward(_folder)).ConfigureAwait(false);
        return _lock.Warnings;
    }

    /// <summary>
    /// Checks for conflicts and space, goes on with the files of an earlier run, reserves the others. Faults: D8M6001,
    /// D8M6002, D8M6004, D8M6005. When it throws, no file is left behind that is of no use.
    /// </summary>
    /// <param name="plan">The plan, with sizes (<see cref="BundleLayout.WithSizes"/>).</param>
    /// <param name="force">Replace what another plan made.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    /// <returns>Warnings (D8M6101 to D8M6103).</returns>
    public async Task<ImmutableArray<Fault>> PrepareAsync(
        MirrorPlan plan, bool force, CancellationToken cancellationToken)
    {
        if (_lock is null)
        {
            throw new InvalidOperationException("The bundle folder is not locked.");
        }

        (BundlePreparation preparation, ImmutableArray<Fault> warnings) =
            await _thread.RunAsync(() => Survey(plan, force)).ConfigureAwait(false);
        await _thread.RunAsync(() =>
        {
            preparation.Begin(cancellationToken);
            _blobs = StoredBlobs.Of(Layouts, _files);
            Resumed = _blobs.Resumed;
            _kept = KeptArchives.Of(_folder, plan, Layouts, Kept, _named, WritesSums);
            _follower = WritesSums ? new SumFollower(_files, Hasher, () => SumProgress) : null;
            CopyRestored();
        }).ConfigureAwait(false);
        return warnings;
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
        _copies.ThrowIfFailed();
        _blobs[digest].Write(offset, content);
    }

    /// <summary>Reads back what is held; 0 at its end.</summary>
    public int Read(Digest digest, long offset, Span<byte> buffer) => _blobs[digest].Read(offset, buffer);

    /// <summary>Declares a blob verified; it is then copied to its other places in the background.</summary>
    public void Seal(Digest digest)
    {
        _copies.ThrowIfFailed();
        StoredBlob blob = _blobs[digest];
        if (blob.Seal())
        {
            _follower?.Look();
            _copies.Add(blob);
        }
    }

    /// <summary>Forgets what is held of a blob.</summary>
    public void Reject(Digest digest) => _blobs[digest].Reject();

    /// <summary>
    /// Waits for the copies, proves that nothing is missing (D8M9001), flushes, waits for the sums, and publishes.
    /// Cancellation is heeded until the commit record is written, not after.
    /// </summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await _thread.RunAsync(() => Finish(cancellationToken)).ConfigureAwait(false);
        if (_follower is { } follower)
        {
            Sums = await follower.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        Sums = Sums.AddRange(
            await _kept!.ProveAsync(Hasher, SumProgress, cancellationToken).ConfigureAwait(false));
        await _thread.RunAsync(() => Publish(cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>
    /// Closes everything. Without a commit only <c>.part</c> files and their journals remain, for the next run.
    /// </summary>
    public void Dispose()
    {
        _copies.Stop();
        try
        {
            _thread.Dispose();
            _flushes.Dispose();
            _follower?.Dispose();
            SaveProgress();
        }
        finally
        {
            foreach (ArchiveFile file in _files)
            {
                file.Dispose();
            }

            _lock?.Dispose();
            _copies.Dispose();
        }
    }

    private void CopyRestored()
    {
        foreach (StoredBlob blob in _blobs.Where(blob => blob.IsSealed))
        {
            _copies.Add(blob);
        }
    }

    private void SaveProgress()
    {
        try
        {
            foreach (StoredBlob blob in _blobs)
            {
                blob.Note();
            }

            FlushFiles();
        }
        catch (MirrorException)
        {
            // The run has ended, and its own failure is the one to tell. The next run fetches more than it had to.
        }
    }

    private void FlushFiles()
    {
        foreach (ArchiveFile file in _files)
        {
            file.Flush();
        }
    }

    private (BundlePreparation Preparation, ImmutableArray<Fault> Warnings) Survey(MirrorPlan plan, bool force)
    {
        _plan = plan;
        Layouts = BundleLayout.Of(plan, ChunkBytes);
        FolderFindings findings = FolderSurvey.Of(_folder, Layouts, plan.Files);
        if (findings.Conflicts.Length > 0 && !force)
        {
            throw findings.Refusal(_folder.Directory);
        }

        Kept = findings.Kept;
        _superseded = findings.Superseded;
        _files = [.. Layouts.Where(layout => !Kept.Contains(layout.Name))
            .Select(layout => new ArchiveFile(_folder, layout, _flushes))];
        BundlePreparation preparation = new(_folder, plan, Layouts, _files, Resume);
        return (preparation, [.. findings.Warnings, .. preparation.Look()]);
    }

    /// <summary>Runs on the writer's thread, so every copy has ended.</summary>
    private void Finish(CancellationToken cancellationToken)
    {
        _copies.ThrowIfFailed();
        _flushes.Dispose();
        foreach (ArchiveFile file in _files)
        {
            file.DemandComplete();
        }

        foreach (ArchiveFile file in _files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            file.FlushAll();
        }
    }

    private void Publish(CancellationToken cancellationToken)
    {
        foreach (ArchiveFile file in _files)
        {
            file.Close();
        }

        ImmutableArray<CommitStep> steps =
            BundlePublication.Write(_folder, _plan!, Layouts, Kept, Doubtful, _superseded, Sums);
        cancellationToken.ThrowIfCancellationRequested();
        if (steps.Length > 0)
        {
            BundleCommit.Run(_folder, steps);
        }
    }
}
