namespace Mirror.Benchmarks.Child;

/// <summary>What work in a process of its own came to.</summary>
internal sealed record ChildResult
{
    public int Images { get; init; }

    public int Requests { get; init; }

    /// <summary>The size of the bundle's files.</summary>
    public long FileBytes { get; init; }

    /// <summary>Bytes moved or hashed; for a plan, those to move.</summary>
    public long Bytes { get; init; }

    public int SentBlobs { get; init; }

    public int MountedBlobs { get; init; }

    /// <summary>The most memory that was resident, as the process itself knows it.</summary>
    public long PeakBytes { get; init; }

    /// <summary>The images of a plan, when they were asked for.</summary>
    public IReadOnlyList<ImageReference> References { get; init; } = [];
}
