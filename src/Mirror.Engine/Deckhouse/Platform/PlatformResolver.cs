using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Platform;

/// <summary>
/// Resolves the platform: releases and channels in four repositories, and the component images that each release's
/// installer names by digest (docs/behaviour/pull.md#platform-images).
/// </summary>
internal sealed class PlatformResolver(
    DeckhouseSource source, ReleaseImages releases, LayerFile layers, Attestations attestations)
{
    private const string ArchiveName = "platform.tar";

    private readonly RegistryTree _tree = source.Tree;
    private readonly TagDiscovery _tags = new(source);
    private readonly PlatformChannels _channels = new(source, releases);

    public async Task<ResolvedParts> ResolveAsync(MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        PlatformChoice choice = await ChooseAsync(settings, cancellationToken).ConfigureAwait(false);
        ImmutableArray<PlatformRelease> found = await ParallelLookup.SelectAsync(
            choice.Tags,
            (tag, token) => FindReleaseAsync(tag.Tag, tag.Reason, choice.AliasTag, token),
            cancellationToken).ConfigureAwait(false);
        ImmutableArray<ImageContent> components = await FindComponentsAsync(found, cancellationToken)
            .ConfigureAwait(false);
        ImmutableArray<ImageContent> root = [.. found.Select(release => release.Root), .. components];
        ImmutableArray<ImageContent> vex = settings.SkipVexImages
            ? []
            : await attestations.FindAsync(_tree.Edition, root, cancellationToken).ConfigureAwait(false);
        ImageContent? alias = AliasTarget(choice, found);
        ImmutableArray<ImageContent> channels = [.. ChannelImages(choice, alias)];

        // One tag is a build somebody picked, not a line of releases to offer a cluster.
        (ImmutableArray<PlannedFile> files, ImmutableArray<Fault> unlisted) = choice.AliasTag is null
            ? await new ReleaseManifests(source, layers)
                .MakeAsync(found.Select(release => release.Channel).OfType<ImageContent>(), cancellationToken)
                .ConfigureAwait(false)
            : ([], []);

        return ResolvedParts.Create(
            new ArchiveContent(ArchiveName,
            [
                new LayoutContent("", [.. root, .. vex]),
                new LayoutContent("install", [.. found.Select(release => release.Install)]),
                new LayoutContent(
                    "install-standalone", [.. found.Select(release => release.Standalone).OfType<ImageContent>()]),
                new LayoutContent(
                    "release-channel",
                    [
                        .. found.Select(release => release.Channel).OfType<ImageContent>(),
                        .. channels,
                    ]),
            ]),
            [
                .. choice.Notes,
                .. found.SelectMany(release => release.Notes),
                .. choice.AliasTag is { } tag && alias is null ? NoAlias(choice, tag) : [],
                .. unlisted,
            ]) with
        {
            Chosen = [.. found.Select(release => new ChosenVersion(ChosenVersion.Platform, "", release.Tag))],
            Channels = alias is null
                ? [.. choice.Channels.Select(channel => (channel.Channel, channel.Tag))]
                : [.. channels.Select(channel => (channel.ShortTag, found[0].Tag))],
            Files = files,
        };
    }

    private async Task<PlatformChoice> ChooseAsync(MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        string repository = source.Name(_tree.ReleaseChannels);
        ImmutableArray<ChannelRelease> channels = await _channels.ReadAsync(settings, cancellationToken)
            .ConfigureAwait(false);
        FoundTags found = PlatformSelection.NeedsTags(settings, channels)
            ? await _tags.FindAsync(
                _tree.ReleaseChannels,
                "the platform",
                settings.IncludePlatform is { } range ? [range] : [],
                settings.SelectionRules,
                cancellationToken).ConfigureAwait(false)
                ?? throw new MirrorException(DeckhouseFaults.TagsNotListed(repository))
            : FoundTags.None;
        PlatformChoice choice = PlatformSelection.Choose(settings, repository, channels, found.Tags, found.Searched);
        return choice with { Notes = [.. choice.Notes, .. found.Notes] };
    }

    private async Task<PlatformRelease> FindReleaseAsync(
        string tag, string reason, string? alias, CancellationToken cancellationToken)
    {
        // A tag that the user spelled may be wrong; one that the source names makes the source incomplete.
        ImageContent root = await FindAsync(_tree.Edition).ConfigureAwait(false)
            ?? throw (tag == alias ? await MissingTagAsync().ConfigureAwait(false) : Incomplete(_tree.Edition));
        ImageContent install = await FindAsync(_tree.Install).ConfigureAwait(false) ?? throw Incomplete(_tree.Install);
        ImageContent? standalone = await FindAsync(_tree.InstallStandalone).ConfigureAwait(false);
        ImageContent? channel = await FindAsync(_tree.ReleaseChannels).ConfigureAwait(false);
        return channel is null && alias is null
            ? throw Incomplete(_tree.ReleaseChannels)
            : new PlatformRelease(tag, root, install, standalone, channel)
            {
                Notes =
                [
                    .. standalone is null ? Missing(_tree.InstallStandalone) : [],
                    .. channel is null && tag != alias ? Missing(_tree.ReleaseChannels) : [],
                ],
            };

        Task<ImageContent?> FindAsync(string repository) =>
            source.FindAsync(repository, tag, reason, cancellationToken);

        // The edition's own tags are mostly component images: releases and channels are what a user names.
        async Task<MirrorException> MissingTagAsync() => new(DeckhouseFaults.TagMissing(
            source.Name(_tree.Edition),
            tag,
            reason,
            await source.ListAsync(_tree.ReleaseChannels, cancellationToken).ConfigureAwait(false)).WithValue(tag));

        MirrorException Incomplete(string repository) =>
            new(DeckhouseFaults.ReleaseIncomplete($"{source.Name(repository)}:{tag}", tag, reason));

        ImmutableArray<Fault> Missing(string repository) =>
            [DeckhouseFaults.OptionalMissing($"{source.Name(repository)}:{tag}", reason)];
    }

    private async Task<ImmutableArray<ImageContent>> FindComponentsAsync(
        ImmutableArray<PlatformRelease> found, CancellationToken cancellationToken)
    {
        ImmutableArray<ImmutableArray<ImageContent>> components = await ParallelLookup.SelectAsync(
            found.DistinctBy(release => release.Install.Digest),
            FindComponentsAsync,
            cancellationToken).ConfigureAwait(false);
        return [.. components.SelectMany(images => images).DistinctBy(image => (image.Tag, image.Digest))];
    }

    private async Task<ImmutableArray<ImageContent>> FindComponentsAsync(
        PlatformRelease release, CancellationToken cancellationToken)
    {
        string reference = source.Name(release.Install);
        string reason = $"component of {release.Tag}";

        // One after the other: asked together, an installer with digests would be read to its last layer for tags.
        if (await ReadAsync(ImageDigests.InstallerFileName).ConfigureAwait(false) is { } digests)
        {
            return await ParallelLookup.SelectAsync(
                ImageDigests.Read(digests),
                async (digest, token) =>
                    await source.FindAsync(_tree.Edition, digest, reason, token).ConfigureAwait(false)
                    ?? throw Missing($"@{digest}"),
                cancellationToken).ConfigureAwait(false);
        }

        if (await ReadAsync(ImageDigests.InstallerTagsFileName).ConfigureAwait(false) is { } tags)
        {
            return await ParallelLookup.SelectAsync(
                ImageDigests.ReadTags(tags, reference),
                async (tag, token) =>
                    await source.FindAsync(_tree.Edition, tag, reason, token).ConfigureAwait(false)
                    ?? throw Missing($":{tag}"),
                cancellationToken).ConfigureAwait(false);
        }

        throw new MirrorException(DeckhouseFaults.FileMissing(reference, ImageDigests.InstallerFileName));

        // A bare null would become an empty content: it converts to an array, and an array to memory.
        async Task<ReadOnlyMemory<byte>?> ReadAsync(string file) =>
            (await layers.ReadAsync(release.Install, reference, [file], cancellationToken).ConfigureAwait(false))
                .TryGetValue(file, out ReadOnlyMemory<byte> content) ? content : (ReadOnlyMemory<byte>?)null;

        MirrorException Missing(string target) => new(
            DeckhouseFaults.ComponentMissing($"{source.Name(_tree.Edition)}{target}", release.Tag));
    }

    /// <summary>What all channels of the bundle will point to: the release's image, or the named channel's.</summary>
    private static ImageContent? AliasTarget(PlatformChoice choice, ImmutableArray<PlatformRelease> found) =>
        found.FirstOrDefault(release => release.Tag == choice.AliasTag)?.Channel
        ?? choice.Channels.FirstOrDefault(channel => channel.Channel == choice.AliasTag)?.Image;

    /// <summary>The channels as they are at the source; with an alias, the default ones point at it.</summary>
    private static IEnumerable<ImageContent> ChannelImages(PlatformChoice choice, ImageContent? alias)
    {
        Dictionary<string, ImageContent> own = choice.Channels.ToDictionary(
            channel => channel.Channel, channel => channel.Image, StringComparer.Ordinal);
        return alias is null
            ? own.Values
            : ReleaseChannel.Default
                .Select(channel => alias with
                {
                    Tag = channel,
                    Reason = own.GetValueOrDefault(channel)?.Reason ?? $"channel {channel}, as {choice.AliasTag}",
                })
                .Concat(own.Values.Where(image => !ReleaseChannel.Default.Contains(image.Tag!)));
    }

    private ImmutableArray<Fault> NoAlias(PlatformChoice choice, string tag) =>
    [
        DeckhouseFaults.ChannelsNotPublished(
            $"{source.Name(_tree.ReleaseChannels)}:{tag}", choice.Channels.Select(channel => channel.Channel)),
    ];
}

/// <summary>One platform release: its image in each of the four repositories.</summary>
internal sealed record PlatformRelease(
    string Tag, ImageContent Root, ImageContent Install, ImageContent? Standalone, ImageContent? Channel)
{
    public ImmutableArray<Fault> Notes { get; init; } = [];
}
