using Mirror.Engine.Disk;

namespace Mirror.Engine.Flows.Runs;

/// <summary>Writes a file that a user named: whole or not at all, in place of an older one.</summary>
internal static class WholeFile
{
    /// <param name="disk">Where to.</param>
    /// <param name="path">The file.</param>
    /// <param name="content">What it will hold.</param>
    /// <param name="member">The setting that names it.</param>
    /// <exception cref="MirrorException">D8M6001, D8M6004 or D8M6005.</exception>
    public static void Write(IDisk disk, string path, byte[] content, string member)
    {
        string part = path + ".part";
        try
        {
            disk.CreateDirectory(Path.GetDirectoryName(path)!);
            disk.Delete(part);
            using (IDiskFile file = disk.Create(part, content.Length))
            {
                file.Write(content, 0);
                file.Close();
            }

            disk.Rename(part, path);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            DeleteQuietly(disk, part);
            throw DiskFaults.Translate(exception, path, "written", member: member);
        }
    }

    /// <summary>
    /// Tries whether a file can be made at a path, under a name of its own: another run may try the same at the same
    /// time.
    /// </summary>
    public static void Try(IDisk disk, string path)
    {
        disk.CreateDirectory(Path.GetDirectoryName(path)!);
        string trial = $"{path}.{Guid.NewGuid():N}.part";
        disk.Create(trial, 0).Dispose();
        disk.Delete(trial);
    }

    private static void DeleteQuietly(IDisk disk, string path)
    {
        try
        {
            disk.Delete(path);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            // The failure to write is the one to report.
        }
    }
}
