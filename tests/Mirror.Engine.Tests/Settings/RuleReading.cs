using System.Collections.Immutable;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Tests.Settings;

/// <summary>Rules <c>name[@constraint]</c> as the check of the settings reads them, and their faults.</summary>
internal sealed record RuleReading(ImmutableArray<ComponentRule> Rules, ImmutableArray<Fault> Faults)
{
    public static RuleReading Of(params IEnumerable<string> texts)
    {
        SettingsFaults faults = new();
        ImmutableArray<ComponentRule> rules =
            RuleCheck.Run("IncludeModules", [.. texts.Select(ComponentRule.FromString)], faults);
        try
        {
            faults.ThrowIfAny();
            return new RuleReading(rules, []);
        }
        catch (MirrorException refusal)
        {
            return new RuleReading(rules, refusal.Faults);
        }
    }
}
