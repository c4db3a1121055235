using System.Collections.Immutable;
using Mirror.Engine.Hashing;

namespace Mirror.Engine.Bundles;

/// <summary>
/// Computes the GOST sums of archives while they are written: behind what is complete from the front of each file, on
/// threads of its own, as many as there are processors. What a blob wrote is then still in the memory of the machine.
/// </summary>
internal sealed class SumFollower : IDisposable
{
    private const int BufferBytes = 1024 * 1024;

    private readonly object _gate = new();
    private readonly List<FollowedPart> _unfinished;
    private readonly Dictionary<string, string> _sums = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread[] _threads;
    private readonly Action<int> _report;
    private bool _isStopped;

    /// <summary>Begins to follow.</summary>
    /// <param name="files">The archives, ready to be written.</param>
    /// <param name="hasher">Who computes.</param>
    /// <param name="report">Told of every piece that is hashed.</param>
    public SumFollower(IEnumerable<ArchiveFile> files, GostHasher hasher, Action<int> report)
    {
        _report = report;
        _unfinished =
        [
            .. files.SelectMany(file =>
                Enumerable.Range(0, file.Layout.Parts.Length).Select(number => new FollowedPart(file, number, hasher))),
        ];
        _threads =
        [
            .. Enumerable.Range(0, int.Min(_unfinished.Count, Environment.ProcessorCount)).Select(number =>
                new Thread(Work) { IsBackground = true, Name = $"bundle sums {number}" }),
        ];
        if (_unfinished.Count == 0)
        {
            _done.SetResult();
        }

        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>How many bytes are not hashed yet.</summary>
    public long Left
    {
        get
        {
            lock (_gate)
            {
                return _unfinished.Sum(part => part.Left);
            }
        }
    }

    /// <summary>Tells that more may be complete.</summary>
    public void Look()
    {
        lock (_gate)
        {
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits until every file, now complete, is hashed: the sums by file.</summary>
    public async Task<ImmutableDictionary<string, string>> CompleteAsync(CancellationToken cancellationToken)
    {
        await _done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return _sums.ToImmutableDictionary(StringComparer.Ordinal);
    }

    /// <summary>Ends the work and has the journals told how far it came; before they are closed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }

        Array.ForEach(_threads, thread => thread.Join());
    }

    /// <summary>Has the journals told how far the sums came; after <see cref="Dispose"/>.</summary>
    public void Note() => _unfinished.ForEach(part => part.Note());

    private void Work()
    {
        try
        {
            byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
            while (Take() is { } part)
            {
                int hashed;
                do
                {
                    hashed = part.Follow(buffer);
                    _report(hashed);
                }
                while (part.Sum is null && hashed == buffer.Length && !Volatile.Read(ref _isStopped));
                Return(part);
            }
        }
        catch (Exception exception)
        {
            // Whoever waits for the sums is told; a sum that is not computed is never written.
            _done.TrySetException(exception);
        }
    }

    private FollowedPart? Take()
    {
        lock (_gate)
        {
            while (!_isStopped && _unfinished.Count > 0)
            {
                if (_unfinished.Find(part => !part.IsTaken && part.IsReady) is { } ready)
                {
                    ready.IsTaken = true;
                    return ready;
                }

                Monitor.Wait(_gate);
            }

            return null;
        }
    }

    private void Return(FollowedPart part)
    {
        lock (_gate)
        {
            part.IsTaken = false;
            if (part.Sum is { } sum)
            {
                _sums.Add(part.Name, sum);
                _unfinished.Remove(part);
            }

            if (_unfinished.Count == 0)
            {
                _done.TrySetResult();
            }

            Monitor.PulseAll(_gate);
        }
    }
}
