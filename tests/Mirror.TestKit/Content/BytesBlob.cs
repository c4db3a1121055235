namespace Mirror.TestKit.Content;

/// <summary>A small blob held in memory.</summary>
public sealed class BytesBlob(byte[] bytes) : BlobContent
{
    /// <inheritdoc/>
    public override string Digest { get; } = Sha256Digest.Of(bytes);

    /// <inheritdoc/>
    public override long Size => bytes.LongLength;

    /// <inheritdoc/>
    public override Stream OpenRead(long offset)
    {
        var start = checked((int)offset);
        return new MemoryStream(bytes, start, bytes.Length - start, writable: false);
    }
}
