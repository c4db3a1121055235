using System.Diagnostics.CodeAnalysis;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Flows.Merging;

/// <summary>The bundles that are merged, and where each piece of content lies: in the newest that has it.</summary>
internal sealed class MergeFolders : IDisposable
{
    private const int Shown = 5;

    private readonly List<MergeFolder> _folders = [];

    private MergeFolders()
    {
    }

    /// <summary>The delta to complete.</summary>
    [NotNull]
    public MergeFolder? Newest { get; private set; }

    /// <summary>Opens the bundles and finds the newest delta among them.</summary>
    /// <exception cref="MirrorException">
    /// D8M1004: there is not exactly one delta that no other goes on from. D8M6201: none of them is a full bundle. Or
    /// everything that is wrong with one of them.
    /// </exception>
    public static async Task<MergeFolders> OpenAsync(
        IDisk disk, ImmutableArray<string> directories, WarningLog warnings, CancellationToken cancellationToken)
    {
        MergeFolders folders = new();
        try
        {
            foreach (string directory in directories)
            {
                OpenBundle bundle = await OpenBundle.DemandAsync(disk, directory, [], warnings, cancellationToken)
                    .ConfigureAwait(false);
                folders._folders.Add(new MergeFolder(directory, bundle));
            }

            folders.Order();
            return folders;
        }
        catch
        {
            folders.Dispose();
            throw;
        }
    }

    /// <summary>The bundle that has some content in its size; <see langword="null"/>: none has.</summary>
    public BundleReader? Find(PlannedBlob blob) => _folders.Select(folder => folder.Reader).FirstOrDefault(
        reader => reader.Holds(blob.Digest) && reader.Find(blob.Digest).Entry.Size == blob.Size);

    /// <summary>Whether some folder has each piece of content of a plan.</summary>
    /// <exception cref="MirrorException">D8M6202: what none has, by archive.</exception>
    public void Demand(MirrorPlan plan)
    {
        HashSet<Digest> missing =
            [.. plan.Blobs.Where(blob => Find(blob) is null).Select(blob => blob.Digest)];
        if (missing.Count == 0)
        {
            return;
        }

        throw new MirrorException(
        [
            .. from archive in plan.Archives
               let lacking = archive.Layouts.SelectMany(layout => layout.Blobs, (layout, blob) => (layout.Path, blob))
                   .Where(item => missing.Contains(item.blob.Digest)).ToArray()
               where lacking.Length > 0
               select new Fault(
                   FaultCode.MergeContentMissing,
                   $"{archive.Name} needs {ItemCount.Format(lacking.Length, "layers")} "
                       + $"({ByteCount.Format(lacking.Sum(item => item.blob.Size))}) that none of the folders has: "
                       + string.Join(", ", lacking.Take(Shown).Select(item =>
                           item.Path.Length == 0 ? $"{item.blob.Digest}" : $"{item.Path} {item.blob.Digest}"))
                       + (lacking.Length > Shown ? $" and {lacking.Length - Shown} more." : "."),
                   $"Name the bundle of state {StateId.Short(Newest.DeltaBase!)} in {SettingName.Mark("MergeFrom")} as "
                       + "well, and those between it and the delta."),
        ]);
    }

    public void Dispose() => _folders.ForEach(folder => folder.Bundle.Dispose());

    /// <summary>Puts the newest delta before the others, in which the order of the settings stays.</summary>
    private void Order()
    {
        MergeFolder[] deltas = [.. _folders.Where(folder => folder.DeltaBase is not null)];
        MergeFolder[] last =
        [
            .. deltas.Where(delta => !deltas.Any(other => other != delta && other.DeltaBase == delta.State)),
        ];
        if (last is not [var newest])
        {
            throw new MirrorException(NotOneNewest(deltas.Length == 0 ? [.. _folders] : last, deltas.Length == 0));
        }

        if (deltas.Length == _folders.Count)
        {
            throw new MirrorException(NoneIsFull());
        }

        Newest = newest;
        _folders.Remove(newest);
        _folders.Insert(0, newest);
    }

    private static Fault NotOneNewest(MergeFolder[] folders, bool isWithoutDelta) => new Fault(
        FaultCode.SettingsConflict,
        isWithoutDelta
            ? $"None of the bundles in {SettingName.Mark("MergeFrom")} is a delta: {string.Join("; ", [.. folders])}."
            : $"{SettingName.Mark("MergeFrom")} names several deltas, none of which goes on from another: "
                + $"{string.Join("; ", [.. folders])}.",
        isWithoutDelta
            ? "A full bundle needs no merge; name the delta to complete as well."
            : "Name one of them, with the bundles before it.") with
    {
        Settings = [new SettingReference("MergeFrom", folders[0].Directory)],
    };

    private Fault NoneIsFull() => new Fault(
        FaultCode.DeltaNotFull,
        $"All bundles in {SettingName.Mark("MergeFrom")} are deltas: {string.Join("; ", _folders)}.",
        "Name the full bundle that the first of them was made against as well.") with
    {
        Settings = [new SettingReference("MergeFrom", _folders[0].Directory)],
    };
}
