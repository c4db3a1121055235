namespace Mirror.TestKit.Content;

/// <summary>A pushed blob that is too large to be held in memory; the file belongs to whoever made it.</summary>
public sealed class FileBlob(string path, string digest) : BlobContent
{
    /// <inheritdoc/>
    public override string Digest => digest;

    /// <inheritdoc/>
    public override long Size { get; } = new FileInfo(path).Length;

    /// <inheritdoc/>
    public override Stream OpenRead(long offset)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        stream.Position = offset;
        return stream;
    }
}
