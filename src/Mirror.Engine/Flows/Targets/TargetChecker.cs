using System.Collections.Concurrent;
using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Ends;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows.Targets;

/// <summary>
/// Compares one target with what should be there. Tags alone cost one question each, and one list for each repository;
/// nothing is ever written.
/// </summary>
internal sealed class TargetChecker(CheckedPushSettings order, RegistryClient client, CheckDepth depth)
{
    private readonly TargetTree _tree = new(order.Target, order.BareRoot);
    private readonly TargetTags _tags = new(client, order.Target.Transfer.MaxConnections);
    private readonly TargetInventory _images = new(client, depth);

    public async Task<CheckedTarget> CheckAsync(
        ImmutableArray<TaggedImage> expected, CancellationToken cancellationToken)
    {
        ConcurrentBag<CheckFinding> findings = [];
        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = order.Target.Transfer.MaxConnections,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(expected, options, async (image, token) =>
        {
            if (await FindAsync(image, token).ConfigureAwait(false) is { } finding)
            {
                findings.Add(finding);
            }
        }).ConfigureAwait(false);
        ConcurrentDictionary<string, int?> extras = [];
        await Parallel.ForEachAsync(
            expected.GroupBy(image => _tree.RepositoryOf(image.Path), StringComparer.Ordinal),
            options,
            async (repository, token) => extras[repository.Key] =
                await CountExtrasAsync(repository.Key, [.. repository], expected, token).ConfigureAwait(false))
            .ConfigureAwait(false);
        return new CheckedTarget
        {
            Target = order.Target.Reference,
            Repositories = Count(expected, findings, extras),
            Findings =
            [
                .. findings.OrderBy(finding => finding.Archive, StringComparer.Ordinal)
                    .ThenBy(finding => finding.Path, StringComparer.Ordinal)
                    .ThenBy(finding => finding.Tag, StringComparer.Ordinal)
                    .Take(CheckedTarget.MostFindings),
            ],
            FindingCount = findings.Count,
            Requests = client.Requests,
        };
    }

    private async Task<CheckFinding?> FindAsync(TaggedImage image, CancellationToken cancellationToken)
    {
        string repository = _tree.RepositoryOf(image.Path);
        Digest? found = await _tags.FindAsync(new TargetTag(repository, image.Tag), image.Digest, cancellationToken)
            .ConfigureAwait(false);
        CheckFinding finding = new()
        {
            Kind = CheckFindingKind.Missing,
            Archive = image.Archive,
            Path = image.Path,
            Reference = $"{order.Target.Host}/{repository}:{image.Tag}",
            Tag = image.Tag,
            Digest = image.Digest,
        };
        if (found is not { } digest)
        {
            return finding;
        }

        if (digest != image.Digest)
        {
            return finding with { Kind = CheckFindingKind.Different, Found = digest };
        }

        if (depth == CheckDepth.Tags)
        {
            return null;
        }

        TargetImage content = await _images.LookAsync(repository, image.Digest, cancellationToken)
            .ConfigureAwait(false);
        return content.Damage.IsEmpty
            ? null
            : finding with { Kind = CheckFindingKind.Damaged, Content = content.Damage };
    }

    /// <summary>
    /// Tags that nothing names; <see langword="null"/>: the target does not list tags. What a push adds belongs to no
    /// state, and names for listing are none of images.
    /// </summary>
    private async Task<int?> CountExtrasAsync(
        string repository,
        ImmutableArray<TaggedImage> images,
        ImmutableArray<TaggedImage> expected,
        CancellationToken cancellationToken)
    {
        if (await client.ProbeTagsAsync(repository, cancellationToken).ConfigureAwait(false) is not { } listed)
        {
            return null;
        }

        HashSet<string> known = [.. images.Select(image => image.Tag)];
        known.UnionWith(expected
            .Select(image => TargetTree.CatalogueOf(image.Path))
            .OfType<(string Catalogue, string Name)>()
            .Where(item => _tree.RepositoryOf(item.Catalogue) == repository)
            .Select(item => item.Name));
        return listed.Count(tag => !known.Contains(tag) && !TargetSide.IsAdded(images[0].Path, tag));
    }

    private ImmutableArray<CheckedRepository> Count(
        ImmutableArray<TaggedImage> expected,
        IEnumerable<CheckFinding> findings,
        ConcurrentDictionary<string, int?> extras)
    {
        ILookup<(string Archive, string Path), CheckFindingKind> kinds =
            findings.ToLookup(finding => (finding.Archive, finding.Path), finding => finding.Kind);
        HashSet<string> counted = [];
        return
        [
            .. from layout in expected.GroupBy(image => (image.Archive, image.Path))
                   .OrderBy(layout => layout.Key.Archive, StringComparer.Ordinal)
                   .ThenBy(layout => layout.Key.Path, StringComparer.Ordinal)
               let repository = _tree.RepositoryOf(layout.Key.Path)
               let found = kinds[layout.Key].ToArray()
               select new CheckedRepository(
                   layout.Key.Archive,
                   layout.Key.Path,
                   repository,
                   layout.Count() - found.Length,
                   found.Count(kind => kind == CheckFindingKind.Missing),
                   found.Count(kind => kind == CheckFindingKind.Different),
                   found.Count(kind => kind == CheckFindingKind.Damaged),
                   counted.Add(repository) ? extras[repository] : 0),
        ];
    }
}
