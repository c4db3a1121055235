using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>
/// Resolves CLI plugins (docs/behaviour/pull.md#plugins): those of the platform, those that the modules of the bundle
/// ask for, those that a user names, and what all of them depend on; one archive for each.
/// </summary>
internal sealed class PluginResolver(
    DeckhouseSource source, Func<string, PluginContract> readContract, EventSink events)
{
    /// <exception cref="MirrorException">A request failed, or a plugin that a user named cannot be taken.</exception>
    public async Task<ResolvedParts> ResolveAsync(
        IReadOnlyCollection<ChosenVersion> chosen, MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        PluginGate gate = new(chosen);
        PluginCatalogue catalogue = new(source, readContract);
        PluginDependencies dependencies = new(catalogue, gate, canSearch: !settings.ProxyRegistry);
        PluginSelection selected = PluginSelection.Nothing;
        if (Skips(settings, gate) is { } why)
        {
            events.Decision($"No CLI plugin is looked for: {why}.");
        }
        else
        {
            selected = settings.ProxyRegistry
                ? NotSearched(gate)
                : await SearchAsync(catalogue, gate, dependencies, cancellationToken).ConfigureAwait(false);
        }

        selected = await new IncludedPlugins(source, catalogue, dependencies, settings)
            .SelectAsync(selected, cancellationToken).ConfigureAwait(false);
        ImmutableArray<ImageContent> images = await ParallelLookup.SelectAsync(
            selected.Plugins,
            (plugin, token) => source.GetAsync(
                source.Tree.Plugin(plugin.Plugin.Name),
                plugin.Plugin.Version.Tag,
                string.Join(", ", plugin.Reasons),
                token),
            cancellationToken).ConfigureAwait(false);
        return new ResolvedParts(
            [.. selected.Plugins.Zip(images)
                .GroupBy(pair => pair.First.Plugin.Name, pair => pair.Second, StringComparer.Ordinal)
                .Select(plugin => Archive(plugin.Key, [.. plugin]))],
            [.. catalogue.Notes, .. Warnings(selected, gate), .. Skipped(selected)]);
    }

    /// <summary>Those of the platform, then those of its modules.</summary>
    private async Task<PluginSelection> SearchAsync(
        PluginCatalogue catalogue,
        PluginGate gate,
        PluginDependencies dependencies,
        CancellationToken cancellationToken)
    {
        PluginSelection selected = gate.HasPlatform
            ? await new PlatformPlugins(source, catalogue, gate, dependencies)
                .SelectAsync(PluginSelection.Nothing, cancellationToken).ConfigureAwait(false)
            : PluginSelection.Nothing;
        return gate.HasModules
            ? await new ModulePlugins(catalogue, gate, dependencies, events)
                .SelectAsync(selected, cancellationToken).ConfigureAwait(false)
            : selected;
    }

    private static PluginSelection NotSearched(PluginGate gate)
    {
        PluginSelection unnamed = gate.HasPlatform
            ? PlatformPlugins.SkipUnnamed(PluginSelection.Nothing)
            : PluginSelection.Nothing;
        return gate.HasModules ? unnamed.Warn(PluginFaults.NotSearched()) : unnamed;
    }

    private static string? Skips(MirrorPullSettings settings, PluginGate gate) =>
        settings.OnlyExtraImages ? "only extra images are wanted"
        : !settings.Components.HasFlag(MirrorComponents.Plugins) ? "they are switched off"
        : !gate.HasPlatform && !gate.HasModules ? "neither the platform nor a module is in the bundle"
        : null;

    private static ArchiveContent Archive(string name, ImmutableArray<ImageContent> images) =>
        new($"plugin-{name}.tar", [new LayoutContent($"{RegistryTree.PluginsPath}/{name}", images)]);

    private static IEnumerable<Fault> Warnings(PluginSelection selected, PluginGate gate) =>
    [
        .. selected.Warnings,
        .. selected.Plugins
            .Select(one => (one.Plugin, Unmet: UnmetConditions(one.Plugin.Contract, selected, gate)))
            .Where(one => !one.Unmet.IsEmpty)
            .Select(one => PluginFaults.ConditionUnmet($"{one.Plugin}", one.Unmet)),
    ];

    private static ImmutableArray<PluginRequirement> UnmetConditions(
        PluginContract contract, PluginSelection selected, PluginGate gate) =>
    [
        .. gate.UnmetConditions(contract),
        .. contract.ConditionalPlugins
            .Where(plugin => selected.Has(plugin.Name) && selected.Find(plugin) is null),
    ];

    private static IEnumerable<Fault> Skipped(PluginSelection selected) => selected.Skipped
        .Where(skipped => !selected.Has(skipped.Key))
        .Select(skipped => skipped.Value);
}
