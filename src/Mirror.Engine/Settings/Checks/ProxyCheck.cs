using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Checks;

/// <summary>
/// What a pull has to name because a proxy registry lists neither names nor versions
/// (docs/behaviour/pull.md#settings-in-proxy-mode), packages included.
/// </summary>
internal static class ProxyCheck
{
    private const string Member = "ProxyRegistry";

    /// <summary>Adds a fault for each setting that a registry without lists cannot serve.</summary>
    public static void Run(MirrorPullSettings given, MirrorPullSettings settled, SettingsFaults faults)
    {
        if (!settled.ProxyRegistry)
        {
            return;
        }

        CheckConflict("DeckhouseTag", given.DeckhouseTag, faults);
        CheckConflict("SinceVersion", given.SinceVersion, faults);
        bool needsPlatform = settled.Components.HasFlag(MirrorComponents.Platform);
        bool needsModules = settled.Components.HasFlag(MirrorComponents.Modules);
        bool needsPackages = settled.Components.HasFlag(MirrorComponents.Packages)
            && settled.BundleFormat != BundleFormat.Legacy025;
        bool namesPackages = !given.IncludePackages.IsDefaultOrEmpty;
        if (!needsPlatform && !needsModules && !namesPackages && given.IncludePlugins.IsDefaultOrEmpty)
        {
            faults.Add(Member, new Fault(
                FaultCode.ProxyNeedsNothing,
                $"{SettingName.Mark(Member)} is set, but nothing is pulled that has versions to look for.",
                "Remove it: security databases and the installer are found without; or name what else is wanted."));
            return;
        }

        if (needsPlatform && given.IncludePlatform is null)
        {
            faults.Add("IncludePlatform", Nameless(
                "platform releases",
                "IncludePlatform",
                "a constraint with a lowest version, such as ^1.69.0, or one release, such as =v1.69.0",
                SettingName.Without("Platform")));
        }

        if (needsModules && given.IncludeModules.IsDefaultOrEmpty)
        {
            faults.Add(Member, Nameless(
                "modules", "IncludeModules", "rules such as prometheus@^1.2.0", SettingName.Without("Modules")));
        }

        if (needsPackages && !namesPackages)
        {
            faults.Add(Member, Nameless(
                "packages", "IncludePackages", "rules such as nginx@^1.2.0", SettingName.Without("Packages")));
        }

        if (needsModules)
        {
            CheckRules("IncludeModules", settled.IncludeModules, isExact: false, faults);
        }

        CheckRules("IncludePlugins", settled.IncludePlugins, isExact: true, faults);
    }

    private static void CheckConflict(string member, string? value, SettingsFaults faults)
    {
        if (!string.IsNullOrEmpty(value))
        {
            faults.Add(Member, SettingFault.Conflict(SettingName.Mark(Member), SettingName.Mark(member)) with
            {
                Advice = $"Remove {SettingName.Mark(member)}, and select releases with {SettingName.IncludePlatform}: "
                    + "a range such as ^1.69.0 or one tag such as =v1.69.0.",
            });
        }
    }

    private static void CheckRules(
        string member, ImmutableArray<ComponentRule> rules, bool isExact, SettingsFaults faults)
    {
        foreach (ComponentRule rule in rules.Where(
            rule => isExact ? rule.Constraint?.IsExact != true : rule.Constraint is null))
        {
            faults.Add(Member, new Fault(
                FaultCode.ProxyNeedsVersions,
                $"Rule {QuotedText.Quote(rule.Text)} of {SettingName.Mark(member)} names no "
                    + $"{(isExact ? "one version" : "versions")}, and a proxy registry lists none.",
                isExact
                    ? $"Write {rule.Name}@=v1.2.3."
                    : $"Write a constraint with a lowest version, as in {rule.Name}@^1.2.0, or {rule.Name}@=v1.2.3.")
            {
                Settings = [new SettingReference(member, rule.Text)],
            });
        }
    }

    private static Fault Nameless(string what, string member, string form, string removal) => new(
        FaultCode.ProxyNeedsNames,
        $"{SettingName.Mark(Member)} is set, so {what} cannot be listed, and {SettingName.Mark(member)} is not "
            + "set.",
        $"Set it: {form}; or leave {what} out with {removal}.");
}
