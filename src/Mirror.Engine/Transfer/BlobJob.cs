using System.Security.Cryptography;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Streams;

namespace Mirror.Engine.Transfer;

/// <summary>
/// Moves one blob: goes on at the byte that was reached when an end breaks, verifies, seals, until the sink has it
/// everywhere. Progress resets the attempts; only five in a row that bring nothing end the run.
/// </summary>
internal sealed class BlobJob(
    IContentSource source,
    IContentSink sink,
    ProgressMeter progress,
    TimeProvider time,
    Random random,
    EventSink events)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <exception cref="MirrorException">D8M5001 to D8M5003, D8M7001, or what the ends throw.</exception>
    public async Task RunAsync(PlannedBlob blob, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(blob.Digest.HashName);
        for (bool isRepeat = false; ; isRepeat = true)
        {
            HeldContent held = await sink.HeldAsync(blob, hash, cancellationToken).ConfigureAwait(false);
            if (held.IsSealed)
            {
                progress.Held(isRepeat ? 0 : held.Bytes);
                progress.ItemDone();
                events.Decision($"{blob.Digest} is there ({ByteCount.Format(blob.Size)}).");
                return;
            }

            // Again only where a sink has several places, and one of them wants the bytes for itself.
            progress.Held(held.Bytes - (isRepeat ? blob.Size : 0));
            await CopyVerifiedAsync(blob, held.Bytes, hash, cancellationToken).ConfigureAwait(false);
            await sink.SealAsync(blob, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Damaged on the way or in what was held: worth one more look, from the first byte.</summary>
    private async Task CopyVerifiedAsync(
        PlannedBlob blob, long from, IncrementalHash hash, CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync(blob, from, hash, cancellationToken).ConfigureAwait(false);
        }
        catch (ContentMismatchException first)
        {
            events.Cause(from == blob.Size && from > 0
                ? $"What an earlier run left of {blob.Digest} has become {first.Actual}; downloading it again."
                : $"Digest mismatch for {blob.Digest} (received {first.Actual}); retrying from the start.");
            await sink.RejectAsync(blob, cancellationToken).ConfigureAwait(false);
            progress.Held(-blob.Size);
            try
            {
                await CopyAsync(blob, 0, hash, cancellationToken).ConfigureAwait(false);
            }
            catch (ContentMismatchException second)
            {
                await sink.RejectAsync(blob, cancellationToken).ConfigureAwait(false);
                throw new MirrorException(source.Mismatch(blob, second.Actual), second);
            }
        }
    }

    private async Task CopyAsync(PlannedBlob blob, long from, IncrementalHash hash, CancellationToken cancellationToken)
    {
        if (from > 0 && from == blob.Size)
        {
            Prove(blob, hash);
            return;
        }

        MirrorException? broken = null;
        await ContinuedCopy.RunAsync(from, CopyRestAsync, PauseAsync).ConfigureAwait(false);

        async Task<(long Reached, MirrorException? Failure)> CopyRestAsync(long offset)
        {
            (long bytes, broken) = await CopyOnceAsync(blob, offset, hash, cancellationToken).ConfigureAwait(false);
            if (offset + bytes == blob.Size && (broken is null || sink.KeepsPartial))
            {
                return (blob.Size, null);
            }

            long reached = sink.KeepsPartial ? offset + bytes : StartOver(bytes, hash);
            return (reached, broken ?? new MirrorException(TransferFaults.EndsEarly(blob, reached)));
        }

        Task PauseAsync(long offset, int fruitless)
        {
            events.Cause(
                $"Transfer of {blob.Digest} was interrupted; resuming at byte {offset} of {blob.Size}"
                    + $"{(broken is null ? "." : $": {broken.Message}")}");
            return Task.Delay(Pause(fruitless), time, cancellationToken);
        }
    }

    private async Task<(long Bytes, MirrorException? Failure)> CopyOnceAsync(
        PlannedBlob blob, long offset, IncrementalHash hash, CancellationToken cancellationToken)
    {
        // Opening has retries of its own; what is continued here is a body that broke. Nothing is known without asking.
        Stream content = blob.Size == 0
            ? Stream.Null
            : await source.OpenAsync(blob, offset, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            MeteredStream metered = new(content, blob, offset, hash, progress);
            await using (metered.ConfigureAwait(false))
            {
                try
                {
                    await sink.WriteAsync(blob, offset, metered, cancellationToken).ConfigureAwait(false);
                    return (metered.Count, null);
                }
                catch (MirrorException failure)
                    when (source.MayContinueAfter(failure) || sink.MayContinueAfter(failure))
                {
                    return (metered.Count, failure);
                }
            }
        }
    }

    private long StartOver(long bytes, IncrementalHash hash)
    {
        hash.GetHashAndReset();
        progress.Held(-bytes);
        return 0;
    }

    private static void Prove(PlannedBlob blob, IncrementalHash hash)
    {
        Digest actual = blob.Digest.SameAlgorithm(hash.GetHashAndReset());
        if (actual != blob.Digest)
        {
            throw new ContentMismatchException(actual);
        }
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
}
