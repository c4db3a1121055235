using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Catalogue;

/// <summary>
/// Which items of a catalogue are wanted, in which versions. Includes win over excludes; entries of one name are OR-ed
/// (docs/behaviour/pull.md#rules-and-constraints).
/// </summary>
internal sealed class CatalogueFilter(ImmutableArray<ComponentRule> includes, ImmutableArray<ComponentRule> excludes)
{
    /// <summary>The names that were asked for by name; empty when the catalogue decides.</summary>
    public ImmutableArray<string> Named { get; } =
        [.. includes.Select(rule => rule.Name).Distinct(StringComparer.Ordinal)];

    private ImmutableArray<ComponentRule> Excluded => includes.IsEmpty ? excludes : [];

    public bool Names(string name) => Named.Contains(name);

    public bool Wants(string name) => includes.IsEmpty
        ? !excludes.Any(rule => rule.Name == name && rule.Constraint is null)
        : Names(name);

    /// <summary>The constraints of an item, each once; empty: the release channels decide.</summary>
    public ImmutableArray<VersionConstraint> Constraints(string name) =>
    [
        .. includes.Where(rule => rule.Name == name)
            .Select(rule => rule.Constraint).OfType<VersionConstraint>().Distinct(),
    ];

    /// <summary>Whether an exclude with a version leaves this version of an item out.</summary>
    public bool Excludes(string name, string tag) => !Excluding(name, tag).IsEmpty;

    /// <summary>The excludes that leave this version of an item out.</summary>
    public ImmutableArray<ComponentRule> Excluding(string name, string tag) =>
    [
        .. Excluded.Where(rule => rule.Name == name
            && rule.Constraint is { } constraint && Covers(constraint, tag)),
    ];

    /// <summary>The excludes of items that the catalogue does not have: most likely a spelling mistake.</summary>
    public ImmutableArray<ComponentRule> ExcludesNothing(IReadOnlyCollection<string> names) =>
        [.. Excluded.Where(rule => !names.Contains(rule.Name, StringComparer.Ordinal))];

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
