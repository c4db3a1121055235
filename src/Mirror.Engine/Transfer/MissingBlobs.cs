using Mirror.Engine.Events;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Transfer;

/// <summary>
/// The blobs that failed for good while others still move. A source that does not answer at all is given up when as
/// many blobs in a row failed so as there are workers. Safe for concurrent use.
/// </summary>
internal sealed class MissingBlobs(int workers, EventSink events)
{
    /// <summary>More causes than this are counted, not told: one refused repository can lack thousands.</summary>
    private const int ToldCauses = 20;

    private readonly Lock _lock = new();
    private readonly HashSet<Digest> _digests = [];
    private readonly List<Fault> _causes = [];
    private int _silentInARow;

    /// <summary>Notes a blob that could be had: the source still answers.</summary>
    public void Found() => Volatile.Write(ref _silentInARow, 0);

    /// <summary>Notes a failure; a silence may mean that the source is down as a whole.</summary>
    /// <returns>Whether the run may go on with the others.</returns>
    public bool TryAdd(PlannedBlob blob, MirrorException failure, bool isSilence)
    {
        lock (_lock)
        {
            _silentInARow = isSilence ? _silentInARow + 1 : 0;
            if (_silentInARow >= workers)
            {
                return false;
            }

            _digests.Add(blob.Digest);
            _causes.AddRange(failure.Faults.Take(ToldCauses - _causes.Count));
        }

        events.Milestone($"Cannot download {blob.Digest}; continuing with the remaining blobs.");
        return true;
    }

    /// <summary>Ends the run when a blob is missing, naming each archive that needs it.</summary>
    /// <exception cref="MirrorException">The causes, then D8M5005.</exception>
    public void ThrowIfAny(MirrorPlan plan)
    {
        if (_digests.Count == 0)
        {
            return;
        }

        ImmutableArray<string> archives = [.. plan.Archives
            .Where(archive => archive.Layouts.Any(layout => layout.Blobs.Any(blob => _digests.Contains(blob.Digest))))
            .Select(archive => archive.Name)];
        throw new MirrorException(
            [.. _causes, TransferFaults.ArchivesIncomplete(archives, plan.Archives.Length, _digests.Count)]);
    }
}
