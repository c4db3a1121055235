using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Hashing;

namespace Mirror.Engine.Bundles.Writing;

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
    private readonly Func<SumProgress> _progress;
    private readonly GostHasher _hasher;
    private int _waiting;
    private bool _isStopped;

    public SumFollower(IEnumerable<ArchiveFile> files, GostHasher hasher, Func<SumProgress> progress)
    {
        _hasher = hasher;
        _progress = progress;
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

    /// <summary>What is not hashed to its end yet.</summary>
    public (long Bytes, int Files) Left
    {
        get
        {
            lock (_gate)
            {
                return (_unfinished.Sum(part => part.Left), _unfinished.Count);
            }
        }
    }

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

    /// <summary>Ends the work; before the archives are closed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }

        Array.ForEach(_threads, thread => thread.Join());
    }

    private void Work()
    {
        try
        {
            byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
            byte[] other = GC.AllocateUninitializedArray<byte>(_hasher.Messages > 1 ? BufferBytes : 0);
            while (Take(isSecond: false) is { } part)
            {
                FollowedPart? second = other.Length > 0 ? Take(isSecond: true) : null;
                Follow(part, buffer, second, other);
                Return(part);
                if (second is not null)
                {
                    Return(second);
                }
            }
        }
        catch (Exception exception)
        {
            // Whoever waits for the sums is told; a sum that is not computed is never written.
            _done.TrySetException(exception);
        }
    }

    /// <summary>Hashes one file, or two side by side, until one of them has nothing more to hash.</summary>
    private void Follow(FollowedPart part, byte[] buffer, FollowedPart? second, byte[] other)
    {
        bool isFull;
        do
        {
            ReadOnlySpan<byte> read = part.Read(buffer);
            ReadOnlySpan<byte> beside = second is null ? [] : second.Read(other);
            GostHasher.Append(
                part.Digest, read[..(read.Length & -Streebog.BlockBytes)],
                second?.Digest, beside[..(beside.Length & -Streebog.BlockBytes)]);
            part.Hashed(read);
            second?.Hashed(beside);
            _progress().Hashed(read.Length + beside.Length);
            isFull = read.Length == buffer.Length && (second is null || beside.Length == other.Length);
        }
        while (isFull && part.Sum is null && second?.Sum is null && !Volatile.Read(ref _isStopped));
    }

    /// <summary>The next file that can be hashed; a second one only where no other thread waits for it.</summary>
    private FollowedPart? Take(bool isSecond)
    {
        lock (_gate)
        {
            while (!_isStopped && _unfinished.Count > 0)
            {
                if (isSecond && _waiting > 0)
                {
                    return null;
                }

                if (_unfinished.Find(part => !part.IsTaken && part.IsReady) is { } ready)
                {
                    ready.IsTaken = true;
                    return ready;
                }

                if (isSecond)
                {
                    return null;
                }

                _waiting++;
                Monitor.Wait(_gate);
                _waiting--;
            }

            return null;
        }
    }

    private void Return(FollowedPart part)
    {
        if (part.Sum is not null)
        {
            _progress().FileDone();
        }

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
