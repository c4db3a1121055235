namespace Mirror.Engine;

/// <summary>What the vendor says of a release that is new. All of it is a text of others.</summary>
/// <param name="Release">The release: <c>v1.71.3</c>, or <c>console v1.46.0</c> of a module.</param>
/// <param name="Component">What it is about; empty: it does not say.</param>
/// <param name="Kind">Why it is told.</param>
/// <param name="Text">One line, cut where it is very long.</param>
/// <param name="Link">Where to read more, an <c>https</c> address; <see langword="null"/>: nowhere.</param>
public sealed record DiffedNote(string Release, string Component, DiffNoteKind Kind, string Text, string? Link);
