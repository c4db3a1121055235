using System.Collections.Immutable;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Resolves the platform: releases and channels in four repositories, and the component images that each release's
/// installer names by digest (spec/pull.md 3.10 to 3.13).
/// </summary>
internal sealed class PlatformResolver(
    DeckhouseSource source, ReleaseImages releases, LayerFile layers, Attestations attestations)
{
    private const string ArchiveName = "platform.tar";

    private readonly RegistryTree _tree = source.Tree;
    private readonly TagDiscovery _tags = new(source);

    public async Task<ResolvedParts> ResolveAsync(MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        PlatformChoice choice = await ChooseAsync(settings, cancellationToken).ConfigureAwait(false);
        ImmutableArray<PlatformRelease> found = await ParallelLookup.SelectAsync(
            choice.Tags,
            (tag, token) => FindReleaseAsync(tag.Tag, tag.Reason, choice.AliasTag is not null, token),
            cancellationToken).ConfigureAwait(false);
        ImmutableArray<WantedImage> components = await FindComponentsAsync(found, cancellationToken)
            .ConfigureAwait(false);
        ImmutableArray<WantedImage> root = [.. found.Select(release => release.Root), .. components];
        ImmutableArray<WantedImage> vex = settings.SkipVexImages
            ? []
            : await attestations.FindAsync(_tree.Edition, root, cancellationToken).ConfigureAwait(false);
        ImmutableArray<WantedImage> channels = await FindChannelsAsync(choice, found, cancellationToken)
            .ConfigureAwait(false);

        return ResolvedParts.Of(
            new WantedArchive(ArchiveName,
            [
                new WantedLayout("", [.. root, .. vex]),
                new WantedLayout("install", [.. found.Select(release => release.Install)]),
                new WantedLayout(
                    "install-standalone", [.. found.Select(release => release.Standalone).OfType<WantedImage>()]),
                new WantedLayout(
                    "release-channel",
                    [.. found.Select(release => release.Channel).OfType<WantedImage>(), .. channels]),
            ]),
            [.. choice.Notes, .. found.SelectMany(release => release.Notes)]) with
        {
            Chosen = [.. found.Select(release => new ChosenVersion(ChosenVersion.Platform, "", release.Tag))],
        };
    }

    private async Task<PlatformChoice> ChooseAsync(MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        ImmutableArray<ChannelRelease> channels = await releases
            .ReadChannelsAsync(_tree.ReleaseChannels, cancellationToken).ConfigureAwait(false);
        FoundTags found = PlatformSelection.NeedsTags(settings) && !channels.IsEmpty
            ? await _tags.FindAsync(
                _tree.ReleaseChannels,
                "the platform",
                settings.IncludePlatform is { } range ? [range] : [],
                settings.SelectionRules,
                cancellationToken).ConfigureAwait(false)
            : FoundTags.None;
        PlatformChoice choice = PlatformSelection.Choose(
            settings, source.Name(_tree.ReleaseChannels), channels, found.Tags, found.Searched);
        return choice with { Notes = [.. choice.Notes, .. found.Notes] };
    }

    private async Task<PlatformRelease> FindReleaseAsync(
        string tag, string reason, bool isNamed, CancellationToken cancellationToken)
    {
        WantedImage root = await source.GetAsync(_tree.Edition, tag, reason, cancellationToken).ConfigureAwait(false);
        WantedImage install = await source.GetAsync(_tree.Install, tag, reason, cancellationToken)
            .ConfigureAwait(false);
        WantedImage? standalone = await source.FindAsync(_tree.InstallStandalone, tag, reason, cancellationToken)
            .ConfigureAwait(false);
        WantedImage? channel = isNamed
            ? await source.FindAsync(_tree.ReleaseChannels, tag, reason, cancellationToken).ConfigureAwait(false)
            : await source.GetAsync(_tree.ReleaseChannels, tag, reason, cancellationToken).ConfigureAwait(false);
        return new PlatformRelease(tag, root, install, standalone, channel)
        {
            Notes =
            [
                .. standalone is null ? Missing(_tree.InstallStandalone) : [],
                .. channel is null ? Missing(_tree.ReleaseChannels) : [],
            ],
        };

        ImmutableArray<Fault> Missing(string repository) =>
            [DeckhouseFaults.OptionalMissing($"{source.Name(repository)}:{tag}", reason)];
    }

    private async Task<ImmutableArray<WantedImage>> FindComponentsAsync(
        ImmutableArray<PlatformRelease> found, CancellationToken cancellationToken)
    {
        ImmutableArray<ImmutableArray<WantedImage>> components = await ParallelLookup.SelectAsync(
            found.DistinctBy(release => release.Install.Digest),
            FindComponentsAsync,
            cancellationToken).ConfigureAwait(false);
        return [.. components.SelectMany(images => images).DistinctBy(image => (image.Tag, image.Digest))];
    }

    private async Task<ImmutableArray<WantedImage>> FindComponentsAsync(
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

        async Task<ReadOnlyMemory<byte>?> ReadAsync(string file) =>
            (await layers.ReadAsync(release.Install, reference, [file], cancellationToken).ConfigureAwait(false))
                .TryGetValue(file, out ReadOnlyMemory<byte> content) ? content : null;

        MirrorException Missing(string target) => new(
            DeckhouseFaults.ComponentMissing($"{source.Name(_tree.Edition)}{target}", release.Tag));
    }

    /// <summary>The channel entries: as they are at the source, or all pointing at the one release asked for.</summary>
    private async Task<ImmutableArray<WantedImage>> FindChannelsAsync(
        PlatformChoice choice, ImmutableArray<PlatformRelease> found, CancellationToken cancellationToken)
    {
        if (choice.AliasTag is not { } tag)
        {
            return [.. choice.Channels.Select(channel => channel.Image)];
        }

        WantedImage? target = found.FirstOrDefault(release => release.Tag == tag)?.Channel
            ?? await source.FindAsync(_tree.ReleaseChannels, tag, $"channel {tag}", cancellationToken)
                .ConfigureAwait(false);
        return target is null
            ? []
            :
            [
                .. ReleaseChannel.Default
                    .Concat(choice.Channels.Select(channel => channel.Channel))
                    .Distinct(StringComparer.Ordinal)
                    .Select(channel => target with { Tag = channel, Reason = $"channel {channel}, as {tag}" }),
            ];
    }
}
