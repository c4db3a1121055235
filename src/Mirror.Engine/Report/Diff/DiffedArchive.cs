namespace Mirror.Engine;

/// <summary>What changes in one archive.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Bytes">
/// What it comes to in bytes: each piece of content once, new if nothing on the other side has it.
/// </param>
public sealed record DiffedArchive(string Name, DiffedBytes Bytes)
{
    /// <summary>Versions that are new in its uppermost repository, the newest first.</summary>
    public ImmutableArray<string> VersionsAdded { get; init; } = [];

    /// <summary>Versions that are gone from there, the newest first.</summary>
    public ImmutableArray<string> VersionsGone { get; init; } = [];

    /// <summary>Release channels that point elsewhere, the least stable first.</summary>
    public ImmutableArray<DiffedChannel> Channels { get; init; } = [];

    /// <summary>How many tags are new.</summary>
    public int Added { get; init; }

    /// <summary>How many tags stand for another image.</summary>
    public int Moved { get; init; }

    /// <summary>How many tags are gone.</summary>
    public int Gone { get; init; }
}
