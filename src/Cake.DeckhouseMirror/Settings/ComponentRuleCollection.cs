using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

/// <summary>
/// Rules for modules, packages or plugins, each <c>name</c> or <c>name@constraint</c>. A collection expression, an
/// array and a list of texts convert to it. A malformed rule is reported with all other faults when the settings are
/// checked (D8M1009 to D8M1011).
/// </summary>
/// <example>
/// <code>
/// settings.IncludeModules = ["console", "prometheus@^1.2.0"];
/// settings.IncludeModules = Argument("modules", "console").Split(',');
/// settings.IncludeModules.Add("neuvector");
/// </code>
/// </example>
public sealed class ComponentRuleCollection : Collection<ComponentRule>
{
    /// <summary>Creates a collection without rules.</summary>
    public ComponentRuleCollection()
    {
    }

    private ComponentRuleCollection(IEnumerable<string> rules)
        : base([.. rules.Select(ComponentRule.FromString)])
    {
    }

    /// <summary>Converts texts to rules.</summary>
    /// <param name="rules">The texts; blanks around them are dropped.</param>
    /// <returns>The rules.</returns>
    public static ComponentRuleCollection FromStrings(IEnumerable<string> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new ComponentRuleCollection(rules);
    }

    /// <summary>Converts texts to rules.</summary>
    /// <param name="rules">The texts.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "FromStrings takes any list of texts.")]
    public static implicit operator ComponentRuleCollection(string[] rules) => FromStrings(rules);

    /// <summary>Converts texts to rules.</summary>
    /// <param name="rules">The texts.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "FromStrings takes any list of texts.")]
    [SuppressMessage("Design", "CA1002", Justification = "C# converts from classes only, and scripts have lists.")]
    public static implicit operator ComponentRuleCollection(List<string> rules) => FromStrings(rules);
}
