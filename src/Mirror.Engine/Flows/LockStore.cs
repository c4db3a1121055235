using Mirror.Engine.Deckhouse.Locked;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Flows;

/// <summary>The file of a lock.</summary>
internal sealed class LockStore(IDisk disk, string path)
{
    /// <summary>The lock; <see langword="null"/>: there is no such file.</summary>
    /// <exception cref="MirrorException">D8M4102, or D8M6005: it cannot be opened.</exception>
    public LockFile? TryRead()
    {
        try
        {
            return disk.FileExists(path) ? LockReader.Read(ReadBytes()) : null;
        }
        catch (LockConflictException exception)
        {
            throw new MirrorException(LockFaults.Conflict(path, exception.Message), exception);
        }
        catch (FormatException exception)
        {
            throw new MirrorException(LockFaults.Unreadable(path, exception.Message), exception);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, path, "read", member: "LockFile");
        }
    }

    /// <summary>The lock that a setting names; <see langword="null"/>: it names none.</summary>
    /// <exception cref="MirrorException">D8M4101, D8M4102.</exception>
    public static LockFile? Demand(IDisk disk, string? path) =>
        string.IsNullOrEmpty(path) ? null : new LockStore(disk, path).Read();

    /// <exception cref="MirrorException">D8M4101: there is no such file; or as <see cref="TryRead"/>.</exception>
    public LockFile Read() => TryRead() ?? throw new MirrorException(LockFaults.Missing(path));

    /// <summary>Writes the lock, whole or not at all.</summary>
    public void Write(LockFile file) => WholeFile.Write(disk, path, LockWriter.Write(file), "LockFile");

    private byte[] ReadBytes()
    {
        using IDiskFile file = disk.OpenRead(path);
        if (file.Length > LockFile.MaxBytes)
        {
            throw new FormatException(
                $"it has {ByteCount.Format(file.Length)}, more than the {ByteCount.Format(LockFile.MaxBytes)} of any "
                    + "lock");
        }

        byte[] content = new byte[file.Length];
        return content[..file.ReadFully(content, 0)];
    }
}
