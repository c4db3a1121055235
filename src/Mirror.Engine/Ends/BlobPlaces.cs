using System.Collections.Immutable;

namespace Mirror.Engine.Ends;

/// <summary>Where one blob still has to go. Used by the one job that moves the blob.</summary>
internal sealed class BlobPlaces(ImmutableArray<string> targets)
{
    /// <summary>Whether the target was asked if it has the blob.</summary>
    public bool IsLookedAt { get; set; }

    /// <summary>A repository to mount it from.</summary>
    public string? Holder { get; set; }

    /// <summary>The repositories that have it not yet.</summary>
    public Queue<string> Missing { get; } = new(targets);
}
