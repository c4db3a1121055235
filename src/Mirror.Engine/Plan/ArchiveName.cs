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

    /// <summary>The archive of a pull that has a path, where only paths are known.</summary>
    public static string Find(string path) => path.Split('/') switch
    {
        ["modules", var name, ..] => $"module-{name}{Extension}",
        ["packages", var name, ..] => $"package-{name}{Extension}",
        ["deckhouse-cli", "plugins", var name, ..] => $"plugin-{name}{Extension}",
        ["deckhouse-cli" or "installer" or "security", ..] parts => parts[0] + Extension,
        _ => $"platform{Extension}",
    };
}
