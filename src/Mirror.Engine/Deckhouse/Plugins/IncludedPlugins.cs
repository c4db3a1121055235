using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>
/// The plugins that a user names (docs/behaviour/pull.md#included-plugins): exact versions first, so that what depends
/// on them finds them whatever the order; then ranges, of which each must be met. All that is unmet is reported
/// together.
/// </summary>
internal sealed class IncludedPlugins(
    DeckhouseSource source, PluginCatalogue catalogue, PluginDependencies dependencies, MirrorPullSettings settings)
{
    private const string Reason = nameof(MirrorPullSettings.IncludePlugins);

    private readonly List<Fault> _faults = [];

    /// <exception cref="MirrorException">D8M3014 to D8M3016, or the source refuses to show a plugin.</exception>
    public async Task<PluginSelection> SelectAsync(PluginSelection selection, CancellationToken cancellationToken)
    {
        ComponentRule[] rules = [.. settings.IncludePlugins.Where(IsUsable)];
        ImmutableArray<(ComponentRule Rule, PluginCandidate? Pin, Fault? Fault)> pins = await ParallelLookup
            .SelectAsync(rules.Where(rule => rule.Constraint is { IsExact: true }), FindPinAsync, cancellationToken)
            .ConfigureAwait(false);
        _faults.AddRange(pins.Select(pin => pin.Fault).OfType<Fault>());
        PluginSelection selected = pins.Select(pin => pin.Pin).OfType<PluginCandidate>()
            .Aggregate(selection, (all, pin) => all.Add(pin, Reason));
        foreach ((ComponentRule rule, PluginCandidate? pin, _) in pins.Where(pin => pin.Pin is not null))
        {
            selected = Settle(rule, selected, await dependencies
                .TakeAsync(selected, pin!, Reason, isIncluded: true, cancellationToken).ConfigureAwait(false));
        }

        foreach (ComponentRule rule in rules.Where(rule => rule.Constraint is not { IsExact: true }))
        {
            selected = await TakeNewestAsync(selected, rule, cancellationToken).ConfigureAwait(false);
        }

        return _faults.Count == 0 ? selected : throw new MirrorException([.. _faults]);
    }

    private bool IsUsable(ComponentRule rule)
    {
        Fault? fault = !PluginName.IsValid(rule.Name)
            ? PluginFaults.NoName(rule)
            : settings.ProxyRegistry && rule.Constraint is not { IsExact: true }
                ? PluginFaults.NotPinned(rule)
                : null;
        if (fault is not null)
        {
            _faults.Add(fault);
        }

        return fault is null;
    }

    private async Task<(ComponentRule Rule, PluginCandidate? Pin, Fault? Fault)> FindPinAsync(
        ComponentRule rule, CancellationToken cancellationToken)
    {
        string tag = rule.Constraint!.Tag!;
        string reference = $"{source.Name(source.Tree.Plugin(rule.Name))}:{tag}";
        if (!TaggedVersion.TryParse(tag, out TaggedVersion? version))
        {
            return (rule, null, PluginFaults.Missing(rule, $"{tag} is not a version"));
        }

        ContractReading reading = await catalogue.ContractAsync(rule.Name, tag, cancellationToken)
            .ConfigureAwait(false);
        return reading switch
        {
            { Contract: { } contract } => (rule, new PluginCandidate(rule.Name, version, contract), null),
            { Flaw: { } flaw } => (rule, null, PluginFaults.Unusable(
                rule, $"the contract of {reference} is broken: {flaw.TrimEnd('.')}")),
            _ => (rule, null, await MissingAsync(rule, tag, $"{reference} does not exist", cancellationToken)
                .ConfigureAwait(false)),
        };
    }

    // Versions of the plugin, newest first, or, when there is no such plugin, the plugins.
    private async Task<Fault> MissingAsync(
        ComponentRule rule, string tag, string why, CancellationToken cancellationToken)
    {
        ImmutableArray<string> tags =
            await source.ListAsync(source.Tree.Plugin(rule.Name), cancellationToken).ConfigureAwait(false);
        return tags.IsEmpty
            ? PluginFaults.Missing(rule, why, rule.Name, await source
                .ListAsync(source.Tree.Plugins, cancellationToken).ConfigureAwait(false))
            : PluginFaults.Missing(
                rule, why, tag, [.. TaggedVersion.AmongTags(tags).Reverse().Select(version => version.Tag)]);
    }

    private async Task<PluginSelection> TakeNewestAsync(
        PluginSelection selection, ComponentRule rule, CancellationToken cancellationToken)
    {
        PluginListing listing = await catalogue.TagsAsync(rule.Name, cancellationToken).ConfigureAwait(false);
        if (listing.Refusal is { } refusal)
        {
            throw new MirrorException(refusal.Faults);
        }

        PluginAttempt? first = null;
        await foreach (PluginCandidate candidate in catalogue
            .CandidatesAsync(rule.Name, IsWanted, cancellationToken).ConfigureAwait(false))
        {
            PluginAttempt attempt = await dependencies
                .TakeAsync(selection, candidate, Reason, isIncluded: true, cancellationToken).ConfigureAwait(false);
            if (attempt.Selection is not null)
            {
                return attempt.Selection;
            }

            first ??= attempt;
        }

        if (first is null)
        {
            _faults.Add(await MissingAsync(
                rule,
                "",
                listing.Tags.IsEmpty
                    ? $"{source.Name(source.Tree.Plugin(rule.Name))} does not exist"
                    : "no stable version with a readable contract satisfies it",
                cancellationToken).ConfigureAwait(false));
        }

        return first is null ? selection : Settle(rule, selection, first);

        bool IsWanted(SemanticVersion version) => rule.Constraint is not { } constraint
            || constraint.Admits(PluginVersion.Normalise(version), settings.SelectionRules);
    }

    private PluginSelection Settle(ComponentRule rule, PluginSelection before, PluginAttempt attempt)
    {
        if (attempt.Selection is null)
        {
            _faults.Add(PluginFaults.Unusable(rule, attempt.Rejection));
        }

        return attempt.Selection ?? before;
    }
}
