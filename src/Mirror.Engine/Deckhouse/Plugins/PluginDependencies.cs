using Mirror.Engine.Errors;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>
/// Finds the plugins that a plugin depends on (docs/behaviour/pull.md#plugin-dependencies). Where versions cannot be
/// listed, only what is selected satisfies.
/// </summary>
internal sealed class PluginDependencies(PluginCatalogue catalogue, PluginGate gate, bool canSearch)
{
    private const int MaxDepth = 16;

    // Contracts are written by others: versions that refuse each other on every level must not be tried for ever.
    private const int MaxAttempts = 10_000;

    private int _attempts;

    /// <summary>
    /// Takes a version with everything it depends on. What the bundle lacks for one that a user named is a warning.
    /// </summary>
    public Task<PluginAttempt> TakeAsync(
        PluginSelection selection,
        PluginCandidate plugin,
        string reason,
        bool isIncluded,
        CancellationToken cancellationToken)
    {
        _attempts = 0;
        return TakeAsync(selection, plugin, reason, [plugin.Name], isIncluded, cancellationToken);
    }

    private async Task<PluginAttempt> TakeAsync(
        PluginSelection selection,
        PluginCandidate plugin,
        string reason,
        ImmutableArray<string> path,
        bool isIncluded,
        CancellationToken cancellationToken)
    {
        if (path.Length - 1 > MaxDepth)
        {
            return PluginAttempt.Rejected($"its chain of dependencies is too deep (limit {MaxDepth})");
        }

        if (++_attempts > MaxAttempts)
        {
            return PluginAttempt.Rejected("its dependencies have too many combinations");
        }

        PluginSelection taken = selection.Add(plugin, reason);
        if (isIncluded && gate.Unmet(plugin.Contract) is { IsEmpty: false } unmet)
        {
            taken = taken.Warn(PluginFaults.ClusterMustProvide($"{plugin}", unmet));
        }

        foreach (PluginRequirement wanted in plugin.Contract.Plugins)
        {
            PluginAttempt attempt = Flaw(wanted, path) is { } flaw
                ? PluginAttempt.Rejected(flaw)
                : taken.Find(wanted) is { } held
                    ? PluginAttempt.Accepted(taken.Add(held, DependencyOf(plugin)))
                    : await SearchAsync(taken, wanted, plugin, path, isIncluded, cancellationToken)
                        .ConfigureAwait(false);
            if (attempt.Selection is null && !PluginName.IsBuiltIn(wanted.Name))
            {
                return attempt;
            }

            taken = attempt.Selection
                ?? taken.Warn(PluginFaults.BuiltInInstead($"{plugin}", wanted, attempt.Rejection));
        }

        return PluginAttempt.Accepted(taken);
    }

    private async Task<PluginAttempt> SearchAsync(
        PluginSelection selection,
        PluginRequirement wanted,
        PluginCandidate dependent,
        ImmutableArray<string> path,
        bool isIncluded,
        CancellationToken cancellationToken)
    {
        if (!canSearch)
        {
            return PluginAttempt.Rejected(
                $"{dependent} depends on {wanted}, and a proxy registry cannot be searched for it: "
                + $"add {wanted.Name}@=VERSION to {SettingName.IncludePlugins}");
        }

        PluginListing listing = await catalogue.TagsAsync(wanted.Name, cancellationToken).ConfigureAwait(false);
        if (listing.Tags.IsEmpty)
        {
            return PluginAttempt.Rejected(listing.Refusal is null
                ? $"{dependent} depends on {wanted.Name}, which is not published"
                : $"{dependent} depends on {wanted.Name}, which the source refuses to show");
        }

        string? rejection = null;
        await foreach (PluginCandidate candidate in catalogue
            .CandidatesAsync(wanted.Name, wanted.Accepts, cancellationToken).ConfigureAwait(false))
        {
            ImmutableArray<string> unmet = isIncluded ? [] : gate.Unmet(candidate.Contract);
            PluginAttempt attempt = unmet.IsEmpty
                ? await TakeAsync(
                    selection, candidate, DependencyOf(dependent), path.Add(candidate.Name), isIncluded,
                    cancellationToken).ConfigureAwait(false)
                : PluginAttempt.Rejected($"{candidate} needs {string.Join(", ", unmet)}");
            if (attempt.Selection is not null)
            {
                return attempt;
            }

            rejection ??= attempt.Rejection;
        }

        return PluginAttempt.Rejected(
            rejection ?? $"{dependent} depends on {wanted}, of which no usable version is published");
    }

    private static string? Flaw(PluginRequirement wanted, ImmutableArray<string> path) =>
        !PluginName.IsValid(wanted.Name)
            ? $"'{wanted.Name}', on which {path[^1]} depends, is not a plugin name"
            : path.Contains(wanted.Name)
                ? $"it is part of a dependency cycle ({string.Join(" -> ", path)} -> {wanted.Name})"
                : !wanted.IsWellFormed
                    ? $"{path[^1]} depends on {wanted}, which is not a valid constraint"
                    : null;

    private static string DependencyOf(PluginCandidate plugin) => $"dependency of {plugin.Name}";
}

/// <summary>What trying to take a plugin came to: the selection with it, or why not.</summary>
internal sealed record PluginAttempt(PluginSelection? Selection, string Rejection)
{
    public static PluginAttempt Accepted(PluginSelection selection) => new(selection, "");

    public static PluginAttempt Rejected(string reason) => new(null, reason);
}
