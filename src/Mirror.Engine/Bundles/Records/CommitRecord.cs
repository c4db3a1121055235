using System.Collections.Immutable;

namespace Mirror.Engine.Bundles.Records;

/// <summary>Every rename and deletion that makes a finished bundle visible, in order.</summary>
internal sealed record CommitRecord
{
    public const string CurrentFormat = "deckhouse-mirror/commit/1";

    public required string Format { get; init; }

    public required ImmutableArray<CommitStep> Steps { get; init; }
}
