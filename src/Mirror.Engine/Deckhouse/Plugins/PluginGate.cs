using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>
/// What a bundle has of what the contracts of plugins ask for (docs/behaviour/pull.md#what-the-bundle-satisfies). Tags
/// that spell no version can satisfy nothing, so they are left out.
/// </summary>
internal sealed class PluginGate
{
    private readonly ImmutableArray<TaggedVersion> _platform;
    private readonly ImmutableSortedDictionary<string, ImmutableArray<TaggedVersion>> _modules;

    public PluginGate(IReadOnlyCollection<ChosenVersion> chosen)
    {
        HasPlatform = chosen.Any(one => one.Kind == ChosenVersion.Platform);
        _platform = Versions(chosen.Where(one => one.Kind == ChosenVersion.Platform));
        _modules = chosen
            .Where(one => one.Kind == ChosenVersion.Module)
            .GroupBy(one => one.Name, StringComparer.Ordinal)
            .Select(module => (Name: module.Key, Versions: Versions(module)))
            .Where(module => !module.Versions.IsEmpty)
            .ToImmutableSortedDictionary(module => module.Name, module => module.Versions, StringComparer.Ordinal);
    }

    /// <summary>Whether the platform is in the bundle, be it a build whose tag is not a version.</summary>
    public bool HasPlatform { get; }

    public bool HasModules => !_modules.IsEmpty;

    /// <summary>The versions of a module, newest first; none: it is not in the bundle.</summary>
    public ImmutableArray<TaggedVersion> ModuleVersions(string name) => _modules.GetValueOrDefault(name, []);

    /// <summary>The modules of the bundle that ask for a plugin of this contract, by name.</summary>
    public ImmutableArray<string> Triggers(PluginContract contract) =>
        [.. _modules.Keys.Intersect(contract.Triggers, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>
    /// What the bundle lacks of what a contract requires, but for a mandatory module that was looked at already.
    /// </summary>
    public ImmutableArray<string> Unmet(PluginContract contract, string? exceptModule = null)
    {
        ImmutableArray<string>.Builder unmet = ImmutableArray.CreateBuilder<string>();
        unmet.AddRange(contract.Modules
            .Where(module => module.Name != exceptModule && !HasSatisfied(module))
            .Select(module => $"the module {module}"));
        unmet.AddRange(contract.AnyOf
            .Where(group => !group.Members.Any(HasSatisfied))
            .Select(group => $"a module of '{group.Name}' ({string.Join(", ", group.Members)})"));
        if (UnmetPlatform(contract) is { } platform)
        {
            unmet.Add(platform);
        }

        return unmet.ToImmutable();
    }

    /// <summary>The platform that a contract requires, if the bundle has others only.</summary>
    public string? UnmetPlatform(PluginContract contract) => contract.Deckhouse is { } deckhouse
        && !_platform.IsEmpty
        && !_platform.Any(version => deckhouse.Accepts(version.Version))
            ? $"{deckhouse}"
            : null;

    /// <summary>The conditional modules that the bundle has, but in no version that a contract wants.</summary>
    public IEnumerable<PluginRequirement> UnmetConditions(PluginContract contract) => contract.ConditionalModules
        .Where(module => !ModuleVersions(module.Name).IsEmpty && !HasSatisfied(module));

    private bool HasSatisfied(PluginRequirement module) =>
        ModuleVersions(module.Name).Any(version => module.Accepts(version.Version));

    private static ImmutableArray<TaggedVersion> Versions(IEnumerable<ChosenVersion> chosen) =>
        [.. TaggedVersion.AmongTags(chosen.Select(one => one.Tag)).Reverse()];
}
