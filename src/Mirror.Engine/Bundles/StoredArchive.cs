namespace Mirror.Engine.Bundles;

/// <summary>An archive as it lies on disk: one file, or the chunks of a set in order.</summary>
internal sealed record StoredArchive(string Name, string Directory, ImmutableArray<string> Files)
{
    public bool IsChunked => Files[0] != Name;

    public string Label => IsChunked ? $"{Name} ({Files.Length} chunk{(Files.Length == 1 ? "" : "s")})" : Name;

    public string PathOf(string file) => Path.Combine(Directory, file);
}
