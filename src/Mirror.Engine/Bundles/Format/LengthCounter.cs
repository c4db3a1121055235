using System.Buffers;

namespace Mirror.Engine.Bundles.Format;

/// <summary>Counts what is written and keeps none of it; some bytes count as the length of their escape.</summary>
internal sealed class LengthCounter(SearchValues<byte> escaped, int escapeLength) : IBufferWriter<byte>
{
    private byte[] _buffer = new byte[16 * 1024];

    public long Length { get; private set; }

    public void Advance(int count)
    {
        Length += count;
        ReadOnlySpan<byte> written = _buffer.AsSpan(0, count);
        for (int at = written.IndexOfAny(escaped); at >= 0; at = written.IndexOfAny(escaped))
        {
            Length += escapeLength - 1;
            written = written[(at + 1)..];
        }
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (sizeHint > _buffer.Length)
        {
            _buffer = new byte[sizeHint];
        }

        return _buffer;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
