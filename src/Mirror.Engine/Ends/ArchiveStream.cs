using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Streams;

namespace Mirror.Engine.Ends;

/// <summary>One entry of an archive from an offset on. Reads name their place, so any number may be open.</summary>
internal sealed class ArchiveStream(ArchiveReader archive, ScannedEntry entry, long offset) : ReadOnlyStream
{
    public override bool CanSeek => true;

    public override long Length => entry.Size;

    public override long Position { get; set; } = offset;

    public override int Read(Span<byte> buffer)
    {
        int read = archive.Read(entry, Position, buffer);
        Position += read;
        return read;
    }
}
