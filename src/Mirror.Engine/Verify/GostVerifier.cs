using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Hashing;

namespace Mirror.Engine.Verify;

/// <summary>
/// Compares every file of some archives with the GOST sum beside it (docs/behaviour/push-and-bundle.md#gost-checksums).
/// A file without a sum is a fault, and so is a sum without its file: it may be all that is left of an archive.
/// </summary>
internal sealed class GostVerifier(IDisk disk, GostHasher hasher, TimeProvider time, EventSink events)
{
    /// <summary>
    /// Compares each file with its GOST checksum. A folder, if one is given, is looked through for sums without a file.
    /// </summary>
    /// <returns>The files with their sums.</returns>
    /// <exception cref="MirrorException">D8M7004 to D8M7007, all at once.</exception>
    public async Task<ImmutableArray<SummedFile>> VerifyAsync(
        ImmutableArray<StoredArchive> archives, string? directory, CancellationToken cancellationToken)
    {
        ImmutableArray<SummedFile> files =
            await CheckAsync(archives, directory, cancellationToken).ConfigureAwait(false);
        ImmutableArray<Fault> faults = [.. files.Select(file => file.Fault).OfType<Fault>()];
        return faults.IsEmpty ? files : throw new MirrorException(faults);
    }

    /// <summary>As <see cref="VerifyAsync"/>, but what is wrong is told with its file.</summary>
    /// <returns>The files and the sums without a file, by name.</returns>
    public async Task<ImmutableArray<SummedFile>> CheckAsync(
        ImmutableArray<StoredArchive> archives, string? directory, CancellationToken cancellationToken)
    {
        SummedFile[] files =
        [
            .. archives.SelectMany(archive => archive.Files, Expect).Concat(Orphans(directory))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .ThenBy(file => file.Path, StringComparer.Ordinal),
        ];
        int[] comparable =
        [
            .. Enumerable.Range(0, files.Length).Where(index => files[index].Expected is not null)
                .OrderByDescending(index => files[index].Bytes),
        ];
        ProgressMeter progress = new(
            comparable.Sum(index => files[index].Bytes), comparable.Length, "files", time, events);
        await new GostFiles(disk, hasher, progress.Moved)
            .ComputeAsync([.. comparable.Select(index => files[index].Path)], Compare, cancellationToken)
            .ConfigureAwait(false);
        progress.Report();
        return [.. files];

        void Compare(int number, string actual)
        {
            SummedFile file = files[comparable[number]];
            files[comparable[number]] = file with
            {
                Actual = actual,
                Fault = actual == file.Expected ? null : new Fault(
                    FaultCode.GostSumWrong,
                    $"{file.Name} has the GOST sum {actual}; {BundleNames.Sum(file.Name)} says {file.Expected}.",
                    "Copy the file again, together with its checksum file; if the problem persists, pull it again."),
            };
            progress.ItemDone();
        }
    }

    private SummedFile Expect(StoredArchive archive, string name)
    {
        BundleFolder folder = new(disk, archive.Directory);
        SummedFile file = new(name, archive.PathOf(name), folder.LengthOf(name));
        if (folder.Read(BundleNames.Sum(name)) is not { } content)
        {
            return file with
            {
                Fault = new Fault(
                    FaultCode.GostSumMissing,
                    $"{name} has no GOST sum: {BundleNames.Sum(name)} does not exist.",
                    $"Copy the checksum file next to it, or pull with {SettingName.GostDigest}."),
            };
        }

        return GostSums.Parse(content, name) is { } sum
            ? file with { Expected = sum }
            : file with
            {
                Fault = new Fault(
                    FaultCode.GostSumMalformed,
                    $"{BundleNames.Sum(name)} holds no GOST sum of {name}: neither 64 hex digits nor a list with it.",
                    "Copy the checksum file again from where it was created. Files of d8, gost12sum, rhash and openssl "
                        + "are understood."),
            };
    }

    private IEnumerable<SummedFile> Orphans(string? directory) =>
        string.IsNullOrEmpty(directory) || !disk.DirectoryExists(directory)
            ? []
            : new BundleFolder(disk, directory).List()
                .Select(BundleNames.SummedBy).OfType<string>()
                .Where(file => !disk.FileExists(Path.Combine(directory, file)))
                .Select(file => new SummedFile(file, Path.Combine(directory, file), 0)
                {
                    Fault = new Fault(
                        FaultCode.GostSumOrphan,
                        $"{BundleNames.Sum(file)} exists, but {file} does not.",
                        "Copy the missing file, or remove the checksum file if you do not need the file."),
                });
}

/// <summary>A file (0 bytes when it is not there), the GOST sum beside it and the one it has.</summary>
internal sealed record SummedFile(string Name, string Path, long Bytes)
{
    /// <summary>What the sum file says; <see langword="null"/>: there is none that can be read.</summary>
    public string? Expected { get; init; }

    /// <summary>What the file has; <see langword="null"/>: not computed, for there is nothing to compare.</summary>
    public string? Actual { get; init; }

    /// <summary>What is wrong; <see langword="null"/>: the sum is true.</summary>
    public Fault? Fault { get; init; }
}
