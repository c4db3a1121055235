namespace Mirror.Engine.Bundles.Writing;

/// <summary>Bytes that will be written below a folder.</summary>
internal readonly record struct SpaceNeed(string Directory, long Bytes);
