using Mirror.TestKit.Content;

namespace Mirror.TestKit.Seeded;

/// <summary>A blob of any size that exists only as its seed; the digest is computed once, when it is made.</summary>
public sealed class SeededBlob : BlobContent
{
    private readonly ulong _seed;

    /// <summary>Makes the blob and reads it once for its digest.</summary>
    public SeededBlob(ulong seed, long size)
    {
        _seed = seed;
        Size = size;
        using var stream = OpenRead(0);
        Digest = Sha256Digest.Of(stream);
    }

    /// <inheritdoc/>
    public override string Digest { get; }

    /// <inheritdoc/>
    public override long Size { get; }

    /// <inheritdoc/>
    public override Stream OpenRead(long offset) => new SeededStream(_seed, offset, Size);
}
