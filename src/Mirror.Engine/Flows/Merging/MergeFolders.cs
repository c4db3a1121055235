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

    private readonly ImmutableArray<MergeFolder> _folders;

    private MergeFolders(MergeFolder newest, IEnumerable<MergeFolder> older)
    {
        Newest = newest;
        _folders = [newest, .. older];
    }

    /// <summary>The delta to complete.</summary>
    public MergeFolder Newest { get; }

    /// <summary>Opens the bundles and finds the newest delta among them.</summary>
    /// <exception cref="MirrorException">
    /// D8M1004: there is not exactly one delta that no other goes on from. D8M6201: none of them is a full bundle. Or
    /// everything that is wrong with one of them.
    /// </exception>
    public static async Task<MergeFolders> OpenAsync(
        IDisk disk, ImmutableArray<string> directories, WarningLog warnings, CancellationToken cancellationToken)
    {
        List<MergeFolder> folders = [];
        List<Fault> faults = [];
        try
        {
            foreach (string directory in directories)
            {
                try
                {
                    OpenBundle bundle = await OpenBundle.DemandAsync(disk, directory, [], warnings, cancellationToken)
                        .ConfigureAwait(false);
                    folders.Add(new MergeFolder(directory, bundle));
                }
                catch (MirrorException failure)
                {
                    faults.AddRange(failure.Faults);
                }
            }

            if (faults.Count > 0)
            {
                throw new MirrorException([.. faults]);
            }

            MergeFolder newest = FindNewest(folders);
            return new MergeFolders(newest, folders.Where(folder => folder != newest));
        }
        catch
        {
            folders.ForEach(folder => folder.Bundle.Dispose());
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

    public void Dispose()
    {
        foreach (MergeFolder folder in _folders)
        {
            folder.Bundle.Dispose();
        }
    }

    /// <summary>The delta that no other one goes on from.</summary>
    private static MergeFolder FindNewest(List<MergeFolder> folders)
    {
        MergeFolder[] deltas = [.. folders.Where(folder => folder.DeltaBase is not null)];
        MergeFolder[] last =
        [
            .. deltas.Where(delta => !deltas.Any(other => other != delta && other.DeltaBase == delta.State)),
        ];
        return deltas.Length == 0 ? throw new MirrorException(NoneIsDelta(folders))
            : last is not [var newest] ? throw new MirrorException(NotOneIsLast(last.Length == 0 ? deltas : last))
            : deltas.Length == folders.Count ? throw new MirrorException(NoneIsFull(folders))
            : newest;
    }

    private static Fault NoneIsDelta(List<MergeFolder> folders) => At(folders[0], new Fault(
        FaultCode.SettingsConflict,
        $"None of the bundles in {SettingName.Mark("MergeFrom")} is a delta: {string.Join("; ", folders)}.",
        "A full bundle needs no merge; name the delta to complete as well."));

    private static Fault NotOneIsLast(MergeFolder[] deltas) => At(deltas[0], new Fault(
        FaultCode.SettingsConflict,
        $"{SettingName.Mark("MergeFrom")} names several deltas, and none of them is the newest: "
            + $"{string.Join("; ", [.. deltas])}.",
        "Name one of them, with the bundles before it."));

    private static Fault NoneIsFull(List<MergeFolder> folders) => At(folders[0], new Fault(
        FaultCode.DeltaNotFull,
        $"All bundles in {SettingName.Mark("MergeFrom")} are deltas: {string.Join("; ", folders)}.",
        "Name the full bundle that the first of them was made against as well."));

    private static Fault At(MergeFolder folder, Fault fault) => fault with
    {
        Settings = [new SettingReference("MergeFrom", folder.Directory)],
    };
}
