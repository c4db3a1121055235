using Mirror.Engine.Errors;

namespace Mirror.Engine.Versions;

/// <summary>
/// Which versions of something are wanted, in d8's notation (spec/pull.md 4.1): an exact tag <c>=v1.2.3</c>, if need be
/// with the channel it is published as, <c>=v1.2.3+stable</c>; a range such as <c>~1.2.0</c>, <c>^1.2.0</c> or
/// <c>&gt;=1.2.0 &lt;1.5.0 || ^2.0.0</c>; or a bare version <c>1.2.0</c>, which <see cref="SelectionRules"/> gives its
/// meaning. Two constraints are equal if their texts are.
/// </summary>
public sealed record VersionConstraint
{
    private readonly string _text;

    private VersionConstraint(string text) => _text = text;

    /// <summary>Text.</summary>
    /// <returns>Text.</returns>
    public override string ToString() => _text;

    internal static Fault? Read(string text, out VersionConstraint? constraint)
    {
        string trimmed = text.Trim();
        bool isVersion = SemanticVersion.TryParse(trimmed.TrimStart('=', '^', '~', '<', '>', ' '), out _);
        constraint = isVersion || trimmed is ['=', _, ..] ? new VersionConstraint(trimmed) : null;
        return constraint is not null
            ? null
            : new Fault(
                trimmed is ['^' or '~' or '<' or '>', ..] ? FaultCode.ConstraintMalformed : FaultCode.VersionMalformed,
                $"The constraint '{trimmed}' is malformed.",
                "Correct it.");
    }
}
