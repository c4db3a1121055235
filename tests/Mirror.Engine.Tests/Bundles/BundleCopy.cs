using System.Formats.Tar;
using System.Globalization;
using System.Text;
using Mirror.TestKit.Files;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>A copy of a recorded bundle that a test may damage.</summary>
internal sealed class BundleCopy : IDisposable
{
    private const int Block = 512;
    private readonly TemporaryFolder _folder = new();

    public BundleCopy(string version, params ReadOnlySpan<string> archives)
    {
        foreach (string path in Directory.GetFiles(Recorded(version)))
        {
            string name = Path.GetFileName(path);
            bool isWanted = archives.IsEmpty;
            foreach (string archive in archives)
            {
                isWanted |= name.StartsWith(archive, StringComparison.Ordinal);
            }

            if (isWanted && !name.EndsWith(".txt", StringComparison.Ordinal))
            {
                File.Copy(path, PathOf(name));
            }
        }
    }

    private BundleCopy()
    {
    }

    public string Folder => _folder.FullName;

    /// <summary>A copy of what a pull left in a folder, without what it hides there.</summary>
    public static BundleCopy Of(string folder)
    {
        BundleCopy copy = new();
        foreach (string path in Directory.GetFiles(folder))
        {
            if (!Path.GetFileName(path).StartsWith('.'))
            {
                File.Copy(path, copy.PathOf(Path.GetFileName(path)));
            }
        }

        return copy;
    }

    /// <summary>The folder of a bundle as a version of d8 wrote it.</summary>
    public static string Recorded(string version) =>
        Path.Combine(AppContext.BaseDirectory, "Data", "d8-bundles", version);

    public string PathOf(string name) => _folder.Combine(name);

    public void Dispose() => _folder.Dispose();

    public void Delete(string name) => File.Delete(PathOf(name));

    /// <summary>Takes bytes off the end of a file.</summary>
    public void Truncate(string name, long bytes)
    {
        using FileStream file = File.OpenWrite(PathOf(name));
        file.SetLength(file.Length - bytes);
    }

    /// <summary>Changes one byte at an offset of a file.</summary>
    public void Flip(string name, long offset)
    {
        using FileStream file = new(PathOf(name), FileMode.Open);
        file.Position = offset;
        int value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ 1));
    }

    /// <summary>Where the body of an entry begins.</summary>
    public long BodyOf(string archive, string entry) => Entries(archive).Single(found => found.Name == entry).Offset;

    /// <summary>The largest blob of an archive: a layer.</summary>
    public (string Name, long Offset) LargestBlob(string archive)
    {
        (string Name, long Offset, long Size) largest = Entries(archive)
            .Where(entry => entry.Name.Contains("blobs/", StringComparison.Ordinal)).MaxBy(entry => entry.Size);
        return (largest.Name, largest.Offset);
    }

    /// <summary>Puts one more entry in front of an archive.</summary>
    public void Prepend(string archive, string name, char type, string link = "")
    {
        byte[] header = new byte[Block];
        Encoding.ASCII.GetBytes(name, header.AsSpan(0, 100));
        Encoding.ASCII.GetBytes("0000777\0" + "0000000\0" + "0000000\0" + "00000000000\0" + "00000000000\0",
            header.AsSpan(100));
        header.AsSpan(148, 8).Fill((byte)' ');
        header[156] = (byte)type;
        Encoding.ASCII.GetBytes(link, header.AsSpan(157, 100));
        Encoding.ASCII.GetBytes("ustar  \0", header.AsSpan(257));
        int sum = header.Sum(value => value);
        Encoding.ASCII.GetBytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ", header.AsSpan(148, 8));
        byte[] content = File.ReadAllBytes(PathOf(archive));
        File.WriteAllBytes(PathOf(archive), [.. header, .. content]);
    }

    /// <summary>Splits an archive into chunks, in place of the one file.</summary>
    public int Split(string archive, int chunkBytes)
    {
        byte[] content = File.ReadAllBytes(PathOf(archive));
        File.Delete(PathOf(archive));
        int number = 0;
        foreach (byte[] chunk in content.Chunk(chunkBytes))
        {
            File.WriteAllBytes(PathOf(ChunkOf(archive, number++)), chunk);
        }

        return number;
    }

    public static string ChunkOf(string archive, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{archive}.{number:0000}.chunk");

    private List<(string Name, long Offset, long Size)> Entries(string archive)
    {
        List<(string, long, long)> entries = [];
        using FileStream file = File.OpenRead(PathOf(archive));
        using TarReader reader = new(file);
        while (reader.GetNextEntry() is { } entry)
        {
            entries.Add((entry.Name, entry.DataOffset, entry.Length));
        }

        return entries;
    }
}
