namespace Mirror.Engine.Registry;

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
}
