using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine;

/// <summary>What an inventory found at a target.</summary>
public sealed record MirrorInventory
{
    /// <summary>The target, <c>host[:port]/path</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The file that was written.</summary>
    public required string InventoryFile { get; init; }

    /// <summary>
    /// The id of what the target has: 64 hex digits, the same for every lock, bundle and target with the same tags
    /// (docs/lock.md#state-id). Security databases do not count.
    /// </summary>
    public required string StateId { get; init; }

    /// <summary>How far it was looked.</summary>
    public required CheckDepth Depth { get; init; }

    /// <summary>The number of repositories with tags.</summary>
    public required int Repositories { get; init; }

    /// <summary>The number of tags.</summary>
    public required int Tags { get; init; }

    /// <summary>The number of blobs, in each repository once: manifests, configs and layers.</summary>
    public required int Blobs { get; init; }

    /// <summary>Requests of the whole run.</summary>
    public required int Requests { get; init; }

    /// <summary>Returns one line for humans.</summary>
    /// <returns>The line, with the part of the state id that people compare.</returns>
    public override string ToString() =>
        $"{Target} holds {ItemCount.Format(Tags, "tags")} in {ItemCount.Format(Repositories, "repositories")}, state "
            + $"{Mirror.Engine.Plan.StateId.Short(StateId)}";
}
