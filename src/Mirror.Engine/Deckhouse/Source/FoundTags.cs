using System.Collections.Immutable;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>The tags that constraints can choose among, and what a user has to know about the search.</summary>
internal sealed record FoundTags(ImmutableArray<string> Tags, ImmutableArray<Fault> Notes)
{
    public static FoundTags None { get; } = new([], []);

    /// <summary>What a message adds where nothing was found; empty after a list.</summary>
    public string Searched => string.Concat(Notes.Select(note => $" {note.Message}"));
}
