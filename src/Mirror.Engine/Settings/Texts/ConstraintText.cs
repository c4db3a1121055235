using Mirror.Engine.Versions;

namespace Mirror.Engine.Settings.Texts;

/// <summary>Texts of settings that are constraints or versions.</summary>
internal static class ConstraintText
{
    public static Fault? Read(string text, out VersionConstraint? constraint) =>
        VersionConstraint.Read(text, out constraint);

    public static bool IsVersion(string text) => SemanticVersion.TryParse(text, out _);

    /// <summary>
    /// Whether someone gave a folder where a constraint belongs
    /// (docs/behaviour/pull.md#a-path-in-place-of-a-constraint).
    /// </summary>
    public static bool LooksLikePath(string text, Func<string, bool> isFolder)
    {
        string trimmed = text.Trim();
        return trimmed.AsSpan().ContainsAny('/', '\\') || (trimmed.Length > 0 && isFolder(trimmed));
    }
}
