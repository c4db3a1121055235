namespace Mirror.Engine.Disk;

/// <summary>
/// Reads and hashes on threads of its own, as many at a time as there are processors: on the thread pool this would
/// starve the host's timers and network.
/// </summary>
internal static class DiskWork
{
    /// <summary>Does all pieces of work; the first exception ends the rest.</summary>
    public static async Task RunAsync<T>(
        IReadOnlyList<T> pieces, Action<T, CancellationToken> work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource failing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int next = -1;
        int threads = int.Min(pieces.Count, Environment.ProcessorCount);
        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
            Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)))
            .ConfigureAwait(false);

        void Work()
        {
            try
            {
                int index;
                while (!failing.IsCancellationRequested && (index = Interlocked.Increment(ref next)) < pieces.Count)
                {
                    work(pieces[index], failing.Token);
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Another thread failed, and its exception is the one to see.
            }
            catch
            {
                failing.Cancel();
                throw;
            }
        }
    }
}
