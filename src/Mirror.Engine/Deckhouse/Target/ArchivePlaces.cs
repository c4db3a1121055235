using System.Collections.Frozen;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse.Target;

/// <summary>
/// Where the layouts of an archive belong below an edition (docs/behaviour/push-and-bundle.md#where-layouts-belong).
/// Archives say it themselves, except those of d8 0.25.2, which are known by their content; the file name decides
/// nothing but which module such an archive is.
/// </summary>
internal static class ArchivePlaces
{
    private const string ModulePrefix = "module-";
    private const string Leftover = "tmp";

    /// <summary>First components of paths that need no prefix.</summary>
    private static readonly FrozenSet<string> Heads = FrozenSet.Create(
        StringComparer.Ordinal,
        "modules", "packages", "security", "installer", "install", "install-standalone", "release-channel",
        RegistryTree.DeckhouseCliPath);

    private static readonly FrozenSet<string> Databases =
        RegistryTree.SecurityDatabases.Select(database => database.Name).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> ModuleParts =
        FrozenSet.Create(StringComparer.Ordinal, "", "release", "extra");

    /// <summary>The archive with its layouts at the paths where they belong.</summary>
    /// <returns>A fault (D8M4004) when there is no such place.</returns>
    public static Fault? Place(ArchiveContent archive, out ArchiveContent placed)
    {
        placed = archive;
        ImmutableArray<string> heads = [.. archive.Layouts
            .Select(layout => Head(layout.Path)).Distinct(StringComparer.Ordinal)];
        if (heads.Contains(Leftover))
        {
            return NoPlace(archive, $"its path '{Leftover}' is what a push of d8 that failed left of another bundle");
        }

        if (heads.Any(Heads.Contains) || heads.All(IsUnknown))
        {
            return null;
        }

        if (heads.All(Databases.Contains))
        {
            placed = Prefixed(archive, "security");
            return null;
        }

        if (!heads.All(ModuleParts.Contains) || !heads.Contains(""))
        {
            return NoPlace(archive, $"its paths ({string.Join(", ", heads)}) are none of an edition");
        }

        string? module = ModuleOf(archive.Name);
        if (module is null)
        {
            return NoPlace(archive, "it has the form of a module of d8 0.25.2, which is known by its file name alone");
        }

        placed = Prefixed(archive, $"modules/{module}");
        return null;
    }

    /// <summary>Whether a path belongs to nothing that an edition has.</summary>
    public static bool IsUnknown(string path)
    {
        string head = Head(path);
        return !Heads.Contains(head) && !Databases.Contains(head) && !ModuleParts.Contains(head);
    }

    private static string? ModuleOf(string archive)
    {
        string name = archive[..^".tar".Length];
        string module = name.StartsWith(ModulePrefix, StringComparison.Ordinal) ? name[ModulePrefix.Length..] : "";
        return RepositoryName.IsValid(module) && !module.Contains('/', StringComparison.Ordinal) ? module : null;
    }

    private static string Head(string path) => path.Split('/', 2)[0];

    private static ArchiveContent Prefixed(ArchiveContent archive, string prefix) => archive with
    {
        Layouts = [.. archive.Layouts.Select(
            layout => layout with { Path = RepositoryName.Join(prefix, layout.Path) })],
    };

    private static Fault NoPlace(ArchiveContent archive, string why) => new(
        FaultCode.ArchiveHasNoPlace,
        $"{archive.Name} has no place at the target: {why}.",
        "Restore the name that it was pulled under (module-<name>.tar), or push only archives of a mirror pull.");
}
