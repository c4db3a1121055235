using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>
/// What a version of a CLI plugin requires (docs/behaviour/pull.md#plugin-contracts). What no bundle can answer is not
/// kept: the version of Kubernetes.
/// </summary>
internal sealed record PluginContract
{
    public static PluginContract Empty { get; } = new();

    /// <summary>The platform it wants, or <see langword="null"/>.</summary>
    public PluginRequirement? Deckhouse { get; init; }

    public ImmutableArray<PluginRequirement> Modules { get; init; } = [];

    /// <summary>Modules that need not be there, but if they are, in these versions.</summary>
    public ImmutableArray<PluginRequirement> ConditionalModules { get; init; } = [];

    public ImmutableArray<PluginGroup> AnyOf { get; init; } = [];

    public ImmutableArray<PluginGroup> NoneOf { get; init; } = [];

    public ImmutableArray<PluginRequirement> Plugins { get; init; } = [];

    public ImmutableArray<PluginRequirement> ConditionalPlugins { get; init; } = [];

    /// <summary>The modules whose presence asks for the plugin.</summary>
    public IEnumerable<string> Triggers => Modules.Concat(AnyOf.SelectMany(group => group.Members))
        .Select(module => module.Name)
        .Distinct(StringComparer.Ordinal);

    /// <summary>What it says of a module: as mandatory one, else as member of groups.</summary>
    public ImmutableArray<PluginRequirement> RequirementsOf(string module)
    {
        ImmutableArray<PluginRequirement> mandatory = [.. Modules.Where(one => one.Name == module)];
        return mandatory.IsEmpty
            ? [.. AnyOf.SelectMany(group => group.Members).Where(one => one.Name == module)]
            : mandatory;
    }
}

/// <summary>A module or plugin that a contract names, with the versions it wants.</summary>
/// <param name="Name">The name, as the contract spells it.</param>
/// <param name="Constraint">The range; empty accepts everything, a malformed one nothing.</param>
internal sealed record PluginRequirement(string Name, string Constraint)
{
    private readonly VersionRange? _range =
        VersionRangeParser.TryParse(Constraint, out VersionRange? range) ? range : null;

    public bool IsWellFormed => Constraint.Length == 0 || _range is not null;

    public bool Accepts(SemanticVersion version) =>
        Constraint.Length == 0 || (_range?.Accepts(PluginVersion.Normalise(version)) ?? false);

    public override string ToString() => Constraint.Length == 0 ? Name : $"{Name} {Constraint}";
}

/// <summary>Modules of which a contract wants one (<c>anyOf</c>) or none (<c>noneOf</c>).</summary>
internal sealed record PluginGroup(string Name, ImmutableArray<PluginRequirement> Members);
