using Mirror.Engine.Errors;

namespace Mirror.Engine.Disk;

/// <summary>
/// A folder of the engine's own that may lie where other users can write, and whose name they can foresee.
/// </summary>
internal static class OwnFolder
{
    /// <summary>Refuses a link, and a folder of another user: whatever they are there for, it is not for us.</summary>
    /// <exception cref="MirrorException">D8M6030.</exception>
    public static void RefuseForeign(IDisk disk, string directory)
    {
        if (DiskFaults.Guard(directory, "looked at", () => disk.ForeignFolder(directory)) is { } why)
        {
            throw new MirrorException(new Fault(
                FaultCode.FolderNotOurs,
                $"The folder '{directory}', which this run needs for its temporary files, {why}.",
                $"Find out who made it, then remove it; or set {SettingName.TmpDirectory} to a folder that no "
                    + "other user can write to."));
        }
    }

    /// <summary>Makes the folder, open to nobody else; one that is there is used if it is not foreign.</summary>
    /// <exception cref="MirrorException">D8M6030, or the disk failed.</exception>
    public static void Make(IDisk disk, string directory)
    {
        RefuseForeign(disk, directory);
        DiskFaults.Guard(directory, "created", () => disk.CreatePrivateDirectory(directory));

        // What was not there a moment ago may have been made by somebody else.
        RefuseForeign(disk, directory);
    }
}
