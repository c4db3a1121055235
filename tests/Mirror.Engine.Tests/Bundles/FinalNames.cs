using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Disk;
using Mirror.Engine.Events;
using Mirror.Engine.Hashing;
using Mirror.Engine.Verify;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>
/// The oracle of crashes: every archive that has its final name (a chunk set: as soon as its first chunk has) is read
/// in full, must verify, and must be one of some whole bundles byte for byte, as must what lies beside it.
/// </summary>
/// <param name="wholes">The files of the earlier bundle, if there is one, and of the new one.</param>
internal sealed class FinalNames(params ImmutableArray<SortedDictionary<string, byte[]>> wholes)
{
    private const string Directory = "/bundle";

    private readonly ImmutableArray<SortedDictionary<string, byte[]>> _joined =
        [.. wholes.Select(BundleRun.Joined)];

    /// <summary>What was found in these very files before; sweeps see few contents, and each of them often.</summary>
    private readonly Dictionary<Digest, IReadOnlyList<string>> _known = [];

    /// <summary>How many archives were found whole and true so far.</summary>
    public int Seen { get; private set; }

    /// <summary>What is untrue of what lies on the disk now; nothing, if all is well.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(SimulatedDisk disk)
    {
        SortedDictionary<string, byte[]> files = disk.Files();
        List<string> problems = [];
        foreach (string archive in files.Keys.Select(BundleNames.ArchiveOf).OfType<string>().Distinct())
        {
            bool isWhole = files.ContainsKey(archive);
            bool isSet = files.ContainsKey(new ChunkName(archive, 0).FileName);
            if (isWhole && isSet)
            {
                problems.Add($"{archive} is there whole and in chunks");
            }
            else if (isWhole || isSet)
            {
                ImmutableArray<string> names = isWhole
                    ? [archive]
                    : [.. files.Keys.Where(name => ChunkName.Parse(name)?.Archive == archive)];
                StoredArchive stored = new(archive, Directory, names);
                Digest key = KeyOf(files.Where(file =>
                    names.Contains(BundleNames.SummedBy(file.Key) ?? file.Key)
                        || file.Key == BundleNames.Inventory(archive)));
                if (!_known.TryGetValue(key, out IReadOnlyList<string>? known))
                {
                    _known.Add(key, known = await ProblemsAsync(disk, files, stored));
                }

                problems.AddRange(known);
                Seen++;
            }
        }

        // A folder that says of itself that it is unfinished may lack files or have earlier ones, but no others.
        problems.AddRange(files.Where(file => Path.GetExtension(file.Key) is ".json" or ".yaml")
            .Where(file => !wholes.Any(whole => Same(whole.GetValueOrDefault(file.Key), file.Value)))
            .Select(file => $"{file.Key} is of no whole bundle"));
        return problems;
    }

    private static Digest KeyOf(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, byte[] content) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {content.Length}\n"));
            hash.AppendData(content);
        }

        return Digest.FromSha256(hash.GetHashAndReset());
    }

    private static bool Same(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

    private async Task<IReadOnlyList<string>> ProblemsAsync(
        SimulatedDisk disk, SortedDictionary<string, byte[]> files, StoredArchive archive)
    {
        byte[] content = [.. archive.Files.SelectMany(name => files[name])];
        string inventory = BundleNames.Inventory(archive.Name);
        int[] same = [.. Enumerable.Range(0, wholes.Length)
            .Where(index => Same(_joined[index].GetValueOrDefault(archive.Name), content))];
        List<string> problems = [];
        if (same.Length == 0)
        {
            problems.Add($"{archive.Label} is neither the earlier archive nor the new one");
        }

        if (files.TryGetValue(inventory, out byte[]? found)
            && !same.Any(index => Same(wholes[index].GetValueOrDefault(inventory), found)))
        {
            problems.Add($"{inventory} is not that of {archive.Label} beside it");
        }

        problems.AddRange(archive.Files
            .Where(name => files.TryGetValue(BundleNames.Sum(name), out byte[]? sum)
                && GostSums.Parse(sum, name) != Streebog.ComputeHex(files[name]))
            .Select(name => $"{BundleNames.Sum(name)} is not that of {name} beside it"));
        problems.AddRange((await FaultsAsync(disk, archive)).Select(fault => $"{fault.Code}: {fault.Message}"));
        return problems;
    }

    /// <summary>What the engine's verification finds.</summary>
    private static async Task<IReadOnlyList<Fault>> FaultsAsync(IDisk disk, StoredArchive archive)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        try
        {
            using BundleReader reader = BundleRun.Open(disk, [archive], cancellation);
            BundleVerifier verifier = new(TimeProvider.System, new EventSink(null));
            return
            [
                .. reader.Warnings,
                .. new BundleRecords(disk).FileDifferences(archive),
                .. new BundleRecords(disk).Differences(archive, reader.Content[0]),
                .. (await verifier.VerifyAsync(reader, cancellation)).Faults,
            ];
        }
        catch (MirrorException exception)
        {
            return exception.Faults;
        }
    }
}
