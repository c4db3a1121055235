using Mirror.Engine.Bundles.Format;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>The archives of a bundle that are written; while they fill, they are flushed in the background.</summary>
internal sealed class ArchiveFiles : IDisposable
{
    private readonly FlushSchedule _flushes;

    public ArchiveFiles(BundleFolder folder, IEnumerable<ArchiveLayout> layouts, TimeProvider time)
    {
        _flushes = new FlushSchedule(time, Flush);
        All = [.. layouts.Select(layout => new ArchiveFile(folder, layout, _flushes))];
    }

    public ImmutableArray<ArchiveFile> All { get; }

    /// <summary>Proves that nothing is missing (D8M9001), then flushes. Only when nobody writes any longer.</summary>
    public void Complete(CancellationToken cancellationToken)
    {
        _flushes.Complete();
        foreach (ArchiveFile file in All)
        {
            file.DemandComplete();
        }

        foreach (ArchiveFile file in All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            file.FlushAll();
        }
    }

    /// <summary>Flushes what was written, so that the next run need not fetch it, and closes the files.</summary>
    public void Dispose()
    {
        try
        {
            _flushes.Dispose();
            Flush();
        }
        catch (MirrorException)
        {
            // The run has ended, and its own failure is the one to tell. The next run fetches more than it had to.
        }
        finally
        {
            foreach (ArchiveFile file in All)
            {
                file.Dispose();
            }
        }
    }

    private void Flush()
    {
        foreach (ArchiveFile file in All)
        {
            file.Flush();
        }
    }
}
