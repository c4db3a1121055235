namespace Mirror.Engine;

/// <summary>One tag that is not as it was in the bundle before.</summary>
/// <param name="Archive">The file name of the archive.</param>
/// <param name="Path">The path of its layout; empty for the root.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Digest">What it stands for; <see langword="null"/>: it is gone.</param>
/// <param name="Was">What it stood for; <see langword="null"/>: it is new.</param>
public sealed record ChangedImage(string Archive, string Path, string Tag, Digest? Digest, Digest? Was)
{
    /// <summary>The tag with its place, for humans: <c>modules/console:v1.2.3</c>.</summary>
    public string Name => Path.Length == 0 ? Tag : $"{Path}:{Tag}";

    /// <summary>
    /// Whether it is told by name: components are named by their own digest, attestations by that of their image.
    /// </summary>
    internal bool IsNamed => !(Tag.Length == 64 && Tag.All(char.IsAsciiHexDigitLower))
        && !Tag.StartsWith("sha256-", StringComparison.Ordinal);
}
