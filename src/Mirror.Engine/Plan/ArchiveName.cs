using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan;

/// <summary>What an archive may be called: it becomes the name of a file.</summary>
internal static class ArchiveName
{
    public const string Extension = ".tar";

    /// <summary>Whether a name is that of an archive: no folder, no odd character.</summary>
    public static bool IsValid(string name) =>
        name.EndsWith(Extension, StringComparison.Ordinal)
        && !name.Contains('/', StringComparison.Ordinal)
        && RepositoryName.IsValid(name);
}
