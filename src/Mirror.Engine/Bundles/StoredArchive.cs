namespace Mirror.Engine.Bundles;

/// <summary>An archive as it lies on disk: one file, or the chunks of a set in order.</summary>
/// <param name="Name">The name of the archive, also for a set: <c>platform.tar</c>.</param>
/// <param name="Directory">The folder.</param>
/// <param name="Files">The names of its files.</param>
internal sealed record StoredArchive(string Name, string Directory, ImmutableArray<string> Files)
{
    public bool IsChunked => Files[0] != Name;

    /// <summary>The archive for messages.</summary>
    public string Label => IsChunked ? $"{Name} ({Files.Length} chunk{(Files.Length == 1 ? "" : "s")})" : Name;

    public string PathOf(string file) => Path.Combine(Directory, file);
}
