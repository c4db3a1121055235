using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Deckhouse.Target;

/// <summary>
/// Which repository of the target a path of a bundle goes to (docs/behaviour/push-and-bundle.md#target-repositories):
/// modules to their own path; the installer, the CLI and its plugins to the bare root; all else below the target.
/// </summary>
/// <param name="target">The target.</param>
/// <param name="bareRoot">The bare root, or <see langword="null"/>: above the edition, if the path names one.</param>
internal sealed class TargetTree(RegistryAccess target, string? bareRoot)
{
    private const string Modules = "modules";

    private readonly RegistryTree _tree = new(target);

    /// <summary>Where the installer, the CLI and its plugins go.</summary>
    public string BareRoot => bareRoot ?? _tree.Bare;

    /// <summary>Where modules go and where they are looked for, if that is not the same.</summary>
    public (string Actual, string Standard)? MovedModules =>
        _tree.Modules == _tree.StandardModules ? null : (_tree.Modules, _tree.StandardModules);

    public string RepositoryOf(string path)
    {
        string[] parts = path.Split('/', 2);
        return parts[0] switch
        {
            Modules => RepositoryName.Join(_tree.Modules, parts.Length > 1 ? parts[1] : ""),
            "installer" or RegistryTree.DeckhouseCliPath => RepositoryName.Join(BareRoot, path),
            _ => RepositoryName.Join(target.Path, path),
        };
    }

    /// <summary>
    /// The path whose tags list a catalogue's names, and the name that a layout belongs to there; nothing for a path
    /// that is no part of a catalogue.
    /// </summary>
    public static (string Catalogue, string Name)? CatalogueOf(string path)
    {
        string[] parts = path.Split('/');
        return parts switch
        {
            [Modules or "packages", var name, ..] => (parts[0], name),
            ["deckhouse-cli", "plugins", var name, ..] => ("deckhouse-cli/plugins", name),
            _ => null,
        };
    }
}
