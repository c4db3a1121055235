namespace Mirror.Engine.Tests.Time;

/// <summary>A clock that moves only when told; it knows which timers wait.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private int _limits;
    private TaskCompletionSource _armed = NewSignal();
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How far <see cref="DriveAsync"/> went for each timer, in order.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires what falls due.</summary>
    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            _timers.RemoveAll(due.Contains);
        }

        due.ForEach(timer => timer.Fire());
    }

    /// <summary>Lets each timer that is set fall due at once, until the work is done.</summary>
    public async Task DriveAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            (TimeSpan? wait, Task armed) = NextWait(static _ => true);
            if (wait is { } by)
            {
                Waits.Add(by);
                Advance(by);
            }
            else
            {
                await Task.WhenAny(work, armed);
            }
        }

        await work;
    }

    /// <summary>
    /// As <see cref="DriveAsync(Task)"/>, but only pauses fall due, never a limit on somebody's silence: for peers that
    /// answer in real time.
    /// </summary>
    public async Task DrivePausesAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            (TimeSpan? wait, Task armed) = NextWait(static timer => !timer.IsLimit);
            if (wait is { } by)
            {
                Waits.Add(by);
                Advance(by);
            }
            else
            {
                await Task.WhenAny(work, armed);
            }
        }

        await work;
    }

    /// <summary>How often a wait was bounded so far.</summary>
    public int Limits => Volatile.Read(ref _limits);

    /// <summary>Waits until somebody bounds a wait, and lets that bound be reached.</summary>
    /// <param name="count">Waits until so many waits were bounded, too.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task ReachLimitAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            (TimeSpan? wait, Task armed) = NextWait(static timer => timer.IsLimit);
            if (wait is { } by && Limits >= count)
            {
                Advance(by);
                return;
            }

            await armed.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc cref="DriveAsync(Task)"/>
    public async Task<T> DriveAsync<T>(Task<T> work)
    {
        await DriveAsync((Task)work);
        return await work;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private (TimeSpan? Wait, Task Armed) NextWait(Func<ManualTimer, bool> counts)
    {
        lock (_gate)
        {
            DateTimeOffset[] due = [.. _timers.Where(counts).Select(timer => timer.Due)];
            return (due.Length == 0 ? null : due.Min() - _now, _armed.Task);
        }
    }

    private bool Set(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return true;
            }

            timer.Due = _now + dueTime;
            _timers.Add(timer);
            _limits += timer.IsLimit ? 1 : 0;
            _armed.SetResult();
            _armed = NewSignal();
        }

        return true;
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        /// <summary>Ends a wait by cancelling it, other than a pause, which is a task that completes.</summary>
        public bool IsLimit => state is CancellationTokenSource;

        public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Set(this, dueTime);

        public void Fire() => callback(state);

        public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
