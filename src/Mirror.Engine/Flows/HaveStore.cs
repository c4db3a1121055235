using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan.Have;

namespace Mirror.Engine.Flows;

/// <summary>The file of an inventory.</summary>
/// <param name="disk">Where it is.</param>
/// <param name="path">The file.</param>
/// <param name="member">The setting that names it.</param>
internal sealed class HaveStore(IDisk disk, string path, string member = "InventoryFile")
{
    /// <summary>
    /// Tries the path of a file that a run will write. A path that the check of settings refuses is not touched.
    /// </summary>
    /// <returns>Why it cannot be written; empty: it can, or none is wanted.</returns>
    public static ImmutableArray<Fault> Prepare(IDisk disk, string? path)
    {
        if (string.IsNullOrEmpty(path) || !Path.IsPathFullyQualified(path)
            || path.Contains('\0', StringComparison.Ordinal))
        {
            return [];
        }

        try
        {
            WholeFile.Try(disk, path);
            return [];
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            return DiskFaults.Translate(exception, path, "written", member: "InventoryFile").Faults;
        }
    }

    /// <summary>The file that a setting asks for; <see langword="null"/>: it asks for none.</summary>
    public static HaveStore? Find(IDisk disk, string? path) =>
        string.IsNullOrEmpty(path) ? null : new HaveStore(disk, path);

    /// <summary>Reads an inventory.</summary>
    /// <exception cref="MirrorException">D8M4401, or D8M6005: it cannot be opened.</exception>
    public HaveFile Read()
    {
        try
        {
            return disk.FileExists(path)
                ? HaveReader.Read(NamedFile.Read(disk, path, HaveFile.MaxBytes))
                : throw new MirrorException(DeltaFaults.Missing(path, member, Neighbours()));
        }
        catch (FormatException exception)
        {
            throw new MirrorException(DeltaFaults.Unreadable(path, member, exception.Message), exception);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, path, "read", member: member);
        }
    }

    /// <summary>Writes an inventory, whole or not at all.</summary>
    /// <exception cref="MirrorException">D8M6001, D8M6004 or D8M6005.</exception>
    public void Write(HaveFile file) => WholeFile.Write(disk, path, HaveWriter.Write(file), member);

    private IEnumerable<string> Neighbours() =>
        Path.GetDirectoryName(path) is { } folder && disk.DirectoryExists(folder) ? disk.List(folder) : [];
}
