namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// Bounds how long a peer may be silent. One token source serves a whole body and is re-armed at each read or write;
/// which token fired tells silence from the caller's cancellation.
/// </summary>
internal sealed class SilenceTimer(TimeSpan? limit, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _source = new(Timeout.InfiniteTimeSpan, time);
    private readonly Lock _gate = new();
    private bool _isWatching;

    /// <summary>Runs one wait for the peer.</summary>
    /// <exception cref="TimeoutException">The peer was silent for longer than the limit.</exception>
    public async ValueTask<TResult> WatchAsync<TState, TResult>(
        TState state, Func<TState, CancellationToken, ValueTask<TResult>> wait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(), _source);
        Arm(true);
        try
        {
            return await wait(state, _source.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (_source.IsCancellationRequested)
        {
            // The token decides, not the exception: a cut read surfaces as cancellation or as a broken connection.
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException("The peer was silent for too long.", exception);
        }
        finally
        {
            Arm(false);
        }
    }

    /// <summary>The peer took or gave something: the wait that runs, if one does, begins anew.</summary>
    public void Progressed()
    {
        lock (_gate)
        {
            if (_isWatching)
            {
                _source.CancelAfter(limit ?? Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose() => _source.Dispose();

    private void Arm(bool isWatching)
    {
        lock (_gate)
        {
            _isWatching = isWatching;
            _source.CancelAfter((isWatching ? limit : null) ?? Timeout.InfiniteTimeSpan);
        }
    }
}
