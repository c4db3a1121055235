using System.Collections.Immutable;

namespace Mirror.Engine.Plan;

/// <summary>A layout that belongs to an archive, also when no image landed in it.</summary>
internal sealed record WantedLayout(string Path, ImmutableArray<WantedImage> Images);
