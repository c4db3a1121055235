namespace Mirror.Engine.Registry.Writing;

/// <summary>
/// The largest body that something in front of the registry takes, learnt from refusals (413) and kept for the run.
/// </summary>
internal sealed class BodyLimit
{
    /// <summary>Below this, pieces are so many that a limit is told instead.</summary>
    public const long Smallest = 64 * 1024;

    private const long Largest = 32 * 1024 * 1024;

    private long _bytes = long.MaxValue;
    private volatile bool _isExhausted;

    /// <summary>The largest body to send; without a refusal there is none too large.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Whether a smaller body than the last one that was refused is left to try.</summary>
    public bool MayGoLower => Bytes != long.MaxValue && !_isExhausted;

    /// <summary>Learns that a body was refused.</summary>
    /// <returns>Whether there is a smaller size left to try, perhaps one that another upload has found
    /// already.</returns>
    public bool Lower(long refused)
    {
        long current = Bytes;
        if (refused > current)
        {
            return true;
        }

        if (refused <= Smallest)
        {
            _isExhausted = true;
            return false;
        }

        // Limits are powers of two as a rule, so a fourth of what was too large is soon below.
        long next = long.Clamp(refused / 4 / Smallest * Smallest, Smallest, Largest);
        Interlocked.CompareExchange(ref _bytes, next, current);
        return true;
    }
}
