using Mirror.Engine.Errors;

namespace Mirror.Engine.Versions;

/// <summary>
/// A rule <c>name[@constraint]</c> (spec/pull.md 4.1). Without a constraint the release channels decide.
/// </summary>
internal sealed record NamedConstraint(string Name, VersionConstraint? Constraint)
{
    /// <summary>Reads a rule, or says what is wrong: exactly one of the two is null.</summary>
    public static Fault? Read(string text, out NamedConstraint? rule)
    {
        rule = null;
        int at = text.IndexOf('@', StringComparison.Ordinal);
        string name = (at < 0 ? text : text[..at]).Trim();
        if (name.Length == 0)
        {
            return ConstraintFault.EmptyName(text);
        }

        if (name.Length > VersionConstraint.MaxLength)
        {
            return ConstraintFault.TooLong(text);
        }

        VersionConstraint? constraint = null;
        string wanted = at < 0 ? "" : text[(at + 1)..].Trim();
        Fault? fault = at < 0
            ? null
            : wanted.Length == 0
                ? ConstraintFault.EmptyConstraint(text)
                : VersionConstraint.Read(wanted, out constraint);
        rule = fault is null ? new NamedConstraint(name, constraint) : null;
        return fault;
    }
}
