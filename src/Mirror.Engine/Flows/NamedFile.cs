using Mirror.Engine.Disk;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Flows;

/// <summary>Reads a file that a user named.</summary>
internal static class NamedFile
{
    /// <exception cref="FormatException">It is larger than any file of its kind.</exception>
    public static byte[] Read(IDisk disk, string path, int maxBytes)
    {
        using IDiskFile file = disk.OpenRead(path);
        if (file.Length > maxBytes)
        {
            throw new FormatException(
                $"it has {ByteCount.Format(file.Length)}, more than {ByteCount.Format(maxBytes)}");
        }

        byte[] content = new byte[file.Length];
        return content[..file.ReadFully(content, 0)];
    }
}
