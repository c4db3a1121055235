namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>
/// What a contract must not say (docs/behaviour/pull.md#plugin-contracts): such a version of a plugin is not pulled.
/// </summary>
internal static class PluginContractRules
{
    public static string? Check(PluginContract contract) => Flaws(contract).FirstOrDefault();

    private static IEnumerable<string> Flaws(PluginContract contract)
    {
        HashSet<string> mandatory = Names(contract.Modules);
        HashSet<string> conditional = Names(contract.ConditionalModules);
        foreach (string module in mandatory.Intersect(conditional))
        {
            yield return $"module {module} is both mandatory and conditional.";
        }

        foreach (string flaw in GroupFlaws(contract.AnyOf).Concat(GroupFlaws(contract.NoneOf)))
        {
            yield return flaw;
        }

        HashSet<string> anyOf = Names(contract.AnyOf.SelectMany(group => group.Members));
        HashSet<string> noneOf = Names(contract.NoneOf.SelectMany(group => group.Members));
        foreach (string module in anyOf.Union(noneOf).Intersect(mandatory.Union(conditional)))
        {
            yield return $"module {module} is in a group and mandatory or conditional as well.";
        }

        foreach (string module in anyOf.Intersect(noneOf))
        {
            yield return $"module {module} is in groups of both kinds.";
        }
    }

    private static IEnumerable<string> GroupFlaws(IReadOnlyCollection<PluginGroup> groups)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (PluginGroup group in groups)
        {
            if (group.Name.Length == 0)
            {
                yield return "a group has no name.";
            }

            if (!seen.Add(group.Name))
            {
                yield return $"two groups have the name '{group.Name}'.";
            }

            if (group.Members.IsEmpty)
            {
                yield return $"the group '{group.Name}' has no members.";
            }

            if (Names(group.Members).Count < group.Members.Length)
            {
                yield return $"a module is twice in the group '{group.Name}'.";
            }

            if (group.Members.FirstOrDefault(member => member.Name.Length == 0 || !member.IsWellFormed) is { } member)
            {
                yield return $"the group '{group.Name}' has a member without name or valid constraint: '{member}'.";
            }
        }
    }

    private static HashSet<string> Names(IEnumerable<PluginRequirement> requirements) =>
        [.. requirements.Select(requirement => requirement.Name)];
}
