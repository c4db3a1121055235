using Mirror.Engine.Report;

namespace Mirror.Engine;

/// <summary>What a verification of GOST sums found; it exists only when every sum is true.</summary>
public sealed record GostReport
{
    /// <summary>The files with their sums, by archive.</summary>
    public required ImmutableArray<ReportedFile> Files { get; init; }

    /// <summary>
    /// What computed the sums: <c>AVX-512</c>, <c>AVX2</c> or <c>table</c>, by what the processor can do, or
    /// <c>BouncyCastle</c> (docs/gost.md). They differ in speed only.
    /// </summary>
    public string Kernel { get; init; } = "";

    /// <summary>When the last sum was computed, in UTC.</summary>
    public DateTimeOffset Finished { get; init; }

    /// <summary>How long the run took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Returns one line for humans: how many sums are true, of how many bytes.</summary>
    /// <returns>The line that summaries in CI begin with.</returns>
    public override string ToString() => ReportSummary.SumsAreTrue(Files.Length, Files.Sum(file => file.Bytes));
}
