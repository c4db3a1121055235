using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mirror.Engine.Errors;
using Mirror.Engine.Hashing;

namespace Mirror.Engine.Bundles;

/// <summary>
/// The GOST sums of archives that were in the folder before the run and are kept: taken over where the file was not
/// written to since, else computed.
/// </summary>
internal sealed class KeptSums
{
    private readonly BundleFolder _folder;
    private readonly ConcurrentDictionary<string, string> _sums = new(StringComparer.Ordinal);
    private readonly List<(ArchivePart File, string? Known)> _doubtful = [];

    /// <summary>Looks what lies beside the files of these archives.</summary>
    public KeptSums(BundleFolder folder, IEnumerable<ArchiveLayout> layouts)
    {
        _folder = folder;
        foreach (ArchivePart file in layouts.SelectMany(layout => layout.Parts))
        {
            string name = BundleNames.Sum(file.Name);
            string? known = folder.Read(name) is { } content ? GostSums.Parse(content, file.Name) : null;
            if (known is not null && folder.WrittenAt(file.Name) <= folder.WrittenAt(name))
            {
                _sums[file.Name] = known;
            }
            else
            {
                _doubtful.Add((file, known));
            }
        }
    }

    /// <summary>How many bytes have to be hashed.</summary>
    public long Left => _doubtful.Sum(file => file.File.Length);

    /// <summary>Computes what is not known: the sums by file.</summary>
    /// <exception cref="MirrorException">
    /// D8M7004: a file that was written to since has another sum than it had.
    /// </exception>
    public async Task<ImmutableDictionary<string, string>> CompleteAsync(
        GostHasher hasher, Action<int> report, CancellationToken cancellationToken)
    {
        ConcurrentBag<Fault> faults = [];
        await new GostFiles(_folder.Disk, hasher, report)
            .ComputeAsync([.. _doubtful.Select(file => _folder.PathOf(file.File.Name))], Done, cancellationToken)
            .ConfigureAwait(false);
        return faults.IsEmpty
            ? _sums.ToImmutableDictionary(StringComparer.Ordinal)
            : throw new MirrorException([.. faults.OrderBy(fault => fault.Message, StringComparer.Ordinal)]);

        void Done(int index, string sum)
        {
            string name = _doubtful[index].File.Name;
            _sums[name] = sum;
            if (_doubtful[index].Known is { } known && known != sum)
            {
                faults.Add(new Fault(
                    FaultCode.GostSumWrong,
                    $"{name} was to be kept, but it was written to after its GOST sum was: that is {sum} now, and "
                        + $"{BundleNames.Sum(name)} says {known}.",
                    "See by D8MirrorVerify what is wrong with it; delete the archive and pull again."));
            }
        }
    }
}
