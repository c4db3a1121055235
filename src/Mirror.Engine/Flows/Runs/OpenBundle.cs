using System.Diagnostics.CodeAnalysis;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Flows.Runs;

/// <summary>A bundle that a verb reads: its archives, found, opened and checked.</summary>
internal sealed class OpenBundle(
    IDisk disk, ImmutableArray<StoredArchive> archives, BundleReader reader) : IDisposable
{
    public ImmutableArray<StoredArchive> Archives => archives;

    public BundleReader Reader => reader;

    /// <summary>Opens archives and compares the sound ones with their inventories.</summary>
    /// <returns>The archives that could be opened, and everything that is wrong.</returns>
    public static async Task<(OpenBundle Bundle, ImmutableArray<Fault> Faults)> OpenAsync(
        IDisk disk, ImmutableArray<StoredArchive> archives, CancellationToken cancellationToken)
    {
        using DiskThread thread = new("bundle reader");
        return await thread.RunAsync(() => Open(disk, archives, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Opens a bundle that must be whole: all archives that its records name, and all of them sound.</summary>
    /// <exception cref="MirrorException">Everything that is wrong with it.</exception>
    public static async Task<OpenBundle> DemandAsync(
        IDisk disk,
        string? directory,
        ImmutableArray<string> files,
        WarningLog warnings,
        CancellationToken cancellationToken)
    {
        BundleSet set = new(disk);
        ImmutableArray<StoredArchive> archives = set.Find(directory, files, cancellationToken);
        warnings.Add(set.Warnings);
        ImmutableArray<Fault> missing = new BundleRecords(disk).MissingArchives(directory, archives);
        (OpenBundle bundle, ImmutableArray<Fault> faults) =
            await OpenAsync(disk, archives, cancellationToken).ConfigureAwait(false);
        if (!faults.IsEmpty || !missing.IsEmpty)
        {
            bundle.Dispose();
            throw new MirrorException([.. missing, .. faults]);
        }

        warnings.Add(bundle.Reader.Warnings);
        return bundle;
    }

    /// <summary>What a run read, for people: the folder, or the only archive.</summary>
    public static string NameOf(string? directory, ImmutableArray<StoredArchive> archives) =>
        !string.IsNullOrEmpty(directory) ? directory
        : archives.Length == 1 ? archives[0].PathOf(archives[0].Name)
        : ItemCount.Format(archives.Length, "archives");

    /// <summary>The files of the archives with their sizes.</summary>
    public ImmutableArray<ReportedFile> FilesOf(ImmutableDictionary<string, string> sums) =>
    [
        .. from pair in archives.Zip(reader.Content, (archive, content) => (Archive: archive, Content: content))
           from file in pair.Archive.Files
           let path = pair.Archive.PathOf(file)
           let bytes = new BundleFolder(disk, pair.Archive.Directory).LengthOf(file)
           select new ReportedFile(file, path, bytes, pair.Content.Layouts.Sum(layout => layout.Images.Length))
           {
               GostDigest = sums.GetValueOrDefault(path),
           },
    ];

    public void Dispose() => reader.Dispose();

    [SuppressMessage("Reliability", "CA2000", Justification = "The bundle owns its reader.")]
    private static (OpenBundle Bundle, ImmutableArray<Fault> Faults) Open(
        IDisk disk, ImmutableArray<StoredArchive> archives, CancellationToken cancellationToken)
    {
        BundleRecords records = new(disk);
        List<Fault> faults = [.. archives.SelectMany(archive => records.FileDifferences(archive))];
        BundleReader reader = BundleReader.OpenSound(
            disk, archives, out ImmutableArray<Fault> damage, cancellationToken);
        foreach ((ArchiveReader archive, ArchiveContent content) in reader.Archives
            .Zip(reader.Content).Where(pair => pair.First.IsSound))
        {
            ImmutableArray<Fault> differences = records.Differences(archive.Archive, content);
            faults.AddRange(differences.IsEmpty ? records.FingerprintDifference(archive) : differences);
        }

        return (new OpenBundle(disk, archives, reader), BundleFaults.Told([.. faults, .. damage]));
    }
}
