using System.Collections.Immutable;
using Mirror.TestKit.Mini;
using static Mirror.Engine.Tests.Settings.SelectionImages;

namespace Mirror.Engine.Tests.Settings;

/// <summary>The settings that leave out a component, with what they change.</summary>
internal static class ComponentSelectionRows
{
    private const MirrorComponents Installer = MirrorComponents.Installer;

    public static ImmutableArray<SelectionRow> All { get; } =
    [
        Without(MirrorComponents.Platform) with
        {
            Platform = "~1.71.0",
            Gone = Releases("deckhouse/ee", "v1.71.0", "beta", components: 9),
        },
        Without(MirrorComponents.SecurityDb) with
        {
            Components = MirrorComponents.SecurityDb | Installer,
            Gone = Databases("deckhouse/ee"),
        },
        Without(MirrorComponents.Modules) with
        {
            Path = "alternative/ee",
            Components = MirrorComponents.Modules | MirrorComponents.SecurityDb,
            Gone =
            [
                $"module-console.tar alternative/ee/modules/console/release: {Channels} v1.38.0",
                "module-console.tar alternative/ee/modules/console: v1.38.0 1 by digest",
            ],
        },
        Without(MirrorComponents.Packages) with
        {
            Gone =
            [
                "package-pkg-one.tar deckhouse/ee/packages/pkg-one/extra/helper: 1 v2",
                $"package-pkg-one.tar deckhouse/ee/packages/pkg-one/version: {Channels} v0.4.2 v0.5.0",
                "package-pkg-one.tar deckhouse/ee/packages/pkg-one: v0.4.2 v0.5.0 2 by digest",
                $"package-pkg-two.tar deckhouse/ee/packages/pkg-two/version: {Channels} v1.0.0",
                "package-pkg-two.tar deckhouse/ee/packages/pkg-two: v1.0.0 1 by digest",
                $"package-versions.tar deckhouse/ee/packages/pkg-one/version: {Channels} v0.4.1 v0.4.2 v0.5.0",
                $"package-versions.tar deckhouse/ee/packages/pkg-two/version: {Channels} v1.0.0",
            ],
        },
        Without(MirrorComponents.Installer) with
        {
            Components = Installer | MirrorComponents.SecurityDb,
            Gone = ["installer.tar deckhouse/installer: latest"],
        },
        Without(MirrorComponents.Plugins) with
        {
            Components = MirrorComponents.Modules | MirrorComponents.Plugins,
            Modules = ["console@=v1.37.0"],
            Gone = ["plugin-console-tool.tar deckhouse/deckhouse-cli/plugins/console-tool: v1.1.0"],
        },
        Without(MirrorComponents.DeckhouseCli) with
        {
            Gone = [$"deckhouse-cli.tar {MiniDeckhouseCli.Repository}: {MiniDeckhouseCli.Newest}"],
        },
    ];

    private static SelectionRow Without(MirrorComponents component) => new(
        $"D8MirrorNo{component}",
        "true",
        settings => settings with { Components = settings.Components & ~component })
    {
        Components = component | Installer,
    };
}
