namespace Mirror.Engine.Report;

/// <summary>An image that a bundle held before the run, as its inventory tells.</summary>
/// <param name="Archive">The file name of the archive.</param>
/// <param name="Path">The path of its layout.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Digest">The manifest it stood for.</param>
internal sealed record EarlierImage(string Archive, string Path, string Tag, Digest Digest);
