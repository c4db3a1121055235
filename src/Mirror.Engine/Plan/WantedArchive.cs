using System.Collections.Immutable;

namespace Mirror.Engine.Plan;

/// <summary>An archive as its component wants it, or as it was found.</summary>
internal sealed record WantedArchive(string Name, ImmutableArray<WantedLayout> Layouts)
{
    /// <summary>The size of the file that was found; 0 for an archive that is still to be made.</summary>
    public long FileBytes { get; init; }

    /// <summary>Whether it is written without any image too.</summary>
    public bool IsKeptEmpty { get; init; }
}
