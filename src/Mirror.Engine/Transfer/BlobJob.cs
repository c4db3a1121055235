using System.Security.Cryptography;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Transfer;

/// <summary>
/// Moves one blob: goes on at the byte that was reached when the source breaks, verifies, seals. Progress resets the
/// attempts; only five in a row that bring nothing end the run.
/// </summary>
internal sealed class BlobJob(
    IContentSource source,
    IContentSink sink,
    TransferProgress progress,
    TimeProvider time,
    Random random,
    EventSink events)
{
    private const int FruitlessAttempts = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Moves the blob.</summary>
    /// <exception cref="MirrorException">D8M5001, D8M5003, or what the ends throw.</exception>
    public async Task RunAsync(PlannedBlob blob, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(blob.Digest.HashName);
        HeldContent held = await sink.HeldAsync(blob, hash, cancellationToken).ConfigureAwait(false);
        progress.Held(held.Bytes);
        if (held.IsSealed)
        {
            progress.BlobDone(blob);
            return;
        }

        await CopyAsync(blob, held.Bytes, hash, cancellationToken).ConfigureAwait(false);
        if (!Matches(blob, hash, out Digest first))
        {
            // Damaged on the way or in what was held: worth one more look, from the first byte.
            await StartOverAsync(blob, first, cancellationToken).ConfigureAwait(false);
            await CopyAsync(blob, 0, hash, cancellationToken).ConfigureAwait(false);
            if (!Matches(blob, hash, out Digest second))
            {
                await sink.RejectAsync(blob, cancellationToken).ConfigureAwait(false);
                throw new MirrorException(TransferFaults.DigestMismatch(blob, second));
            }
        }

        await sink.SealAsync(blob, cancellationToken).ConfigureAwait(false);
        progress.BlobDone(blob);
    }

    private static bool Matches(PlannedBlob blob, IncrementalHash hash, out Digest actual)
    {
        actual = blob.Digest.SameAlgorithm(hash.GetHashAndReset());
        return actual == blob.Digest;
    }

    /// <summary>Grows with each attempt that brought nothing; jitter keeps workers from knocking together.</summary>
    private TimeSpan Pause(int fruitless)
    {
        // An instance of Random is not safe for concurrent use.
        lock (random)
        {
            return FirstPause * double.Pow(2, fruitless) * (0.5 + (random.NextDouble() / 2));
        }
    }

    private async Task StartOverAsync(PlannedBlob blob, Digest actual, CancellationToken cancellationToken)
    {
        events.Cause($"{blob.Digest} arrived as {actual}; it is read once more.");
        await sink.RejectAsync(blob, cancellationToken).ConfigureAwait(false);
        progress.Held(-blob.Size);
    }

    private async Task CopyAsync(PlannedBlob blob, long from, IncrementalHash hash, CancellationToken cancellationToken)
    {
        long done = from;
        int fruitless = 0;
        while (done < blob.Size)
        {
            (long bytes, MirrorException? failure) = await CopyOnceAsync(blob, done, hash, cancellationToken)
                .ConfigureAwait(false);
            done += bytes;
            if (done > blob.Size)
            {
                throw new MirrorException(TransferFaults.SizeMismatch(blob, done));
            }

            fruitless = bytes > 0 ? 0 : fruitless + 1;
            if (done == blob.Size)
            {
                return;
            }

            if (fruitless == FruitlessAttempts)
            {
                throw failure ?? new MirrorException(TransferFaults.EndsEarly(blob, done));
            }

            events.Cause(
                $"{blob.Digest} stopped at byte {done} of {blob.Size} and goes on there"
                    + $"{(failure is null ? "." : $": {failure.Message}")}");
            await Task.Delay(Pause(fruitless), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(long Bytes, MirrorException? Failure)> CopyOnceAsync(
        PlannedBlob blob, long offset, IncrementalHash hash, CancellationToken cancellationToken)
    {
        // Opening has retries of its own; what is continued here is a body that broke.
        Stream content = await source.OpenAsync(blob, offset, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            MeteredStream metered = new(content, hash, progress);
            await using (metered.ConfigureAwait(false))
            {
                try
                {
                    await sink.WriteAsync(blob, offset, metered, cancellationToken).ConfigureAwait(false);
                    return (metered.Count, null);
                }
                catch (MirrorException failure) when (source.MayContinueAfter(failure))
                {
                    return (metered.Count, failure);
                }
            }
        }
    }
}
