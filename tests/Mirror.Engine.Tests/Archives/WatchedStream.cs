namespace Mirror.Engine.Tests.Archives;

/// <summary>Content that gives little at a time, as a slow disk, and tells how much before it does.</summary>
internal sealed class WatchedStream(Stream content, Action<int> giving) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => content.Length;

    public override long Position
    {
        get => content.Position;
        set => content.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = content.Read(buffer, offset, int.Min(count, 1000));
        giving(read);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => content.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
