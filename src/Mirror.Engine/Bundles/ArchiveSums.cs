using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles;

/// <summary>The GOST sums of archives that are written and not yet published.</summary>
internal static class ArchiveSums
{
    /// <summary>Computes them; the sum beside an archive that is kept is taken over if it is one.</summary>
    public static async Task<ImmutableDictionary<string, string>> ComputeAsync(
        BundleFolder folder,
        ImmutableArray<ArchiveLayout> layouts,
        ImmutableHashSet<string> kept,
        Action<int> report,
        CancellationToken cancellationToken)
    {
        ConcurrentDictionary<string, string> sums = new(StringComparer.Ordinal);
        await DiskWork.RunAsync(layouts, Add, cancellationToken).ConfigureAwait(false);
        return sums.ToImmutableDictionary(StringComparer.Ordinal);

        void Add(ArchiveLayout layout, CancellationToken token)
        {
            bool isKept = kept.Contains(layout.Name);
            sums[layout.Name] = (isKept ? Known(folder, layout.Name) : null) ?? GostSums.Compute(
                folder.Disk,
                folder.PathOf(isKept ? layout.Name : BundleNames.Part(layout.Name)),
                report,
                token);
        }
    }

    private static string? Known(BundleFolder folder, string archive) =>
        folder.Read(BundleNames.Sum(archive)) is { } content ? GostSums.Parse(content) : null;
}
