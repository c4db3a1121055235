namespace Mirror.TestKit.Registry;

/// <summary>Time that a slowed registry takes. The source is slow: no test waits here for something.</summary>
internal static class Pause
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    public static async Task PassAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (time < Shortest)
        {
            return;
        }

        using PeriodicTimer timer = new(time);
        await timer.WaitForNextTickAsync(cancellationToken);
    }
}
