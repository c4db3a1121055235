using System.Collections.Concurrent;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;

namespace Mirror.Engine.Ends;

/// <summary>
/// Looks which tags of a plan the target has already, with one question for each tag. Where the first tag of a
/// repository is missing, its list of tags saves the questions for others that are missing too: an empty target costs
/// two requests for each repository, a complete one a HEAD for each tag and nothing else. All of this only saves work:
/// what the target does not tell counts as not there, and is pushed.
/// </summary>
internal sealed class TargetSurvey(RegistryClient client, int width)
{
    private readonly TagComparison _tags = new(client.ProbeDigestAsync, client.ProbeManifestAsync);

    /// <summary>Asks the target which tags and blobs of the plan it has.</summary>
    public async Task<TargetState> LookAsync(MirrorPlan plan, CancellationToken cancellationToken)
    {
        ConcurrentBag<PlannedPublication> found = [];
        ConcurrentBag<string> untagged = [];
        ParallelOptions options = new() { MaxDegreeOfParallelism = width, CancellationToken = cancellationToken };
        ConcurrentBag<PlannedPublication> candidates = [];
        await Parallel.ForEachAsync(
            plan.Publications.GroupBy(publication => publication.Repository, StringComparer.Ordinal),
            options,
            async (repository, token) =>
            {
                PlannedPublication first = repository.First();
                bool isThere = await _tags.IsThereAsync(first, token).ConfigureAwait(false);
                if (isThere)
                {
                    found.Add(first);
                }

                ImmutableHashSet<string>? listed = isThere || repository.Count() == 1
                    ? null
                    : await ListAsync(repository.Key, token).ConfigureAwait(false);
                if (listed is { IsEmpty: true })
                {
                    untagged.Add(repository.Key);
                }

                foreach (PlannedPublication publication in repository.Skip(1)
                    .Where(publication => listed is null || listed.Contains(publication.Tag)))
                {
                    candidates.Add(publication);
                }
            }).ConfigureAwait(false);
        await Parallel.ForEachAsync(candidates, options, async (publication, token) =>
        {
            if (await _tags.IsThereAsync(publication, token).ConfigureAwait(false))
            {
                found.Add(publication);
            }
        }).ConfigureAwait(false);
        return StateOf(plan, [.. found], [.. untagged]);
    }

    /// <summary>The tags of a repository; <see langword="null"/> when the registry does not tell.</summary>
    private async Task<ImmutableHashSet<string>?> ListAsync(string repository, CancellationToken cancellationToken) =>
        (await client.ProbeTagsAsync(repository, cancellationToken).ConfigureAwait(false))
            ?.ToImmutableHashSet(StringComparer.Ordinal);

    private static TargetState StateOf(
        MirrorPlan plan, HashSet<PlannedPublication> present, ImmutableHashSet<string> untagged)
    {
        Dictionary<Digest, HashSet<string>> held = [];
        foreach (PlannedPublication publication in present.Where(tag => tag.Stage != PublishStage.Discovery))
        {
            foreach (PlannedBlob blob in publication.Blobs)
            {
                if (!held.TryGetValue(blob.Digest, out HashSet<string>? repositories))
                {
                    held.Add(blob.Digest, repositories = new HashSet<string>(StringComparer.Ordinal));
                }

                repositories.Add(publication.Repository);
            }
        }

        ImmutableArray<PlannedPublication> remaining =
            [.. plan.Publications.Where(publication => !present.Contains(publication))];
        ILookup<Digest, string> needs = remaining
            .SelectMany(tag => tag.Blobs, (tag, blob) => (blob.Digest, tag.Repository))
            .Where(need => !held.GetValueOrDefault(need.Digest, []).Contains(need.Repository))
            .Distinct()
            .ToLookup(need => need.Digest, need => need.Repository);
        return new TargetState(
            plan with
            {
                Publications = remaining,
                Blobs = [.. plan.Blobs
                    .Where(blob => needs.Contains(blob.Digest))
                    .Select(blob => blob with
                    {
                        Targets = [.. blob.Targets.Where(needs[blob.Digest].Contains)],
                    })],
            },
            [.. plan.Publications.Where(present.Contains)],
            held.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Order(StringComparer.Ordinal).First()),
            untagged);
    }
}

/// <summary>What of a plan the target has already, and what is left to do.</summary>
/// <param name="Remaining">The plan without the tags that are there, and without blobs only they need.</param>
/// <param name="Present">The tags of the plan that are there as planned.</param>
/// <param name="Holders">For content of tags that are there: a repository of the target that has it.</param>
/// <param name="Untagged">Repositories that do not exist, or have no tag.</param>
internal sealed record TargetState(
    MirrorPlan Remaining,
    ImmutableArray<PlannedPublication> Present,
    ImmutableDictionary<Digest, string> Holders,
    ImmutableHashSet<string> Untagged);
