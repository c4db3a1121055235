using System.Runtime.ExceptionServices;

namespace Mirror.Engine.Streams;

/// <summary>
/// Moves content that may break on the way: continues at the byte that was reached, and counts attempts anew whenever
/// some bytes came. Only <see cref="FruitlessAttempts"/> in a row that bring nothing end it.
/// </summary>
internal static class ContinuedCopy
{
    public const int FruitlessAttempts = 5;

    /// <summary>Moves everything from an offset on.</summary>
    /// <param name="from">The offset of the first byte.</param>
    /// <param name="attempt">
    /// Moves what it can from an offset on. Returns the offset that was reached, and what went wrong;
    /// <see langword="null"/>: nothing is left to move. What it throws is final.
    /// </param>
    /// <param name="pause">
    /// Waits before the next attempt. Gets its offset, and how many attempts in a row have brought nothing.
    /// </param>
    /// <exception cref="MirrorException">What the last attempt returned.</exception>
    public static async Task RunAsync(
        long from, Func<long, Task<(long Reached, MirrorException? Failure)>> attempt, Func<long, int, Task> pause)
    {
        long offset = from;
        for (int fruitless = 0; ;)
        {
            (long reached, MirrorException? failure) = await attempt(offset).ConfigureAwait(false);
            if (failure is null)
            {
                return;
            }

            fruitless = reached > offset ? 0 : fruitless + 1;
            offset = reached;
            if (fruitless == FruitlessAttempts)
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            await pause(offset, fruitless).ConfigureAwait(false);
        }
    }
}
