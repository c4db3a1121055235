namespace Mirror.Benchmarks.Measuring;

/// <summary>Looks at something again and again while a program runs.</summary>
internal static class Sampling
{
    /// <summary>Looks at once, then in that interval, until it is cancelled.</summary>
    public static async Task RunAsync(TimeSpan interval, Action look, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(interval);
        do
        {
            look();
        }
        while (await NextAsync(timer, cancellationToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
