namespace Mirror.Engine.Versions;

/// <summary>
/// A set of versions: groups of comparisons, one of which must hold. Evaluated here and not by the Semver package,
/// whose npm ranges differ from the dialect in partial bounds, the commas, <c>=&gt;</c>, <c>~0.0.0</c> and above all
/// in when a pre-release is accepted.
/// </summary>
internal sealed class VersionRange(ImmutableArray<ComparisonGroup> groups)
{
    public static VersionRange Nothing { get; } = new([]);

    public ImmutableArray<ComparisonGroup> Groups => groups;

    private IEnumerable<Comparison> Comparisons => groups.SelectMany(group => group.Comparisons);

    /// <summary>The versions named by <c>&gt;=</c> and <c>&lt;=</c>, in the order of the text.</summary>
    public ImmutableArray<SemanticVersion> Anchors =>
        [.. Comparisons.Where(comparison => comparison.IsAnchor).Select(comparison => comparison.Literal.Version)];

    /// <summary>
    /// The smallest version named, whatever its operator; 0.0.0 if none is (docs/behaviour/pull.md#lower-bound).
    /// </summary>
    public SemanticVersion LowerBound => Comparisons
        .Where(comparison => comparison.Literal.StatedParts > 0)
        .Min(comparison => comparison.Literal.Version) ?? SemanticVersion.Zero;

    public static VersionRange Create(ComparisonOperator comparisonOperator, VersionLiteral literal) =>
        new([new ComparisonGroup([new Comparison(comparisonOperator, literal)])]);

    public bool Accepts(SemanticVersion version) => groups.Any(group => group.Accepts(version));
}
