namespace Mirror.Engine.Report;

/// <summary>A file that a run left in the bundle.</summary>
/// <param name="Name">The file name.</param>
/// <param name="Path">The full path.</param>
/// <param name="Bytes">The size in bytes.</param>
/// <param name="Images">The number of images in the archive that the file belongs to.</param>
public sealed record ReportedFile(string Name, string Path, long Bytes, int Images);
