namespace Mirror.Engine.Bundles;

/// <summary>Bytes that will be written below a folder.</summary>
internal readonly record struct SpaceNeed(string Directory, long Bytes);
