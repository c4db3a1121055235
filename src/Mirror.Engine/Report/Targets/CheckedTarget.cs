namespace Mirror.Engine;

/// <summary>A target that was compared with what should be there.</summary>
public sealed record CheckedTarget
{
    /// <summary>The target, <c>host[:port]/path</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Its repositories, by archive and path.</summary>
    public required ImmutableArray<CheckedRepository> Repositories { get; init; }

    /// <summary>
    /// What is wrong, by archive, path and tag, at most 1,000; empty: the target is as it should be.
    /// </summary>
    public required ImmutableArray<CheckFinding> Findings { get; init; }

    /// <summary>How many tags are not as they should be, those that are not listed among them.</summary>
    public required int FindingCount { get; init; }

    /// <summary>Why the target could not be checked; empty: it was.</summary>
    public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>The most that <see cref="Findings"/> lists.</summary>
    internal const int MostFindings = 1000;

    /// <summary>Tags below the paths that nothing names.</summary>
    internal int Extras => Repositories.Sum(repository => repository.Extra ?? 0);

    /// <summary>Requests to this target.</summary>
    public int Requests { get; init; }

    /// <summary>Whether all that should be there is there, as far as it was looked.</summary>
    public bool IsWhole => Findings.IsEmpty && Faults.IsEmpty;
}
