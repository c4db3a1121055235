namespace Mirror.Engine.Versions;

/// <summary>
/// One operator and literal of a constraint. A part that is not stated stands for its whole line, so <c>&lt;=1.68</c>
/// accepts 1.68.42 and <c>&gt;1.68</c> starts at 1.69.0. Pre-releases are judged by <see cref="ComparisonGroup"/>.
/// </summary>
internal sealed record Comparison(ComparisonOperator Operator, VersionLiteral Literal)
{
    private SemanticVersion Bound => Literal.Version;

    /// <summary>
    /// Whether the operator names its version inclusively and so makes an anchor (docs/behaviour/pull.md#anchors).
    /// </summary>
    public bool IsAnchor =>
        Operator is ComparisonOperator.AtLeast or ComparisonOperator.AtMost && !Literal.HasWildcard;

    public bool Accepts(SemanticVersion version) => Operator switch
    {
        ComparisonOperator.Equal => Literal.StatedParts == 3 ? version.Equals(Bound) : AcceptsTilde(version),
        ComparisonOperator.NotEqual => Literal.StatedParts == 3 ? !version.Equals(Bound) : !SharesStatedParts(version),
        ComparisonOperator.Greater => version > Bound && (Literal.StatedParts == 3 || !SharesStatedParts(version)),
        ComparisonOperator.AtLeast => version >= Bound,
        ComparisonOperator.Less => version < Bound,
        ComparisonOperator.AtMost => version <= Bound || (Literal.StatedParts < 3 && SharesStatedParts(version)),
        ComparisonOperator.Tilde => AcceptsTilde(version),
        ComparisonOperator.Caret => version >= Bound && SharesParts(version, CaretParts),
        ComparisonOperator.RestOfMajor => version >= Bound && SharesParts(version, Math.Min(Literal.StatedParts, 1)),
        _ => throw new InvalidOperationException($"{Operator} is not an operator."),
    };

    // A caret locks everything up to the first number that is not zero.
    private int CaretParts
    {
        get
        {
            int parts = !Bound.Major.IsZero ? 1 : !Bound.Minor.IsZero ? 2 : 3;
            return Math.Min(parts, Literal.StatedParts);
        }
    }

    // The dialect lets ~0.0.0, written in full, accept everything from there on.
    private bool AcceptsTilde(SemanticVersion version) => version >= Bound
        && (SharesParts(version, Math.Min(Literal.StatedParts, 2)) || (Literal.StatedParts == 3 && HasOnlyZeros));

    private bool HasOnlyZeros => Bound.Major.IsZero && Bound.Minor.IsZero && Bound.Patch.IsZero;

    private bool SharesStatedParts(SemanticVersion version) => SharesParts(version, Literal.StatedParts);

    private bool SharesParts(SemanticVersion version, int count) =>
        (count < 1 || version.Major == Bound.Major)
        && (count < 2 || version.Minor == Bound.Minor)
        && (count < 3 || version.Patch == Bound.Patch);
}
