using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles;

/// <summary>The GOST sums, by file, of archives that are written and not yet published.</summary>
internal static class ArchiveSums
{
    /// <summary>Computes them; the sum beside a file that is kept is taken over if it is one.</summary>
    public static async Task<ImmutableDictionary<string, string>> ComputeAsync(
        BundleFolder folder,
        ImmutableArray<ArchiveLayout> layouts,
        ImmutableHashSet<string> kept,
        Action<int> report,
        CancellationToken cancellationToken)
    {
        ConcurrentDictionary<string, string> sums = new(StringComparer.Ordinal);
        await DiskWork.RunAsync(
            [.. layouts.SelectMany(
                layout => layout.Parts, (layout, part) => (Part: part, IsKept: kept.Contains(layout.Name)))],
            Add,
             cancellationToken).ConfigureAwait(false);
        return sums.ToImmutableDictionary(StringComparer.Ordinal);

        void Add((ArchivePart Part, bool IsKept) file, CancellationToken token)
        {
            sums[file.Part.Name] = (file.IsKept ? Known(folder, file.Part.Name) : null) ?? GostSums.Compute(
                folder.Disk,
                folder.PathOf(file.IsKept ? file.Part.Name : file.Part.StagedName),
                report,
                token);
        }
    }

    private static string? Known(BundleFolder folder, string file) =>
        folder.Read(BundleNames.Sum(file)) is { } content ? GostSums.Parse(content, file) : null;
}
