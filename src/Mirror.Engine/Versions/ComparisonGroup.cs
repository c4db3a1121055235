namespace Mirror.Engine.Versions;

/// <summary>
/// Comparisons that must all hold. A pre-release is accepted only if one of them names a pre-release, whichever it is
/// (the rule of Masterminds 3.4.0; docs/behaviour/pull.md#pre-releases).
/// </summary>
internal sealed class ComparisonGroup(ImmutableArray<Comparison> comparisons)
{
    private readonly bool _admitsPrereleases = comparisons.Any(comparison => comparison.Literal.Version.IsPrerelease);

    public ImmutableArray<Comparison> Comparisons => comparisons;

    /// <summary>
    /// The smallest version named, whatever its operator; 0.0.0 if none is (docs/behaviour/pull.md#lower-bound).
    /// </summary>
    public SemanticVersion LowerBound => comparisons
        .Where(comparison => comparison.Literal.StatedParts > 0)
        .Min(comparison => comparison.Literal.Version) ?? SemanticVersion.Zero;

    public bool Accepts(SemanticVersion version) =>
        (_admitsPrereleases || !version.IsPrerelease) && comparisons.All(comparison => comparison.Accepts(version));
}
