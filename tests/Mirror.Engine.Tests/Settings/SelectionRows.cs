using System.Collections.Immutable;
using Mirror.TestKit.Mini;
using Xunit;
using static Mirror.Engine.Tests.Settings.SelectionImages;

namespace Mirror.Engine.Tests.Settings;

/// <summary>Every setting that selects, with what it changes.</summary>
internal static class SelectionRows
{
    private const string ModulesOf = "deckhouse/ee/modules";
    private const MirrorComponents Platform = MirrorComponents.Platform;
    private const MirrorComponents Modules = MirrorComponents.Modules;
    private const MirrorComponents Packages = MirrorComponents.Packages;
    private const MirrorComponents Installer = MirrorComponents.Installer;

    /// <summary>
    /// Settings of a pull that say how to reach a source or how a bundle is written, and select nothing.
    /// </summary>
    public static ImmutableArray<string> SelectingNothing { get; } =
    [
        "D8MirrorAllowedRealms", "D8MirrorBundleChunkSize", "D8MirrorBundleDirectory", "D8MirrorBytesPerSecond",
        "D8MirrorCaFile", "D8MirrorClientCertificateFile", "D8MirrorClientKeyFile", "D8MirrorDeltaBase",
        "D8MirrorDeltaBaseId", "D8MirrorForce", "D8MirrorGostDigest", "D8MirrorInsecure", "D8MirrorInventoryFile",
        "D8MirrorLicenseVariable", "D8MirrorLockDatabases",
        "D8MirrorLockFile", "D8MirrorMaxConnections", "D8MirrorNoPullResume", "D8MirrorOutputsFile",
        "D8MirrorReportFile", "D8MirrorRequestsPerSecond", "D8MirrorReviewed", "D8MirrorSourceCaFile",
        "D8MirrorSourceClientCertificateFile", "D8MirrorSourceClientKeyFile", "D8MirrorSourceInsecure",
        "D8MirrorSourceLogin", "D8MirrorSourcePasswordVariable", "D8MirrorSourceTlsSkipVerify", "D8MirrorTimeout",
        "D8MirrorTlsSkipVerify", "D8MirrorTmpDir",
    ];

