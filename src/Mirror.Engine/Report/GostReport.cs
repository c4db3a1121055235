using System.Collections.Immutable;

namespace Mirror.Engine.Report;

/// <summary>What a verification of GOST sums found; it exists only when every sum is true.</summary>
public sealed record GostReport
{
    /// <summary>The files with their sums, by archive.</summary>
    public required ImmutableArray<ReportedFile> Files { get; init; }

    /// <summary>How long the run took.</summary>
    public required TimeSpan Duration { get; init; }
}
