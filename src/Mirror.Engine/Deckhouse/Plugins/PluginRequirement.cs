using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Plugins;

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
