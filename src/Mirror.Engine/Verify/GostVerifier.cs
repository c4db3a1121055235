using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mirror.Engine.Bundles;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Verify;

/// <summary>
/// Compares every file of some archives with the GOST sum beside it (spec/bundle-and-push.md 2.1). A file without a sum
/// is a fault, and so is a sum without its file: it may be all that is left of an archive.
/// </summary>
internal sealed class GostVerifier(IDisk disk, TimeProvider time, EventSink events)
{
    private readonly ConcurrentBag<Fault> _faults = [];

    /// <summary>Verifies.</summary>
    /// <param name="archives">The archives.</param>
    /// <param name="directory">A folder that is looked through for sums without a file; empty: none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The files with their sums.</returns>
    /// <exception cref="MirrorException">D8M7004 to D8M7007, all at once.</exception>
    public async Task<ImmutableArray<SummedFile>> VerifyAsync(
        ImmutableArray<StoredArchive> archives, string? directory, CancellationToken cancellationToken)
    {
        AddOrphans(directory);
        ImmutableArray<SummedFile> files =
            [.. archives.SelectMany(archive => archive.Files, Expect).OfType<SummedFile>()];
        ProgressMeter progress = new(files.Sum(file => file.Bytes), files.Length, "files hashed", time, events);
        await DiskWork.RunAsync(files, Compare, cancellationToken).ConfigureAwait(false);
        progress.Report();
        return _faults.IsEmpty
            ? files
            : throw new MirrorException([.. _faults.OrderBy(fault => fault.Message, StringComparer.Ordinal)]);

        void Compare(SummedFile file, CancellationToken token)
        {
            string actual = GostSums.Compute(disk, file.Path, progress.Moved, token);
            if (actual != file.Sum)
            {
                _faults.Add(new Fault(
                    FaultCode.GostSumWrong,
                    $"{file.Name} has the GOST sum {actual}; {BundleNames.Sum(file.Name)} says {file.Sum}.",
                    "Copy the file again, together with its sum; if it stays, pull it again."));
            }

            progress.ItemDone();
        }
    }

    private SummedFile? Expect(StoredArchive archive, string file)
    {
        BundleFolder folder = new(disk, archive.Directory);
        if (folder.Read(BundleNames.Sum(file)) is not { } content)
        {
            _faults.Add(new Fault(
                FaultCode.GostSumMissing,
                $"{file} has no GOST sum: {BundleNames.Sum(file)} is not there.",
                "Copy the sum to its file, or pull with GostDigest (D8MirrorGostDigest)."));
            return null;
        }

        if (GostSums.Parse(content, file) is not { } sum)
        {
            _faults.Add(new Fault(
                FaultCode.GostSumMalformed,
                $"{BundleNames.Sum(file)} holds no GOST sum of {file}: neither 64 hex digits nor a list with it.",
                "Copy the sum again from where it was made. d8, gost12sum, rhash and openssl write what is read."));
            return null;
        }

        return new SummedFile(file, archive.PathOf(file), folder.LengthOf(file), sum);
    }

    private void AddOrphans(string? directory)
    {
        if (string.IsNullOrEmpty(directory) || !disk.DirectoryExists(directory))
        {
            return;
        }

        foreach (string file in new BundleFolder(disk, directory).List()
            .Select(BundleNames.SummedBy).OfType<string>()
            .Where(file => !disk.FileExists(Path.Combine(directory, file))))
        {
            _faults.Add(new Fault(
                FaultCode.GostSumOrphan,
                $"{BundleNames.Sum(file)} is there, but {file} is not.",
                "Copy the missing file, or remove the sum if the file is not wanted."));
        }
    }
}
