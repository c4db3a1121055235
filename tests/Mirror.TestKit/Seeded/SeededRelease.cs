namespace Mirror.TestKit.Seeded;

/// <summary>A platform release and the channel that names it.</summary>
public sealed record SeededRelease(string Channel, string Version);
