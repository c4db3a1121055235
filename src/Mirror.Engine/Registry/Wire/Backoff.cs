using System.Diagnostics.CodeAnalysis;

namespace Mirror.Engine.Registry.Wire;

/// <summary>Pauses that double from one second to one minute, each drawn at random from its whole range.</summary>
internal sealed class Backoff(Random random)
{
    private const double FirstSeconds = 1;
    private const double LastSeconds = 60;
    private readonly Lock _gate = new();

    /// <param name="attempt">How many attempts failed before the last one.</param>
    [SuppressMessage("Security", "CA5394", Justification = "Spreads pauses; protects nothing.")]
    public TimeSpan Next(int attempt)
    {
        double range = Math.Min(FirstSeconds * Math.Pow(2, attempt), LastSeconds);

        // A seeded Random is not safe for concurrent use.
        lock (_gate)
        {
            return TimeSpan.FromSeconds(range * random.NextDouble());
        }
    }
}
