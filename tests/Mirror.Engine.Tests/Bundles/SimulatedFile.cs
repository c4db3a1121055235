namespace Mirror.Engine.Tests.Bundles;

/// <summary>A file of a <see cref="SimulatedDisk"/>: what programs see, and what outlives a power failure.</summary>
internal sealed class SimulatedFile(int inode)
{
    private const int Sector = 512;

    private readonly List<(long Offset, byte[]? Bytes)> _unflushed = [];
    private byte[] _durable = [];

    public int Inode => inode;

    public byte[] Content { get; private set; } = [];

    /// <summary>The operation of the disk that changed it last.</summary>
    public long ChangedBy { get; set; }

    public void Write(byte[] bytes, long offset)
    {
        Content = Apply(Content, offset, bytes);
        _unflushed.Add((offset, bytes));
    }

    public void SetLength(long length)
    {
        Content = Apply(Content, length, null);
        _unflushed.Add((length, null));
    }

    public void Flush()
    {
        _durable = [.. Content];
        _unflushed.Clear();
    }

    /// <summary>
    /// Of what was not flushed each write is lost, kept, or kept in some of its sectors only, whatever the order.
    /// </summary>
    /// <param name="random">Decides.</param>
    /// <param name="kept">0: all is lost; 1: all is kept; between: each of the three happens.</param>
    public void LosePower(Random random, double kept = 0.5)
    {
        foreach ((long offset, byte[]? bytes) in _unflushed)
        {
            switch (kept is 0 or 1 ? (int)kept : random.Next(3))
            {
                case 0:
                    break;
                case 1:
                    _durable = Apply(_durable, offset, bytes);
                    break;
                default:
                    for (int at = 0; at < bytes?.Length; at += Sector)
                    {
                        if (random.Next(2) == 0)
                        {
                            _durable = Apply(_durable, offset + at, bytes[at..Math.Min(bytes.Length, at + Sector)]);
                        }
                    }

                    break;
            }
        }

        _unflushed.Clear();
        Content = [.. _durable];
    }

    /// <summary>Without bytes, the offset is the new length.</summary>
    private static byte[] Apply(byte[] content, long offset, byte[]? bytes)
    {
        long length = bytes is null ? offset : Math.Max(content.Length, offset + bytes.Length);
        if (length != content.Length)
        {
            Array.Resize(ref content, (int)length);
        }

        bytes?.CopyTo(content, offset);
        return content;
    }
}
