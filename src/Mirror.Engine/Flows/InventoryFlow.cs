using System.Collections.Concurrent;
using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Ends;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Flows.Targets;
using Mirror.Engine.Plan;
using Mirror.Engine.Plan.Have;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows;

/// <summary>
/// An inventory, top to bottom: check the settings, find out which tags to look for, read what they stand for, write
/// the file. Nothing is written to the target; one whose content is damaged gets no inventory.
/// </summary>
internal sealed class InventoryFlow(EngineParts parts, EventSink events)
{
    public async Task<MirrorInventory> RunAsync(
        MirrorInventorySettings settings, RunReport report, CancellationToken cancellationToken)
    {
        CheckedInventorySettings order = SettingsCheck.Check(
            settings,
            parts.Environment,
            [.. report.Prepare(), .. HaveStore.Prepare(parts.Disk, settings?.InventoryFile)],
            parts.FindCertificateFaults);
        WarningLog warnings = new(events);
        warnings.Add(order.Warnings);
        ExpectedState? wanted = order.Expected.IsEmpty
            ? null
            : await ExpectedState.ReadAsync(order.Expected, parts.Disk, warnings, cancellationToken)
                .ConfigureAwait(false);
        events.Milestone($"Reading {order.Target.Target.Reference} with {order.Target.Target.CredentialOrigin}.");

        // Only lists lead to layers that have to be read; they are kept nowhere else.
        using SourceSession session = new(
            order.Target.Target, order.TmpDirectory, $"inventory {Guid.NewGuid()}", parts, events);
        try
        {
            HaveFile file = await LookAsync(order, wanted, session, cancellationToken).ConfigureAwait(false);
            new HaveStore(parts.Disk, order.InventoryFile).Write(file);
            MirrorInventory inventory = new()
            {
                Target = order.Target.Target.Reference,
                InventoryFile = order.InventoryFile,
                StateId = file.StateId,
                Depth = order.Depth,
                Repositories = file.Repositories.Count,
                Tags = file.Repositories.Sum(repository => repository.Value.Tags.Count),
                Blobs = file.Repositories.Sum(repository => repository.Value.Blobs.Count),
                Requests = session.Client.Requests,
            };
            events.Milestone(
                $"{inventory}, with {ItemCount.Format(inventory.Requests, "requests")}; written to "
                    + $"{order.InventoryFile}.");
            report.Add(inventory);
            return inventory;
        }
        finally
        {
            warnings.Add(session.TryDeleteSpool());
        }
    }

    private async Task<HaveFile> LookAsync(
        CheckedInventorySettings order,
        ExpectedState? wanted,
        SourceSession session,
        CancellationToken cancellationToken)
    {
        ImmutableArray<(string Path, string Tag, Digest? Expected)> tags = wanted is not null
            ? [.. wanted.Images.Select(image => (image.Path, image.Tag, (Digest?)image.Digest))]
            :
            [
                .. (await new TargetListing(order.Target, session.Client, new ExtraNames(session).ReadAsync)
                    .ListAsync(cancellationToken).ConfigureAwait(false))
                    .Select(tag => (tag.Path, tag.Tag, (Digest?)null)),
            ];
        ConcurrentBag<FoundTag> found = await ReadAsync(order, tags, session, cancellationToken).ConfigureAwait(false);
        if (wanted is not null)
        {
            events.Milestone($"{found.Count} of {ItemCount.Format(tags.Length, "tags")} are there.");
        }

        DemandWhole(order, found);
        HaveRepositories repositories = new();
        foreach (FoundTag tag in found)
        {
            repositories.Add(tag.Path, tag.Tag, tag.Digest, tag.Image.Content.Append(tag.Digest));
        }

        return new HaveFile
        {
            Target = order.Target.Target.Reference,
            Basis = HaveBasis.Target,
            Checked = order.Depth,
            Taken = parts.Time.GetUtcNow(),
            Repositories = repositories.Build(),
        };
    }

    private static async Task<ConcurrentBag<FoundTag>> ReadAsync(
        CheckedInventorySettings order,
        ImmutableArray<(string Path, string Tag, Digest? Expected)> tags,
        SourceSession session,
        CancellationToken cancellationToken)
    {
        int width = order.Target.Target.Transfer.MaxConnections;
        TargetTree tree = new(order.Target.Target, order.Target.BareRoot);
        TargetTags digests = new(session.Client, width);
        TargetInventory images = new(session.Client, order.Depth);
        ConcurrentBag<FoundTag> found = [];
        await Parallel.ForEachAsync(
            tags,
            new ParallelOptions { MaxDegreeOfParallelism = width, CancellationToken = cancellationToken },
            async (tag, token) =>
            {
                string repository = tree.RepositoryOf(tag.Path);
                if (await digests.FindAsync(
                    new TargetTag(repository, tag.Tag), tag.Expected, isListed: true, token).ConfigureAwait(false)
                    is { } image)
                {
                    found.Add(new FoundTag(
                        tag.Path,
                        tag.Tag,
                        image.Digest,
                        $"{order.Target.Target.Host}/{repository}:{tag.Tag}",
                        await images.LookAsync(repository, image.Told, token).ConfigureAwait(false)));
                }
            }).ConfigureAwait(false);
        return found;
    }

    /// <summary>A delta against content that is not there could never be pushed.</summary>
    private void DemandWhole(CheckedInventorySettings order, IEnumerable<FoundTag> found)
    {
        CheckFinding[] damaged =
        [
            .. found.Where(tag => !tag.Image.Damage.IsEmpty)
                .OrderBy(tag => tag.Reference, StringComparer.Ordinal)
                .Select(tag => new CheckFinding
                {
                    Kind = CheckFindingKind.Damaged,
                    Archive = ArchiveName.Find(tag.Path),
                    Path = tag.Path,
                    Reference = tag.Reference,
                    Tag = tag.Tag,
                    Digest = tag.Digest,
                    Content = [.. tag.Image.Damage.Select(events.Secrets.Redact)],
                }),
        ];
        if (damaged.Length > 0)
        {
            throw new MirrorException(CheckFaults.Damaged(order.Target.Target.Reference, damaged));
        }
    }

    private sealed record FoundTag(string Path, string Tag, Digest Digest, string Reference, TargetImage Image);
}
