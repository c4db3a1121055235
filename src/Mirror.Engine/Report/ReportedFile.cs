namespace Mirror.Engine;

/// <summary>A file of the bundle: one that a pull left there, or that another verb read.</summary>
/// <param name="Name">The file name.</param>
/// <param name="Path">The full path.</param>
/// <param name="Bytes">The size in bytes.</param>
/// <param name="Images">The number of images in the archive that the file belongs to.</param>
public sealed record ReportedFile(string Name, string Path, long Bytes, int Images)
{
    /// <summary>
    /// The GOST R 34.11-2012 sum of the file, 64 hex digits, if this run computed or checked it.
    /// </summary>
    public string? GostDigest { get; init; }
}
