namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>
/// The plugins that are taken so far, with what is to be told. A value: an attempt that fails leaves no trace, because
/// whoever made it goes on with the selection from before (docs/behaviour/pull.md#plugin-dependencies).
/// </summary>
internal sealed record PluginSelection
{
    public static PluginSelection Nothing { get; } = new();

    /// <summary>Everything that is taken: plugins by name, versions newest first.</summary>
    public ImmutableArray<SelectedPlugin> Plugins { get; private init; } = [];

    /// <summary>Plugins that the bundle asks for and that could not be taken, with a warning for each.</summary>
    public ImmutableSortedDictionary<string, Fault> Skipped { get; private init; } =
        ImmutableSortedDictionary.Create<string, Fault>(StringComparer.Ordinal);

    public ImmutableArray<Fault> Warnings { get; private init; } = [];

    public bool Has(string name) => Plugins.Any(one => one.Plugin.Name == name);

    /// <summary>Adds a version, or a reason to one that is here.</summary>
    public PluginSelection Add(PluginCandidate plugin, string reason)
    {
        SelectedPlugin? held = Plugins.FirstOrDefault(one =>
            one.Plugin.Name == plugin.Name && one.Plugin.Version.Tag == plugin.Version.Tag);
        return this with
        {
            Plugins = held is not null
                ? Plugins.Replace(held, held with { Reasons = [.. held.Reasons.Union([reason])] })
                : [.. Plugins.Add(new SelectedPlugin(plugin, [reason]))
                    .OrderBy(one => one.Plugin.Name, StringComparer.Ordinal)
                    .ThenByDescending(one => one.Plugin.Version.Version)],
        };
    }

    /// <summary>The newest version that is here and satisfies a requirement.</summary>
    public PluginCandidate? Find(PluginRequirement requirement) => Plugins
        .FirstOrDefault(one => Satisfies(one.Plugin, requirement))?.Plugin;

    public PluginSelection Skip(string name, Fault note) =>
        this with { Skipped = Skipped.SetItem(name, note) };

    public PluginSelection Warn(Fault warning) =>
        Warnings.Contains(warning) ? this : this with { Warnings = Warnings.Add(warning) };

    private static bool Satisfies(PluginCandidate plugin, PluginRequirement requirement) =>
        plugin.Name == requirement.Name && requirement.Accepts(plugin.Version.Version);
}

internal sealed record SelectedPlugin(PluginCandidate Plugin, ImmutableArray<string> Reasons);
