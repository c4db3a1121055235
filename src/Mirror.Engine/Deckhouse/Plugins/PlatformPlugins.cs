using Mirror.Engine.Deckhouse.Source;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>
/// The plugins that belong to every platform, whatever else is selected: of each the newest version whose constraint on
/// Deckhouse the bundle meets, with what it depends on.
/// </summary>
internal sealed class PlatformPlugins(
    DeckhouseSource source, PluginCatalogue catalogue, PluginGate gate, PluginDependencies dependencies)
{
    private const string Reason = "platform";

    private static readonly ImmutableArray<string> Names = ["package", "system"];

    /// <summary>
    /// Takes them, with a warning for each that cannot be taken; the catalogue warns of a refused one.
    /// </summary>
    public async Task<PluginSelection> SelectAsync(PluginSelection selection, CancellationToken cancellationToken)
    {
        PluginSelection selected = selection;
        foreach (string name in Names)
        {
            selected = await SelectAsync(selected, name, cancellationToken).ConfigureAwait(false);
        }

        return selected;
    }

    /// <summary>Warns of each that a user does not name where versions cannot be listed.</summary>
    public static PluginSelection SkipUnnamed(PluginSelection selection) => Names.Aggregate(
        selection, (skipped, name) => skipped.Skip(name, PluginFaults.PlatformPluginUnnamed(name)));

    private async Task<PluginSelection> SelectAsync(
        PluginSelection selection, string name, CancellationToken cancellationToken)
    {
        PluginListing listing = await catalogue.TagsAsync(name, cancellationToken).ConfigureAwait(false);
        string? rejection = null;
        await foreach (PluginCandidate candidate in catalogue
            .CandidatesAsync(name, static _ => true, cancellationToken).ConfigureAwait(false))
        {
            PluginAttempt attempt = gate.UnmetPlatform(candidate.Contract) is { } lack
                ? PluginAttempt.Rejected($"{candidate} needs {lack}")
                : await dependencies.TakeAsync(selection, candidate, Reason, isIncluded: false, cancellationToken)
                    .ConfigureAwait(false);
            if (attempt.Selection is { } taken)
            {
                ImmutableArray<string> unmet = gate.Unmet(candidate.Contract);
                return unmet.IsEmpty ? taken : taken.Warn(PluginFaults.ClusterMustProvide($"{candidate}", unmet));
            }

            rejection ??= attempt.Rejection;
        }

        return listing.Refusal is not null ? selection : selection.Skip(name, PluginFaults.PlatformPluginLeftOut(
            name,
            rejection ?? (listing.Tags.IsEmpty
                ? $"{source.Name(source.Tree.Plugin(name))} does not exist"
                : "no stable version of it has a readable contract")));
    }
}
