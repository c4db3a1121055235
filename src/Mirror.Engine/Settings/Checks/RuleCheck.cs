using Mirror.Engine.Errors;

namespace Mirror.Engine.Settings.Checks;

/// <summary>Reports the malformed rules of a list (docs/behaviour/pull.md#rules-and-constraints).</summary>
internal static class RuleCheck
{
    /// <summary>The rules of a list without those that are malformed, of which each becomes a fault.</summary>
    public static ImmutableArray<ComponentRule> Run(
        string member, ImmutableArray<ComponentRule> rules, SettingsFaults faults)
    {
        ComponentRule[] given = [.. rules.OrEmpty().Select(rule => rule ?? ComponentRule.FromString(null))];
        foreach (ComponentRule rule in given)
        {
            if (rule.Fault is { } fault)
            {
                Fault placed = fault with { Message = $"In {SettingName.Mark(member)}: {fault.Message}" };
                faults.Add(member, placed.WithValue(rule.Text));
            }
        }

        return [.. given.Where(rule => rule.Fault is null)];
    }
}
