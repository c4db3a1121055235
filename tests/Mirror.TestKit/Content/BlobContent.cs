namespace Mirror.TestKit.Content;

/// <summary>
/// The bytes of one blob: readable from any offset, as often as wanted, by several readers at once, without ever being
/// in memory as a whole unless they already are.
/// </summary>
public abstract class BlobContent
{
    /// <summary>The digest, <c>sha256:</c> and 64 lower-case hex digits.</summary>
    public abstract string Digest { get; }

    /// <summary>The number of bytes.</summary>
    public abstract long Size { get; }

    /// <summary>Opens a stream of the bytes from <paramref name="offset"/> to the end.</summary>
    public abstract Stream OpenRead(long offset);
}
