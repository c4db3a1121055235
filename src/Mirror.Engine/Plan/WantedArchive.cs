using System.Collections.Immutable;

namespace Mirror.Engine.Plan;

/// <summary>An archive as its component wants it.</summary>
internal sealed record WantedArchive(string Name, ImmutableArray<WantedLayout> Layouts);