    public static ImmutableArray<SelectionRow> All { get; } =
    [
        new("D8MirrorSource", $"{SelectionRow.Host}/alternative/ee", settings => settings with
        {
            Source = new RegistryEndpoint(
                settings.Source.Reference.Replace("deckhouse/", "alternative/", StringComparison.Ordinal)),
        })
        {
            Components = MirrorComponents.SecurityDb,
            Gone = Databases("deckhouse/ee"),
            Added = Databases("alternative/ee"),
        },
        new("D8MirrorModulesPathSuffix", "/packages", settings => settings with { ModulesPathSuffix = "/packages" })
        {
            Components = Modules,
            Modules = ["pkg-two@^1.0.0"],
            Gone = ["D8M3008"],
            Added = ["module-pkg-two.tar deckhouse/ee/packages/pkg-two: v1.0.0 1 by digest"],
        },
        new("D8MirrorSourceModulesPathSuffix", "/packages", settings => settings with
        {
            Source = settings.Source with { ModulesPathSuffix = "/packages" },
        })
        {
            Components = Modules,
            Modules = ["pkg-two@^1.0.0"],
            Gone = ["D8M3008"],
            Added = ["module-pkg-two.tar deckhouse/ee/packages/pkg-two: v1.0.0 1 by digest"],
        },
        new("D8MirrorSinceVersion", "1.67.5", settings => settings with { SinceVersion = "1.67.5" })
        {
            Components = Platform,
            Added = Releases("deckhouse/ee", "v1.67.5", channels: "", components: 5),
        },
        new("D8MirrorDeckhouseTag", "pr12345", settings => settings with { DeckhouseTag = "pr12345" })
        {
            Components = Platform,
            Gone = Releases(
                "deckhouse/ee", "v1.68.9 v1.69.4 v1.69.5 v1.70.2 v1.71.0 v1.72.1", Channels, components: 28),
            Added =
            [
                "platform.tar deckhouse/ee/install-standalone: pr12345",
                "platform.tar deckhouse/ee/install: pr12345",
                "platform.tar deckhouse/ee/release-channel: alpha beta early-access pr12345 rock-solid stable",
                "platform.tar deckhouse/ee: pr12345 6 by digest",
            ],
        },
        new("D8MirrorIncludePlatform", ">=1.71.0", settings => settings with
        {
            IncludePlatform = VersionConstraint.Parse(">=1.71.0"),
        })
        {
            Components = Platform,
            Gone = Releases(
                "deckhouse/ee", "v1.68.9 v1.69.4 v1.69.5 v1.70.2", "early-access rock-solid stable", components: 17),
            Added = Releases("deckhouse/ee", "v1.72.0", channels: "", components: 1),
        },
        new("D8MirrorIgnoreSuspend", "true", settings => settings with { IgnoreSuspend = true })
        {
            Path = "alternative/ee",
            Components = Platform,
            Gone = ["D8M3004"],
            Added = Releases("alternative/ee", "v1.68.9 v1.69.5 v1.70.2 v1.71.0 v1.72.1", Channels, components: 10),
        },
        new("D8MirrorIncludeModule", "console;test-module@=v1.3.0", settings => settings with
        {
            IncludeModules = ["console", "test-module@=v1.3.0"],
        })
        {
            Components = Modules,
            Gone =
            [
                $"module-neuvector.tar {ModulesOf}/neuvector/extra/enforcer: 2 3",
                $"module-neuvector.tar {ModulesOf}/neuvector/extra/scanner: 1 3 4",
                $"module-neuvector.tar {ModulesOf}/neuvector/release: {Channels} v1.0.0 v1.1.0 v1.2.0",
                $"module-neuvector.tar {ModulesOf}/neuvector: v1.0.0 v1.1.0 v1.2.0 3 by digest",
                $"module-sds-local-volume.tar {ModulesOf}/sds-local-volume/release: {Channels} v0.5.3 v0.6.1 v0.7.2",
                $"module-sds-local-volume.tar {ModulesOf}/sds-local-volume: v0.5.3 v0.6.1 v0.7.2 3 by digest",
                $"module-stronghold.tar {ModulesOf}/stronghold/release: {WithLongTerm} v1.15.0 v1.16.2",
                $"module-stronghold.tar {ModulesOf}/stronghold: v1.15.0 v1.16.2 2 by digest",
                $"module-test-module.tar {ModulesOf}/test-module/release: {Channels} v1.2.0 v1.3.3 v1.4.1",
                $"module-test-module.tar {ModulesOf}/test-module: v1.2.0 v1.3.3 v1.4.1 3 by digest",
            ],
            Added =
            [
                $"module-test-module.tar {ModulesOf}/test-module/release: {WithLongTerm} v1.3.0",
                $"module-test-module.tar {ModulesOf}/test-module: v1.3.0 1 by digest",
            ],
        },
        new("D8MirrorExcludeModule", "neuvector", settings => settings with { ExcludeModules = ["neuvector"] })
        {
            Components = Modules,
            Gone =
            [
                $"module-neuvector.tar {ModulesOf}/neuvector/extra/enforcer: 2 3",
                $"module-neuvector.tar {ModulesOf}/neuvector/extra/scanner: 1 3 4",
                $"module-neuvector.tar {ModulesOf}/neuvector/release: {Channels} v1.0.0 v1.1.0 v1.2.0",
                $"module-neuvector.tar {ModulesOf}/neuvector: v1.0.0 v1.1.0 v1.2.0 3 by digest",
            ],
        },
        new("D8MirrorIncludePackage", "pkg-two", settings => settings with { IncludePackages = ["pkg-two"] })
        {
            Components = Packages,
            Gone =
            [
                "package-pkg-one.tar deckhouse/ee/packages/pkg-one/extra/helper: 1 v2",
                $"package-pkg-one.tar deckhouse/ee/packages/pkg-one/version: {Channels} v0.4.2 v0.5.0",
                "package-pkg-one.tar deckhouse/ee/packages/pkg-one: v0.4.2 v0.5.0 2 by digest",
            ],
        },
        new("D8MirrorExcludePackage", "pkg-two", settings => settings with { ExcludePackages = ["pkg-two"] })
        {
            Components = Packages,
            Gone =
            [
                $"package-pkg-two.tar deckhouse/ee/packages/pkg-two/version: {Channels} v1.0.0",
                "package-pkg-two.tar deckhouse/ee/packages/pkg-two: v1.0.0 1 by digest",
            ],
        },
        new("D8MirrorIncludePlugin", "standalone-tool@=v2.0.0", settings => settings with
        {
            IncludePlugins = ["standalone-tool@=v2.0.0"],
        })
        {
            Components = Installer | MirrorComponents.Plugins,
            Added = ["plugin-standalone-tool.tar deckhouse/deckhouse-cli/plugins/standalone-tool: v2.0.0"],
        },
        .. ComponentSelectionRows.All,
        new("D8MirrorOnlyExtraImages", "true", settings => settings with { OnlyExtraImages = true })
        {
            Components = Modules,
            Modules = ["neuvector@=v1.3.0"],
            Gone =
            [
                $"module-neuvector.tar {ModulesOf}/neuvector/release: {WithLongTerm} v1.3.0",
                $"module-neuvector.tar {ModulesOf}/neuvector: v1.3.0 1 by digest",
            ],
            // As with d8, the option takes packages in, also where they are left out.
            Added = ["package-pkg-one.tar deckhouse/ee/packages/pkg-one/extra/helper: 1 v2"],
        },
        new("D8MirrorInstallerTag", "v1.72.1", settings => settings with { InstallerTag = "v1.72.1" })
        {
            Components = Installer,
            Gone = ["installer.tar deckhouse/installer: latest"],
            Added = ["installer.tar deckhouse/installer: v1.72.1"],
        },
        new("D8MirrorDeckhouseCliTag", MiniDeckhouseCli.Older, settings => settings with
        {
            DeckhouseCliTag = MiniDeckhouseCli.Older,
        })
        {
            Components = MirrorComponents.DeckhouseCli,
            Gone = [$"deckhouse-cli.tar {MiniDeckhouseCli.Repository}: {MiniDeckhouseCli.Newest}"],
            Added = [$"deckhouse-cli.tar {MiniDeckhouseCli.Repository}: {MiniDeckhouseCli.Older}"],
        },
        new("D8MirrorSkipVexImages", "true", settings => settings with { SkipVexImages = true })
        {
            Components = Modules,
            Modules = ["console"],
            HasAttestations = true,
            Gone = ["module-console.tar deckhouse/ee/modules/console: 3 attestations"],
        },
        new("D8MirrorProxyRegistry", "true", settings => settings with { ProxyRegistry = true })
        {
            Components = Modules,
            Modules = ["test-module@~1.3.0"],
            EndsTagLists = true,
        },
        new("D8MirrorSelectionRules", "V033", settings => settings with { SelectionRules = SelectionRules.V033 })
        {
            Components = Modules,
            Modules = ["test-module@^1.3.0"],
            Gone =
            [
                $"module-test-module.tar {ModulesOf}/test-module/release: v1.3.0 v1.3.1 v1.3.2 v1.4.0",
                $"module-test-module.tar {ModulesOf}/test-module: v1.3.0 v1.3.1 v1.3.2 v1.4.0 4 by digest",
            ],
        },
        new("D8MirrorBundleFormat", "Legacy025", settings => settings with { BundleFormat = BundleFormat.Legacy025 })
        {
            Components = Platform,
            Platform = "~1.71.0",
            Added =
            [
                "platform.tar deckhouse/ee/install-standalone: beta",
                "platform.tar deckhouse/ee/install: beta",
                "platform.tar deckhouse/ee: beta",
            ],
        },
    ];

    /// <summary>The names of the rows.</summary>
    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static SelectionRow Of(string name) => All.Single(row => row.Name == name);
}
