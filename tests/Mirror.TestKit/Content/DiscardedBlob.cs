namespace Mirror.TestKit.Content;

/// <summary>A pushed blob of which only digest and size were kept; its bytes did have that digest.</summary>
public sealed class DiscardedBlob(string digest, long size) : BlobContent
{
    /// <inheritdoc/>
    public override string Digest => digest;

    /// <inheritdoc/>
    public override long Size => size;

    /// <inheritdoc/>
    public override Stream OpenRead(long offset) => throw new NotSupportedException($"{digest} was not kept.");
}
