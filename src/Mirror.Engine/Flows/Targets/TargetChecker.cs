using System.Collections.Concurrent;
using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Ends;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows.Targets;

/// <summary>
/// Compares one target with what should be there. Tags alone cost one question each, and one list for each repository;
/// nothing is ever written.
/// </summary>
internal sealed class TargetChecker(
    CheckedPushSettings order, RegistryClient client, CheckDepth depth, EventSink events)
{
    /// <summary>How often the log says how far it is, where content is looked at.</summary>
    private const int Stages = 10;

    private readonly TargetTree _tree = new(order.Target, order.BareRoot);
    private readonly TargetTags _tags = new(client, order.Target.Transfer.MaxConnections);
    private readonly TargetInventory _images = new(client, depth);

    public async Task<CheckedTarget> CheckAsync(
        ImmutableArray<TaggedImage> expected, CancellationToken cancellationToken)
    {
        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = order.Target.Transfer.MaxConnections,
            CancellationToken = cancellationToken,
        };

        // Lists first: a tag that is not listed costs one question, too.
        ConcurrentDictionary<string, HashSet<string>?> lists = [];
        await Parallel.ForEachAsync(
            expected.Select(image => _tree.RepositoryOf(image.Path)).Distinct(StringComparer.Ordinal),
            options,
            async (repository, token) => lists[repository] =
                await client.ProbeTagsAsync(repository, token).ConfigureAwait(false) is { } listed ? [.. listed] : null)
            .ConfigureAwait(false);
        ConcurrentBag<CheckFinding> findings = [];
        int looked = 0;
        await Parallel.ForEachAsync(expected, options, async (image, token) =>
        {
            string repository = _tree.RepositoryOf(image.Path);
            bool isListed = lists[repository]?.Contains(image.Tag) ?? true;
            if (await FindAsync(image, repository, isListed, token).ConfigureAwait(false) is { } finding)
            {
                findings.Add(finding);
            }

            Tell(Interlocked.Increment(ref looked), expected.Length);
        }).ConfigureAwait(false);
        Dictionary<string, int?> extras = expected
            .GroupBy(image => _tree.RepositoryOf(image.Path), StringComparer.Ordinal)
            .ToDictionary(
                repository => repository.Key,
                repository => CountExtras(repository.Key, lists[repository.Key], [.. repository], expected),
                StringComparer.Ordinal);
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

    /// <summary>Tags alone take seconds.</summary>
    private void Tell(int looked, int all)
    {
        if (depth != CheckDepth.Tags && looked < all && looked * Stages / all > (looked - 1) * Stages / all)
        {
            events.Milestone($"Looked at {looked} of {ItemCount.Format(all, "images")}.");
        }
    }

    private async Task<CheckFinding?> FindAsync(
        TaggedImage image, string repository, bool isListed, CancellationToken cancellationToken)
    {
        TargetDigest? found = await _tags.FindAsync(
            new TargetTag(repository, image.Tag), image.Digest, isListed, cancellationToken).ConfigureAwait(false);
        CheckFinding finding = new()
        {
            Kind = CheckFindingKind.Missing,
            Archive = image.Archive,
            Path = image.Path,
            Reference = $"{order.Target.Host}/{repository}:{image.Tag}",
            Tag = image.Tag,
            Digest = image.Digest,
        };
        if (found is not { } there)
        {
            return finding;
        }

        if (there.Digest != image.Digest)
        {
            return finding with { Kind = CheckFindingKind.Different, Found = there.Digest };
        }

        if (depth == CheckDepth.Tags)
        {
            return null;
        }

        TargetImage content = await _images.LookAsync(repository, there.Told, cancellationToken)
            .ConfigureAwait(false);
        return content.Damage.IsEmpty
            ? null
            : finding with { Kind = CheckFindingKind.Damaged, Content = content.Damage };
    }

    /// <summary>
    /// Tags that nothing names; <see langword="null"/>: the target does not list tags. What a push adds belongs to no
    /// state, and names for listing are none of images.
    /// </summary>
    private int? CountExtras(
        string repository,
        HashSet<string>? listed,
        ImmutableArray<TaggedImage> images,
        ImmutableArray<TaggedImage> expected)
    {
        if (listed is null)
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
        Dictionary<string, int?> extras)
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
