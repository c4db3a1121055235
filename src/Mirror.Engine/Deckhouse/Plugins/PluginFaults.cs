using Mirror.Engine.Errors;
using Mirror.Engine.Registry.Wire;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>What can be wrong with CLI plugins. Faults end the run; notes (D8M31xx) become warnings.</summary>
internal static class PluginFaults
{
    private const string Owner = "report it to the publisher of the plugin";

    public static Fault NoName(ComponentRule rule) => new Fault(
        FaultCode.PluginMissing,
        $"{SettingName.IncludePlugins} contains the rule '{rule}', but '{rule.Name}' is not a valid name of a CLI "
            + "plugin.",
        "Correct the name: lower-case letters and digits, separated by single '.', '_' or '-'.").WithValue($"{rule}");

    public static Fault Missing(
        ComponentRule rule, string why, string name = "", IReadOnlyCollection<string>? present = null) => new Fault(
        FaultCode.PluginMissing,
        $"The rule '{rule}' of {SettingName.IncludePlugins} matches no CLI plugin: {why}."
            + (present is { Count: > 0 } ? $" There are {NearestNames.List(present)}." : ""),
        NearestNames.Ask(name, present ?? [])
            + "Name a plugin and a version that exist; a pre-release needs its exact version, as in p@=v1.0.0-rc.1.")
        .WithValue($"{rule}");

    public static Fault Unusable(ComponentRule rule, string why) => new Fault(
        FaultCode.PluginUnusable,
        $"The CLI plugin of the rule '{rule}' of {SettingName.IncludePlugins} cannot be included: {why}.",
        $"Include another version of it or what it depends on; if the source is wrong, {Owner}.").WithValue($"{rule}");

    public static Fault NotPinned(ComponentRule rule) => new Fault(
        FaultCode.PluginNotPinned,
        $"The rule '{rule}' of {SettingName.IncludePlugins} names no exact version, which {SettingName.ProxyRegistry} "
            + "requires.",
        $"Write {rule.Name}@=v1.2.3, with the version that you want.").WithValue($"{rule}");

    public static Fault NotSearched() => new(
        FaultCode.PluginSkipped,
        "CLI plugins that modules ask for are not pulled: a proxy registry cannot list them.",
        $"Name them in {SettingName.IncludePlugins} with their exact versions, or set "
            + $"{SettingName.Without("Plugins")}.");

    public static Fault Skipped(string name, string why) => new(
        FaultCode.PluginSkipped,
        $"The CLI plugin '{name}' is not pulled: {why}.",
        "If you need it, pull versions of the modules and the platform that it supports, or name it in "
            + $"{SettingName.IncludePlugins}.");

    public static Fault PlatformPluginLeftOut(string name, string why) => new(
        FaultCode.PlatformPluginLeftOut,
        $"The CLI plugin '{name}', which belongs to the platform, is not pulled: {why}.",
        $"If it is needed, name a version of it in {SettingName.IncludePlugins}; if you do not need plugins, set "
            + $"{SettingName.Without("Plugins")}.");

    public static Fault PlatformPluginUnnamed(string name) => new(
        FaultCode.PlatformPluginLeftOut,
        $"The CLI plugin '{name}', which belongs to the platform, is not pulled: a proxy registry does not list its "
            + "versions.",
        $"Name the version in {SettingName.IncludePlugins}, as {name}@=v1.2.3, or set "
            + $"{SettingName.Without("Plugins")}.");

    public static Fault BuiltInInstead(string plugin, PluginRequirement wanted, string why) => new(
        FaultCode.BuiltInInstead,
        $"'{wanted.Name}', on which the CLI plugin {plugin} depends, is not pulled; d8 has a built-in command of that "
            + $"name, which is used instead: {why}.",
        "Nothing, if the built-in command of the d8 in use is new enough; otherwise name the plugin in "
            + $"{SettingName.IncludePlugins}.");

    public static Fault LacksVersions(string name, IEnumerable<string> failures) => new(
        FaultCode.PluginRequirementUnmet,
        $"The CLI plugin '{name}' is pulled, but has no version {string.Join("; ", failures)}.",
        "Use it with the other versions of the module only, or pull what it needs as well.");

    public static Fault ClusterMustProvide(string plugin, IEnumerable<string> unmet) => new(
        FaultCode.PluginRequirementUnmet,
        $"The CLI plugin {plugin} needs what is not in the bundle: {string.Join(", ", unmet)}.",
        "The target cluster must provide it; if it does not, pull it as well.");

    public static Fault ConditionUnmet(string plugin, IEnumerable<PluginRequirement> unmet) => new(
        FaultCode.PluginRequirementUnmet,
        $"The CLI plugin {plugin} works with other versions than those in the bundle: it wants "
            + $"{string.Join(", ", unmet)}.",
        "Pull such a version as well if the two are used together.");

    public static Fault Refused(string repository, Fault refusal) => new(
        FaultCode.PluginUnreadable,
        $"CLI plugins of {repository} are not looked at, because access to it is refused ({refusal.Code}).",
        $"If you need plugins, use a licence that covers them; otherwise set {SettingName.Without("Plugins")}.");

    public static Fault ContractBroken(string reference, string detail) => new(
        FaultCode.PluginUnreadable,
        $"The version {reference} of a CLI plugin is left out, because its contract cannot be read: "
            + ErrorBody.Clean(detail),
        $"If it is needed, {Owner}.");
}
