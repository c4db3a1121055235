namespace Mirror.Engine.Tests.Bundles;

/// <summary>A clock that goes on by a fixed step each time it is looked at.</summary>
internal sealed class TickingTime(TimeSpan step) : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref _ticks, step.Ticks);
}
