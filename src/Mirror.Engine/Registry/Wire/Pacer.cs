namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// Spreads units (bytes, requests) over time. What is taken is paid for by waiting before the next is taken, so a
/// single large piece passes at once and those behind it wait.
/// </summary>
internal sealed class Pacer(long? perSecond, TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _free = DateTimeOffset.MinValue;

    /// <summary>Takes units; returns when all units taken before have had their time.</summary>
    public ValueTask TakeAsync(long units, CancellationToken cancellationToken)
    {
        if (perSecond is not { } rate || units <= 0)
        {
            return ValueTask.CompletedTask;
        }

        TimeSpan wait;
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            DateTimeOffset start = _free > now ? _free : now;
            _free = start + TimeSpan.FromSeconds((double)units / rate);
            wait = start - now;
        }

        return wait <= TimeSpan.Zero
            ? ValueTask.CompletedTask
            : new ValueTask(Task.Delay(wait, time, cancellationToken));
    }
}
