using Mirror.Engine.Errors;
using Mirror.Engine.Oci;

namespace Mirror.Engine;

/// <summary>
/// Selects a module, package or CLI plugin by name, and its versions by a constraint if there is one
/// (docs/behaviour/pull.md#rules-and-constraints). A text <c>name</c> or <c>name@constraint</c> converts to a rule. A
/// malformed rule keeps what is wrong with it, and is reported with all other faults when the settings are checked:
/// D8M1009 for its form or name, D8M1010 or D8M1011 for its constraint. Two rules are equal if their names and
/// constraints are; two malformed ones, if they were written alike.
/// </summary>
public sealed record ComponentRule
{
    /// <summary>Makes a rule.</summary>
    /// <param name="name">The name, as the registry spells it.</param>
    /// <param name="constraint">The versions; <see langword="null"/>: those of the release channels.</param>
    public ComponentRule(string name, VersionConstraint? constraint = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Constraint = constraint;
        Text = constraint is null ? name : $"{name}@{constraint}";
        Fault = NameFault(Text, name) ?? RuleFault(Text, constraint?.Fault);
    }

    private ComponentRule(string name, string text, Fault fault)
    {
        Name = name;
        Text = text;
        Fault = fault;
    }

    /// <summary>The name, as the registry spells it.</summary>
    public string Name { get; }

    /// <summary>The versions; <see langword="null"/>: those of the release channels.</summary>
    public VersionConstraint? Constraint { get; }

    /// <summary>The rule as <c>name</c> or <c>name@constraint</c>; a malformed text as it was written.</summary>
    internal string Text { get; }

    /// <summary>What is wrong with the rule, or <see langword="null"/>.</summary>
    internal Fault? Fault { get; }

    /// <summary>Reads a rule.</summary>
    /// <param name="text"><c>name</c> or <c>name@constraint</c>; blanks around either are dropped.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="MirrorException">
    /// The text is malformed: D8M1009 for its form or name, D8M1010 or D8M1011 for its constraint.
    /// </exception>
    public static ComponentRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ComponentRule rule = FromString(text);
        return rule.Fault is { } fault ? throw new MirrorException(fault) : rule;
    }

    /// <summary>Converts a text to a rule; a malformed one is reported when the settings are checked.</summary>
    /// <param name="text">
    /// <c>name</c> or <c>name@constraint</c>; blanks around either are dropped. <see langword="null"/> is taken for an
    /// empty text, which is malformed.
    /// </param>
    /// <returns>The rule.</returns>
    public static ComponentRule FromString(string? text)
    {
        text ??= "";
        int at = text.IndexOf('@', StringComparison.Ordinal);
        string name = (at < 0 ? text : text[..at]).Trim();
        VersionConstraint? constraint = null;
        Fault? fault = (at < 0 ? null : ReadConstraint(text, text[(at + 1)..].Trim(), out constraint))
            ?? NameFault(text, name);
        return fault is null ? new ComponentRule(name, constraint) : new ComponentRule(name, text, fault);
    }

    /// <summary>Converts a text to a rule; a malformed one is reported when the settings are checked.</summary>
    /// <param name="text"><c>name</c> or <c>name@constraint</c>.</param>
    public static implicit operator ComponentRule(string? text) => FromString(text);

    /// <summary>
    /// Returns the rule as <c>name</c> or <c>name@constraint</c>; a malformed text as it was written.
    /// </summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;

    private static Fault? ReadConstraint(string text, string versions, out VersionConstraint? constraint)
    {
        constraint = null;

        // The two ways to get here: a shell took an unquoted >= as a redirection, or a property was empty.
        return versions.Length == 0
            ? new Fault(
                FaultCode.FilterMalformed,
                $"Rule {QuotedText.Quote(text)} has nothing after the '@'.",
                "Quote the rule on a command line (an unquoted >= is a redirection to the shell), check the property "
                    + "it is made of, or leave out the '@' to follow the release channels.")
            : RuleFault(text, VersionConstraint.Read(versions, out constraint));
    }

    private static Fault? RuleFault(string text, Fault? fault) =>
        fault is null ? null : fault with { Message = $"Rule {QuotedText.Quote(text)}: {fault.Message}" };

    private static Fault? NameFault(string text, string name) =>
        !name.Contains('/', StringComparison.Ordinal) && RepositoryName.IsValid(name)
            ? null
            : new Fault(
                FaultCode.FilterMalformed,
                $"Rule {QuotedText.Quote(text)} has no valid name: {QuotedText.Quote(name)}.",
                "Write name or name@constraint, for example prometheus@^1.2.0; names are lower case.");
}
