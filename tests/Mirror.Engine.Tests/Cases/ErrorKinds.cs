namespace Mirror.Engine.Tests.Cases;

/// <summary>
/// The fault code that stands for each error kind of the case files (docs/behaviour/pull.md#error-kinds).
/// </summary>
internal static class ErrorKinds
{
    private static readonly Dictionary<string, (string Code, string[] Says)> Kinds = new(StringComparer.Ordinal)
    {
        ["filter.empty-name"] = (FaultCode.FilterMalformed, []),
        ["filter.empty-constraint"] = (FaultCode.FilterMalformed, []),
        ["filter.empty-tag"] = (FaultCode.FilterMalformed, []),
        ["filter.bad-version"] = (FaultCode.VersionMalformed, []),
        ["filter.bad-constraint"] = (FaultCode.ConstraintMalformed, []),
        ["flags.mutually-exclusive"] = (FaultCode.SettingsConflict, []),
        ["source.missing-path"] = (FaultCode.ReferenceMalformed, ["Source ", "without a path"]),
        ["source.bad-reference"] = (FaultCode.ReferenceMalformed, ["Source "]),
        ["source.bad-url"] = (FaultCode.ReferenceMalformed, ["Source "]),
        ["source.no-host"] = (FaultCode.ReferenceMalformed, ["Source ", "not a valid host"]),
        ["version.since-and-tag"] = (FaultCode.SettingsConflict, ["SinceVersion ", "DeckhouseTag "]),
        ["version.platform-and-tag"] = (FaultCode.SettingsConflict, ["IncludePlatform ", "DeckhouseTag "]),
        ["version.platform-and-since"] = (FaultCode.SettingsConflict, ["IncludePlatform ", "SinceVersion "]),
        ["version.bad-since"] = (FaultCode.VersionMalformed, ["SinceVersion "]),
        ["version.bad-platform-constraint"] = (FaultCode.VersionMalformed, []),
        ["version.platform-is-path"] = (FaultCode.ConstraintIsPath, ["IncludePlatform "]),
        ["plugins.only-extra-conflict"] = (FaultCode.SettingsConflict, ["OnlyExtraImages ", "IncludePlugins "]),
        ["bundle.arg-count"] = (FaultCode.SettingMissing, ["BundleDirectory "]),
        ["bundle.not-directory"] = (FaultCode.BundleNotDirectory, []),
        ["bundle.not-empty"] = (FaultCode.BundleConflict, []),
        ["chunk.negative"] = (FaultCode.SettingOutOfRange, ["BundleChunkSize "]),
        ["proxy.with-tag"] = (FaultCode.SettingsConflict, ["ProxyRegistry ", "DeckhouseTag "]),
        ["proxy.with-since"] = (FaultCode.SettingsConflict, ["ProxyRegistry ", "SinceVersion "]),
        ["proxy.nothing-to-do"] = (FaultCode.ProxyNeedsNothing, ["ProxyRegistry "]),
        ["proxy.platform-constraint-required"] = (FaultCode.ProxyNeedsNames, ["IncludePlatform "]),
        ["proxy.module-required"] = (FaultCode.ProxyNeedsNames, ["IncludeModules "]),
        ["proxy.module-version-required"] = (FaultCode.ProxyNeedsVersions, ["IncludeModules "]),
        ["proxy.plugin-exact-required"] = (FaultCode.ProxyNeedsVersions, ["IncludePlugins "]),
        ["proxy.package-whitelist-required"] = (FaultCode.ProxyNeedsNames, ["IncludePackages "]),
    };

    public static string CodeOf(string kind) => Kinds.TryGetValue(kind, out var known)
        ? known.Code
        : $"(no code for {kind})";

    /// <summary>
    /// Which of some faults stands for a kind: kinds that share a code are told apart by the settings named.
    /// </summary>
    public static Fault? Find(string kind, IEnumerable<Fault> faults) => faults.FirstOrDefault(fault =>
        Kinds.TryGetValue(kind, out var known)
        && fault.Code == known.Code
        && known.Says.All(text => fault.Message.Contains(text, StringComparison.Ordinal)));
}
