namespace Mirror.Engine.Tests.Real;

/// <summary>A system call that succeeded, on a file.</summary>
/// <param name="Name">What was called.</param>
/// <param name="Path">The file or folder; of a rename, the old name.</param>
/// <param name="NewPath">The new name; empty unless it is a rename.</param>
/// <param name="Text">What was written, as far as it was kept.</param>
/// <param name="Offset">Where it was written; -1: at a place that the call does not tell.</param>
/// <param name="Length">How many bytes were written.</param>
/// <param name="Begin">The place in the trace where it began.</param>
/// <param name="End">The place where it returned; between the two other threads did what they did.</param>
internal sealed record SystemCall(
    string Name, string Path, string NewPath, string Text, long Offset, long Length, int Begin, int End)
{
    public bool IsWrite => Name.Contains("write", StringComparison.Ordinal);

    public bool IsFlush => Name is "fsync" or "fdatasync";

    public bool IsRename => Name.StartsWith("rename", StringComparison.Ordinal);

    public bool IsDeletion => Name.StartsWith("unlink", StringComparison.Ordinal);

    public bool Touches(long offset, long length) =>
        Offset < 0 || (Offset < offset + length && offset < Offset + Length);
}
