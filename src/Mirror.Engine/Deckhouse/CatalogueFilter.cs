using System.Collections.Immutable;
using Mirror.Engine.Settings;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Which items of a catalogue are wanted, in which versions. Includes win over excludes; entries of one name are OR-ed
/// (spec/pull.md 4.1).
/// </summary>
internal sealed class CatalogueFilter(ImmutableArray<ModuleRule> includes, ImmutableArray<ModuleRule> excludes)
{
    /// <summary>The names that were asked for by name; empty when the catalogue decides.</summary>
    public ImmutableArray<string> Named { get; } =
        [.. includes.Select(rule => rule.Name).Distinct(StringComparer.Ordinal)];

    public bool Wants(string name) => includes.IsEmpty
        ? !excludes.Any(rule => rule.Name == name && rule.Constraint is null)
        : Named.Contains(name);

    /// <summary>The constraints of an item; empty: the release channels decide.</summary>
    public ImmutableArray<VersionConstraint> Constraints(string name) =>
        [.. includes.Where(rule => rule.Name == name).Select(rule => rule.Constraint).OfType<VersionConstraint>()];

    /// <summary>Whether an exclude with a version leaves this version of an item out.</summary>
    public bool Excludes(string name, string tag) => includes.IsEmpty
        && excludes.Any(rule => rule.Name == name && rule.Constraint is { } constraint && Covers(constraint, tag));

    private static bool Covers(VersionConstraint constraint, string tag)
    {
        if (constraint.IsExact)
        {
            return constraint.Tag == tag;
        }

        // A bare version in an exclude means exactly that one, not its caret: leaving out more would lose silently.
        return SemanticVersion.TryParse(tag, out SemanticVersion? version)
            && (constraint.Form == ConstraintForm.Bare
                ? version.Equals(constraint.LowerBound)
                : constraint.Admits(version, SelectionRules.V025));
    }
}
