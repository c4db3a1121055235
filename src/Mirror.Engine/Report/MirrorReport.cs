using System.Collections.Immutable;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Report;

/// <summary>What a run did.</summary>
public sealed record MirrorReport
{
    /// <summary>What was planned; a report exists only for a run that stored exactly this.</summary>
    public required MirrorPlan Plan { get; init; }

    /// <summary>The files of the bundle, by name.</summary>
    public required ImmutableArray<ReportedFile> Files { get; init; }

    /// <summary>Bytes that were downloaded in the transfer.</summary>
    public required long TransferredBytes { get; init; }

    /// <summary>Requests of the whole run.</summary>
    public required int Requests { get; init; }

    /// <summary>How long the run took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Warnings of the run, in order.</summary>
    public ImmutableArray<Fault> Warnings { get; init; } = [];
}
