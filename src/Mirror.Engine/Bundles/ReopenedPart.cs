using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles;

/// <summary>A file of a large set that is open only while it is among those that were read last.</summary>
internal sealed class ReopenedPart : IDiskFile
{
    private readonly OpenParts _parts;
    private readonly string _path;

    public ReopenedPart(IDisk disk, OpenParts parts, string path)
    {
        using IDiskFile file = disk.OpenRead(path);
        Length = file.Length;
        _parts = parts;
        _path = path;
    }

    public long Length { get; }

    /// <summary>Not told: it may be another file each time.</summary>
    public string Identity => "";

    public int Read(Span<byte> buffer, long offset) => _parts.Read(_path, buffer, offset);

    public void Write(ReadOnlySpan<byte> content, long offset) => throw new NotSupportedException();

    public void Flush() => throw new NotSupportedException();

    /// <summary>All parts are closed together, with the last of them at the latest.</summary>
    public void Dispose() => _parts.Dispose();
}
