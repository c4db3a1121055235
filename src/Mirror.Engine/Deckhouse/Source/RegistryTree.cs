using Mirror.Engine.Oci;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// Where things are in a Deckhouse registry (docs/behaviour/pull.md#repositories-and-tags). Two roots: the stand-alone
/// installer, the CLI and its plugins hang off the bare root, above the edition; everything else off the edition root.
/// </summary>
internal sealed class RegistryTree(RegistryAccess source)
{
    /// <summary>Where the CLI is, below the bare root and in a bundle.</summary>
    public const string DeckhouseCliPath = "deckhouse-cli";

    /// <summary>Where CLI plugins are, below the bare root and in a bundle.</summary>
    public const string PluginsPath = $"{DeckhouseCliPath}/plugins";

    private static readonly ImmutableArray<string> Editions = ["ee", "fe", "se", "be", "se-plus", "ce", "cse"];

    /// <summary>The databases and their tags, by name.</summary>
    public static ImmutableArray<(string Name, string Tag)> SecurityDatabases { get; } =
        [("trivy-bdu", "1"), ("trivy-checks", "0"), ("trivy-db", "2"), ("trivy-java-db", "1")];

    public string Edition => source.Path;

    /// <summary>The root above the edition; a path that is an edition and nothing else is its own.</summary>
    public string Bare
    {
        get
        {
            int slash = source.Path.LastIndexOf('/');
            return slash > 0 && Editions.Contains(source.Path[(slash + 1)..]) ? source.Path[..slash] : source.Path;
        }
    }

    /// <summary>The edition that a path ends in; <see langword="null"/>: it names none.</summary>
    public static string? EditionIn(string path) =>
        path[(path.LastIndexOf('/') + 1)..] is var last && Editions.Contains(last) ? last : null;

    public string Install => RepositoryName.Join(Edition, "install");

    public string InstallStandalone => RepositoryName.Join(Edition, "install-standalone");

    public string ReleaseChannels => RepositoryName.Join(Edition, "release-channel");

    public string Installer => RepositoryName.Join(Bare, "installer");

    public string Modules => RepositoryName.Join(Edition, source.ModulesPath);

    /// <summary>Where modules are unless they were moved.</summary>
    public string StandardModules => RepositoryName.Join(Edition, "modules");

    public string Packages => RepositoryName.Join(Edition, "packages");

    /// <summary>
    /// Whether a tag of the edition's repository is one of its own, a release, channel or attestation, and so no name
    /// of a module that may live beside them.
    /// </summary>
    public static bool IsEditionTag(string tag) =>
        ReleaseChannel.IsChannel(tag) || Attestations.IsTag(tag) || SemanticVersion.TryParse(tag, out _);

    public string DeckhouseCli => RepositoryName.Join(Bare, DeckhouseCliPath);

    /// <summary>The repository whose tags are the names of CLI plugins.</summary>
    public string Plugins => RepositoryName.Join(Bare, PluginsPath);

    public string Plugin(string name) => RepositoryName.Join(Plugins, name);

    public string SecurityDatabase(string name) => RepositoryName.Join(Edition, "security", name);
}
