using Mirror.Engine.Disk;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>Some bytes in a file that claims to have another length.</summary>
internal sealed class ClaimingFile(byte[] content, long claimed) : IDiskFile
{
    public long Length => claimed;

    public string Identity => "";

    public int Read(Span<byte> buffer, long offset)
    {
        int count = (int)long.Clamp(content.Length - offset, 0, buffer.Length);
        content.AsSpan((int)long.Min(offset, content.Length), count).CopyTo(buffer);
        return count;
    }

    public void Write(ReadOnlySpan<byte> content, long offset) => throw new NotSupportedException();

    public void Flush() => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
