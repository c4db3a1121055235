using Mirror.Benchmarks.Sources;

namespace Mirror.Benchmarks.Trials;

/// <summary>A mirroring tool, and the lines of a shell script by which it does a work.</summary>
internal sealed record Peer(string Program)
{
    /// <summary>Copies every image of the plan into a folder.</summary>
    public required Func<PeerWork, IEnumerable<string>> Pull { get; init; }

    /// <summary>Copies that folder to a target; <see langword="null"/>: the tool has no equal work.</summary>
    public Func<PeerWork, IEnumerable<string>>? Push { get; init; }

    /// <summary>Copies from the source to a target; <see langword="null"/>: the tool has no equal work.</summary>
    public Func<PeerWork, IEnumerable<string>>? Sync { get; init; }

    /// <summary>
    /// Where <see cref="Pull"/> leaves a blob, below the folder; <see langword="null"/>: in archives, whose size is
    /// checked instead.
    /// </summary>
    public Func<WantedBlob, string>? BlobFile { get; init; }
}
