using Mirror.Engine.Errors;

namespace Mirror.Engine;

/// <summary>What a check found at its targets; a run returns it only if every target is as it should be.</summary>
public sealed record MirrorCheckResult
{
    /// <summary>How far it was looked.</summary>
    public required CheckDepth Depth { get; init; }

    /// <summary>
    /// The id of what should be there, and is: 64 hex digits, the same for every lock, bundle and target with the same
    /// tags (docs/lock.md#state-id). Its first 12 digits are the receipt by telephone.
    /// </summary>
    public required string StateId { get; init; }

    /// <summary>The number of images that should be there: one for each tag.</summary>
    public required int Images { get; init; }

    /// <summary>The targets, in the order of the settings.</summary>
    public required ImmutableArray<CheckedTarget> Targets { get; init; }

    /// <summary>Warnings of the run, in order.</summary>
    public ImmutableArray<Fault> Warnings { get; init; } = [];

    /// <summary>Returns one line for humans.</summary>
    /// <returns>The line, with the part of the state id that people compare.</returns>
    public override string ToString() =>
        $"{ItemCount.Format(Targets.Length, "targets")} with all of {ItemCount.Format(Images, "images")}, state "
            + $"{Mirror.Engine.Plan.StateId.Short(StateId)}";
}
