using System.Collections.Immutable;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Resolves one module or package: its releases and channels, the component images of each version, its extra images
/// and attestations (spec/pull.md 4.5 to 4.7).
/// </summary>
internal sealed class CatalogueItemResolver(
    DeckhouseSource source, ReleaseImages releases, LayerFile layers, Attestations attestations)
{
    private readonly TagDiscovery _tags = new(source);

    public async Task<ResolvedParts> ResolveAsync(
        Catalogue catalogue,
        string name,
        CatalogueFilter filter,
        MirrorPullSettings settings,
        CancellationToken cancellationToken)
    {
        ImmutableArray<VersionConstraint> constraints = filter.Constraints(name);
        ImmutableArray<ChannelRelease> channels = VersionSelection.FollowsChannels(constraints)
            ? await releases.ReadChannelsAsync(catalogue.ReleaseRepository(name), cancellationToken)
                .ConfigureAwait(false)
            : [];
        ImmutableArray<ChannelRelease> kept = [.. channels.Where(one => !filter.Excludes(name, one.Tag))];
        (ImmutableArray<string> selected, ImmutableArray<Fault> notes) = await SelectAsync(
            catalogue, name, constraints, settings.SelectionRules, cancellationToken).ConfigureAwait(false);
        (string Tag, string Reason)[] versions =
        [
            .. kept.GroupBy(channel => channel.Tag, StringComparer.Ordinal)
                .Select(group => (group.Key, $"channel {string.Join(", ", group.Select(one => one.Channel))}"))
                .Concat(selected.Select(tag => (tag, $"rule {Rules(name, constraints)}")))
                .DistinctBy(version => version.Item1, StringComparer.Ordinal),
        ];
        if (versions.Length == 0)
        {
            return NothingOf(catalogue, name, filter);
        }

        ImmutableArray<ItemVersion> found = await ParallelLookup.SelectAsync(
            versions,
            (version, token) => FindVersionAsync(
                catalogue, name, version.Tag, version.Reason, settings.OnlyExtraImages, token),
            cancellationToken).ConfigureAwait(false);
        ImmutableArray<ChosenVersion> chosen =
            [.. found.Select(version => new ChosenVersion(catalogue.Kind, name, version.Tag))];
        if (settings.OnlyExtraImages)
        {
            return ResolvedParts.Of(
                new WantedArchive(catalogue.Archive(name),
                [
                    new WantedLayout(catalogue.Layout(name), []),
                    new WantedLayout(catalogue.ReleaseLayout(name), []),
                    .. Extras(catalogue, name, found),
                ]),
                [.. notes, .. found.SelectMany(version => version.Notes)]) with
            {
                Chosen = chosen,
            };
        }

        ImmutableArray<WantedImage> images =
            [.. found.SelectMany(version => version.Images).DistinctBy(image => (image.Tag, image.Digest))];
        ImmutableArray<WantedImage> vex = settings.SkipVexImages
            ? []
            : await attestations.FindAsync(catalogue.Repository(name), images, cancellationToken)
                .ConfigureAwait(false);
        WantedImage[] published =
        [
            .. found.Select(version => version.Release).OfType<WantedImage>(),
            .. kept.Select(channel => channel.Image),
            .. Aliases(catalogue, name, constraints, found),
        ];
        return ResolvedParts.Of(
            new WantedArchive(catalogue.Archive(name),
            [
                new WantedLayout(catalogue.Layout(name), [.. images, .. vex]),
                new WantedLayout(catalogue.ReleaseLayout(name), [.. published]),
                .. Extras(catalogue, name, found),
            ]),
            [.. notes, .. found.SelectMany(version => version.Notes)]) with
        {
            Chosen = chosen,
        };
    }

    private static IEnumerable<WantedLayout> Extras(
        Catalogue catalogue, string name, ImmutableArray<ItemVersion> found) => found
        .SelectMany(version => version.Extras)
        .GroupBy(extra => extra.Name, extra => extra.Image, StringComparer.Ordinal)
        .Select(group => new WantedLayout(catalogue.ExtraLayout(name, group.Key), [.. group]));

    private static string Rules(string name, ImmutableArray<VersionConstraint> constraints) =>
        string.Join(", ", constraints.Select(constraint => $"{name}@{constraint}"));

    private async Task<(ImmutableArray<string> Tags, ImmutableArray<Fault> Notes)> SelectAsync(
        Catalogue catalogue,
        string name,
        ImmutableArray<VersionConstraint> constraints,
        SelectionRules rules,
        CancellationToken cancellationToken)
    {
        FoundTags tags = VersionSelection.NeedsTags(constraints)
            ? await _tags.FindAsync(
                catalogue.Repository(name), $"the {catalogue.Kind} {name}", constraints, rules, cancellationToken)
                .ConfigureAwait(false) ?? FoundTags.None
            : FoundTags.None;
        ImmutableArray<Fault> unmet =
        [
            .. constraints
                .Where(constraint => VersionSelection.Resolve([constraint], tags.Tags, rules).IsEmpty)
                .Select(constraint =>
                    DeckhouseFaults.SelectsNothing(catalogue.Kind, name, $"{name}@{constraint}", tags.Searched)),
        ];
        return unmet.IsEmpty
            ? (VersionSelection.Resolve(constraints, tags.Tags, rules), tags.Notes)
            : throw new MirrorException(unmet);
    }

    /// <summary>
    /// An item that was asked for by name and has nothing is a fault. Others are noted, except where modules share the
    /// edition's own repository, whose tags are no names.
    /// </summary>
    private ResolvedParts NothingOf(Catalogue catalogue, string name, CatalogueFilter filter) =>
        filter.Named.Contains(name)
            ? throw new MirrorException(DeckhouseFaults.SelectsNothing(catalogue.Kind, name, name))
            : catalogue.Root == source.Tree.Edition
                ? ResolvedParts.Nothing
                : ResolvedParts.OnlyNote(DeckhouseFaults.OptionalMissing(
                    source.Name(catalogue.Repository(name)), $"no selected version of the {catalogue.Kind} {name}"));

    private async Task<ItemVersion> FindVersionAsync(
        Catalogue catalogue,
        string name,
        string tag,
        string reason,
        bool onlyExtras,
        CancellationToken cancellationToken)
    {
        WantedImage main = await source.GetAsync(catalogue.Repository(name), tag, reason, cancellationToken)
            .ConfigureAwait(false);
        WantedImage? release = onlyExtras ? null : await source
            .FindAsync(catalogue.ReleaseRepository(name), tag, reason, cancellationToken).ConfigureAwait(false);
        string reference = source.Name(main);
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files = await layers.ReadAsync(
            main, reference, [ImageDigests.FileName, ExtraImages.FileName], cancellationToken).ConfigureAwait(false);
        ImmutableArray<WantedImage> components = onlyExtras
            || !files.TryGetValue(ImageDigests.FileName, out var digests)
            ? []
            : await ParallelLookup.SelectAsync(
                ImageDigests.Read(digests),
                async (digest, token) => await source
                    .FindAsync(catalogue.Repository(name), digest, $"component of {tag}", token).ConfigureAwait(false)
                    ?? throw new MirrorException(DeckhouseFaults.ComponentMissing(
                        $"{source.Name(catalogue.Repository(name))}@{digest}", reference)),
                cancellationToken).ConfigureAwait(false);
        ImmutableArray<(string Name, string Tag, WantedImage? Image)> extras =
            !files.TryGetValue(ExtraImages.FileName, out var listed)
                ? []
                : await ParallelLookup.SelectAsync(
                    ExtraImages.Read(listed, reference),
                    async (extra, token) => (extra.Name, extra.Tag, await source.FindAsync(
                        catalogue.ExtraRepository(name, extra.Name), extra.Tag, $"extra image of {tag}", token)
                        .ConfigureAwait(false)),
                    cancellationToken).ConfigureAwait(false);
        return new ItemVersion(tag, [main, .. components], release)
        {
            Extras = [.. extras.Where(extra => extra.Image is not null).Select(extra => (extra.Name, extra.Image!))],
            Notes =
            [
                .. release is null && !onlyExtras
                    ? [Missing(catalogue.ReleaseRepository(name), tag, reason)]
                    : ImmutableArray<Fault>.Empty,
                .. extras.Where(extra => extra.Image is null).Select(extra => Missing(
                    catalogue.ExtraRepository(name, extra.Name), extra.Tag, $"extra image of {name} {tag}")),
            ],
        };
    }

    /// <summary>
    /// Exact rules publish their tag as channels: one rule as all of them or as its own, several rules each only as
    /// the channel it names.
    /// </summary>
    private IEnumerable<WantedImage> Aliases(
        Catalogue catalogue,
        string name,
        ImmutableArray<VersionConstraint> constraints,
        ImmutableArray<ItemVersion> found)
    {
        if (VersionSelection.FollowsChannels(constraints))
        {
            yield break;
        }

        foreach (VersionConstraint exact in constraints)
        {
            IEnumerable<string> channels = exact.Channel is { } one ? [one]
                : constraints.Length == 1 ? ReleaseChannel.All : [];
            foreach (string channel in channels)
            {
                WantedImage release = found.First(version => version.Tag == exact.Tag).Release
                    ?? throw new MirrorException(DeckhouseFaults.TagMissing(
                        source.Name(catalogue.ReleaseRepository(name)), exact.Tag!, $"rule {name}@{exact}"));
                yield return release with { Tag = channel, Reason = $"channel {channel}, as {exact.Tag}" };
            }
        }
    }

    private Fault Missing(string repository, string tag, string reason) =>
        DeckhouseFaults.OptionalMissing($"{source.Name(repository)}:{tag}", reason);
}
