using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Checks;

/// <summary>
/// Parses the rules <c>name[@constraint]</c> of a list (docs/behaviour/pull.md#rules-and-constraints).
/// </summary>
internal static class RuleCheck
{
    /// <summary>Parses every rule; those that are malformed are added as faults and left out.</summary>
    public static ImmutableArray<ModuleRule> Parse(
        string member, ImmutableArray<ModuleRule> rules, SettingsFaults faults)
    {
        string label = SettingName.Of(member);
        ImmutableArray<ModuleRule>.Builder parsed = ImmutableArray.CreateBuilder<ModuleRule>();
        foreach (ModuleRule? rule in rules.OrEmpty())
        {
            if (Parse(label, rule, out ModuleRule? result) is { } fault)
            {
                faults.Add(member, fault);
            }
            else
            {
                parsed.Add(result!);
            }
        }

        return parsed.ToImmutable();
    }

    private static Fault? Parse(string label, ModuleRule? rule, out ModuleRule? parsed)
    {
        parsed = null;
        string text = rule?.Text ?? "";
        VersionConstraint? constraint = rule?.Constraint;
        string name = rule?.Name ?? "";
        if (rule is null or { IsUnparsed: true })
        {
            int at = text.IndexOf('@', StringComparison.Ordinal);
            name = (at < 0 ? text : text[..at]).Trim();
            string wanted = at < 0 ? "" : text[(at + 1)..].Trim();
            if (at >= 0 && wanted.Length == 0)
            {
                return EmptyConstraint(label, text);
            }

            if (at >= 0 && ConstraintText.Read(wanted, out constraint) is { } fault)
            {
                return (fault with { Message = $"In {label}, rule {QuotedText.Of(text)}: {fault.Message}" })
                    .WithValue(text);
            }
        }

        if (name.Contains('/', StringComparison.Ordinal) || !RepositoryName.IsValid(name))
        {
            return new Fault(
                FaultCode.FilterMalformed,
                $"In {label}, rule {QuotedText.Of(text)} has no valid name: {QuotedText.Of(name)}.",
                "Write name or name@constraint, for example prometheus@^1.2.0; names are lower case.").WithValue(text);
        }

        parsed = new ModuleRule(name, constraint);
        return null;
    }

    // The two ways to get there: a shell took an unquoted >= as a redirection, or a property was empty.
    private static Fault EmptyConstraint(string label, string text) => new Fault(
        FaultCode.FilterMalformed,
        $"In {label}, rule {QuotedText.Of(text)} has nothing after the '@'.",
        "Quote the rule on a command line (an unquoted >= is a redirection to the shell), check the property it is made"
        + " of, or leave out the '@' to follow the release channels.").WithValue(text);
}
