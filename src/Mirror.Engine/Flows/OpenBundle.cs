using System.Collections.Immutable;
using Mirror.Engine.Bundles;
using Mirror.Engine.Disk;
using Mirror.Engine.Report;

namespace Mirror.Engine.Flows;

/// <summary>A bundle that a verb reads: its archives, found, opened and checked.</summary>
internal sealed class OpenBundle : IDisposable
{
    private readonly IDisk _disk;

    private OpenBundle(IDisk disk, ImmutableArray<StoredArchive> archives, BundleReader reader)
    {
        _disk = disk;
        Archives = archives;
        Reader = reader;
    }

    public ImmutableArray<StoredArchive> Archives { get; }

    public BundleReader Reader { get; }

    public static async Task<OpenBundle> OpenAsync(
        IDisk disk, ImmutableArray<StoredArchive> archives, CancellationToken cancellationToken)
    {
        using DiskThread thread = new("bundle reader");
        return new OpenBundle(disk, archives, await thread.RunAsync(
            () => BundleReader.Open(disk, archives, cancellationToken)).ConfigureAwait(false));
    }

    /// <summary>What a run read, for people: the folder, or the only archive.</summary>
    public static string NameOf(string? directory, ImmutableArray<StoredArchive> archives) =>
        !string.IsNullOrEmpty(directory) ? directory
        : archives.Length == 1 ? archives[0].PathOf(archives[0].Name)
        : $"{archives.Length} archives";

    /// <summary>The files of the archives with their sizes.</summary>
    public ImmutableArray<ReportedFile> FilesOf(ImmutableDictionary<string, string> sums) =>
    [
        .. from pair in Archives.Zip(Reader.Content, (archive, content) => (Archive: archive, Content: content))
           from file in pair.Archive.Files
           let path = pair.Archive.PathOf(file)
           let bytes = new BundleFolder(_disk, pair.Archive.Directory).LengthOf(file)
           select new ReportedFile(file, path, bytes, pair.Content.Layouts.Sum(layout => layout.Images.Length))
           {
               GostDigest = sums.GetValueOrDefault(path),
           },
    ];

    public void Dispose() => Reader.Dispose();
}
