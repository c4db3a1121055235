using System.Collections.Immutable;

namespace Mirror.Engine.Versions;

/// <summary>
/// Comparisons that must all hold. A pre-release is accepted only if one of them names a pre-release, whichever it is
/// (the rule of Masterminds 3.4.0; architecture decision 5).
/// </summary>
internal sealed class ComparisonGroup(ImmutableArray<Comparison> comparisons)
{
    private readonly bool _admitsPrereleases = comparisons.Any(comparison => comparison.Literal.Version.IsPrerelease);

    public ImmutableArray<Comparison> Comparisons => comparisons;

    public bool Accepts(SemanticVersion version) =>
        (_admitsPrereleases || !version.IsPrerelease) && comparisons.All(comparison => comparison.Accepts(version));
}
