using Mirror.Engine.Errors;

namespace Mirror.Engine.Versions;

/// <summary>A constraint.</summary>
public sealed class VersionConstraint
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
