using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// Finds the tags that constraints can choose among: those a repository lists, or, behind a proxy registry, those that
/// are found by asking for one version after the other (docs/behaviour/pull.md#probing).
/// </summary>
internal sealed class TagDiscovery(DeckhouseSource source)
{
    /// <summary>
    /// Finds tags, but for those that are wanted exactly; <see langword="null"/> where a list is asked for and there is
    /// no repository.
    /// </summary>
    public async Task<FoundTags?> FindAsync(
        string repository,
        string what,
        ImmutableArray<VersionConstraint> constraints,
        SelectionRules rules,
        CancellationToken cancellationToken)
    {
        if (source.CanListTags)
        {
            return await source.FindTagsAsync(repository, cancellationToken).ConfigureAwait(false) is { } listed
                ? new FoundTags(listed, [])
                : null;
        }

        VersionProbe probe = new((tag, token) => source.HasTagAsync(repository, tag, token));
        ImmutableArray<string>.Builder tags = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<Fault>.Builder notes = ImmutableArray.CreateBuilder<Fault>();
        foreach (VersionConstraint constraint in constraints.Where(constraint => !constraint.IsExact))
        {
            ProbedVersions probed = await probe.FindAsync(constraint, rules, cancellationToken).ConfigureAwait(false);
            tags.AddRange(probed.Found);
            if (probed.Ends.Length > 0 || probed.Found.IsEmpty)
            {
                notes.Add(DeckhouseFaults.VersionsProbed(what, constraint.ToString(), probed.Ends));
            }
        }

        return new FoundTags([.. tags.Distinct(StringComparer.Ordinal)], notes.ToImmutable());
    }
}

/// <summary>The tags that constraints can choose among, and what a user has to know about the search.</summary>
internal sealed record FoundTags(ImmutableArray<string> Tags, ImmutableArray<Fault> Notes)
{
    public static FoundTags None { get; } = new([], []);

    /// <summary>What a message adds where nothing was found; empty after a list.</summary>
    public string Searched => string.Concat(Notes.Select(note => $" {note.Message}"));
}
