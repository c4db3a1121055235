using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Events;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>
/// The plugins that the modules of a bundle ask for (docs/behaviour/pull.md#plugins-of-modules): of each plugin, for
/// each version of such a module, the newest version whose contract holds.
/// </summary>
internal sealed class ModulePlugins(
    PluginCatalogue catalogue, PluginGate gate, PluginDependencies dependencies, EventSink events)
{
    public async Task<PluginSelection> SelectAsync(PluginSelection selection, CancellationToken cancellationToken)
    {
        PluginListing listing = await catalogue.NamesAsync(cancellationToken).ConfigureAwait(false);
        ImmutableArray<(string Name, PluginListing Tags, PluginCandidate? Top)> plugins =
            await ParallelLookup.SelectAsync(
                listing.Tags.Where(IsName).Order(StringComparer.Ordinal),
                FindTopAsync,
                cancellationToken).ConfigureAwait(false);
        PluginSelection selected = selection;
        foreach ((string name, PluginListing tags, PluginCandidate? top) in plugins)
        {
            if (top is not null)
            {
                selected = await SelectAsync(selected, top, cancellationToken).ConfigureAwait(false);
            }
            else if (!PluginVersion.StableNewestFirst(tags.Tags).IsEmpty)
            {
                selected = selected.Skip(
                    name, PluginFaults.Skipped(name, "no version of it has a readable contract"));
            }
        }

        return selected;
    }

    private bool IsName(string tag)
    {
        bool isName = PluginName.IsValid(tag);
        if (!isName)
        {
            events.Decision($"'{tag}' in the list of CLI plugins is not a plugin name.");
        }

        return isName;
    }

    private async Task<(string Name, PluginListing Tags, PluginCandidate? Top)> FindTopAsync(
        string name, CancellationToken cancellationToken)
    {
        PluginListing tags = await catalogue.TagsAsync(name, cancellationToken).ConfigureAwait(false);
        await foreach (PluginCandidate candidate in catalogue
            .CandidatesAsync(name, static _ => true, cancellationToken).ConfigureAwait(false))
        {
            return (name, tags, candidate);
        }

        return (name, tags, null);
    }

    private async Task<PluginSelection> SelectAsync(
        PluginSelection selection, PluginCandidate top, CancellationToken cancellationToken)
    {
        ImmutableArray<string> triggers = gate.Triggers(top.Contract);
        if (triggers.IsEmpty)
        {
            events.Decision($"CLI plugin {top.Name} is not taken: {top} belongs to no module of the bundle.");
            return selection;
        }

        PluginSelection selected = selection;
        List<string> failures = [];
        bool isTaken = false;
        foreach ((string module, TaggedVersion version) in triggers
            .SelectMany(module => gate.ModuleVersions(module), (module, version) => (module, version)))
        {
            PluginAttempt attempt = await FindAsync(selected, top.Name, module, version, cancellationToken)
                .ConfigureAwait(false);
            if (attempt.Selection is null)
            {
                failures.Add($"for {module} {version.Tag}: {attempt.Rejection}");
            }

            isTaken |= attempt.Selection is not null;
            selected = attempt.Selection ?? selected;
        }

        return failures.Count == 0 ? selected
            : isTaken ? selected.Warn(PluginFaults.LacksVersions(top.Name, failures))
            : selected.Skip(top.Name, PluginFaults.Skipped(top.Name, string.Join("; ", failures)));
    }

    /// <summary>The newest version that fits a module's version; if none does, what the newest one lacks.</summary>
    private async Task<PluginAttempt> FindAsync(
        PluginSelection selection,
        string name,
        string module,
        TaggedVersion moduleVersion,
        CancellationToken cancellationToken)
    {
        PluginAttempt? first = null;
        await foreach (PluginCandidate candidate in catalogue
            .CandidatesAsync(name, static _ => true, cancellationToken).ConfigureAwait(false))
        {
            PluginAttempt attempt = Lack(candidate, module, moduleVersion) is { } lack
                ? PluginAttempt.Rejected(lack)
                : await dependencies.TakeAsync(
                    selection, candidate, $"module {module}", isIncluded: false, cancellationToken)
                    .ConfigureAwait(false);
            if (attempt.Selection is not null)
            {
                return attempt;
            }

            first ??= attempt;
        }

        return first ?? PluginAttempt.Rejected("no version of it has a readable contract");
    }

    private string? Lack(PluginCandidate candidate, string module, TaggedVersion moduleVersion)
    {
        ImmutableArray<PluginRequirement> declared = candidate.Contract.RequirementsOf(module);
        if (!declared.Any(one => one.Accepts(moduleVersion.Version)))
        {
            return declared.IsEmpty
                ? $"{candidate} does not name the module"
                : $"{candidate} needs {string.Join(" or ", declared)}";
        }

        ImmutableArray<string> unmet = gate.Unmet(candidate.Contract, module);
        return unmet.IsEmpty ? null : $"{candidate} needs {string.Join(", ", unmet)}";
    }
}
