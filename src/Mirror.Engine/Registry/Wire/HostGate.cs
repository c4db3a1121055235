namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// How hard one end is pressed: how many blobs move at once, how many requests and bytes pass per second, and when
/// nothing may be asked at all. The width for blobs halves on trouble (429, 5xx, broken connections) and grows by one
/// after as many successes as it is wide; small requests have a lane of their own and never wait behind blobs.
/// </summary>
internal sealed class HostGate(int widest, long? bytesPerSecond, int? requestsPerSecond, TimeProvider time)
{
    private readonly Pacer _bytes = new(bytesPerSecond, time);
    private readonly Pacer _requests = new(requestsPerSecond, time);
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private readonly int _widest = widest;
    private volatile int _width = widest;
    private int _inside;
    private int _successes;
    private DateTimeOffset _closedUntil = DateTimeOffset.MinValue;

    public int Width => _width;

    /// <summary>Waits for a place in the lane of blobs; disposing the result gives it back.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource? turn = null;
        lock (_gate)
        {
            if (_inside < _width)
            {
                _inside++;
            }
            else
            {
                turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue(turn);
            }
        }

        if (turn is not null)
        {
            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
                static source => ((TaskCompletionSource)source!).TrySetCanceled(), turn);
            await turn.Task.ConfigureAwait(false);
        }

        return new Place(this);
    }

    /// <summary>Waits until a request may be sent.</summary>
    public async ValueTask BeforeRequestAsync(CancellationToken cancellationToken)
    {
        TimeSpan closed;
        lock (_gate)
        {
            closed = _closedUntil - time.GetUtcNow();
        }

        if (closed > TimeSpan.Zero)
        {
            await Task.Delay(closed, time, cancellationToken).ConfigureAwait(false);
        }

        await _requests.TakeAsync(1, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Accounts for bytes of a blob that passed in either direction.</summary>
    public ValueTask AfterBytesAsync(int count, CancellationToken cancellationToken) =>
        _bytes.TakeAsync(count, cancellationToken);

    /// <summary>A request was answered as it should.</summary>
    public void Succeeded()
    {
        lock (_gate)
        {
            _successes++;
            if (_successes >= _width && _width < _widest)
            {
                _successes = 0;
                _width++;
                Admit();
            }
        }
    }

    /// <summary>The peer is in trouble, and perhaps said how long it wants to be left alone.</summary>
    public void Troubled(TimeSpan? pause)
    {
        lock (_gate)
        {
            _successes = 0;
            _width = int.Max(1, _width / 2);
            DateTimeOffset until = time.GetUtcNow() + (pause ?? TimeSpan.Zero);
            _closedUntil = until > _closedUntil ? until : _closedUntil;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _inside--;
            Admit();
        }
    }

    private void Admit()
    {
        while (_inside < _width && _waiting.TryDequeue(out TaskCompletionSource? turn))
        {
            // One that was cancelled meanwhile leaves its place to the next.
            _inside += turn.TrySetResult() ? 1 : 0;
        }
    }

    private sealed class Place(HostGate gate) : IDisposable
    {
        private int _isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 0)
            {
                gate.Leave();
            }
        }
    }
}
