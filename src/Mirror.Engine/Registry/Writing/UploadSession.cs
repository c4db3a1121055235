namespace Mirror.Engine.Registry.Writing;

/// <summary>An upload that a registry has opened.</summary>
internal sealed class UploadSession(string repository, Uri location, long shortestPiece)
{
    public string Repository => repository;

    /// <summary>Where it goes on: what the last answer said.</summary>
    public Uri Location { get; set; } = location;

    /// <summary>
    /// All pieces but the last must be at least this long (<c>OCI-Chunk-Min-Length</c>); 0: any length.
    /// </summary>
    public long ShortestPiece => shortestPiece;

    /// <summary>
    /// Whether the registry sent the last request elsewhere: that address is complete, and nothing is left to end.
    /// </summary>
    public bool IsMoved { get; set; }

    /// <summary>Whether its ranges end with the number of bytes instead of the last byte.</summary>
    public bool NamesCount { get; private set; }

    /// <summary>Learns how ranges are meant from one whose bytes are known.</summary>
    public void Learn(string? range, long received) => NamesCount = UploadRange.Received(range, namesCount: true)
        is { } end && end == received;
}
