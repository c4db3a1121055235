using System.Text;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Flows.Runs;

/// <summary>Reads a text that a user named, without the mark that some editors put before it.</summary>
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
        int length = file.ReadFully(content, 0);
        int start = content.AsSpan(0, length).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        return content[start..length];
    }
}
