using Mirror.Engine.Plan;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>Reads the release channels of the platform, a module or a package.</summary>
internal sealed class ReleaseImages(DeckhouseSource source, LayerFile layers)
{
    /// <summary>The channels that exist in a repository, newest first.</summary>
    public async Task<ImmutableArray<ChannelRelease>> ReadChannelsAsync(
        string repository, CancellationToken cancellationToken)
    {
        ImmutableArray<ChannelRelease?> found = await ParallelLookup.SelectAsync(
            ReleaseChannel.All,
            (channel, token) => FindAsync(repository, channel, token),
            cancellationToken).ConfigureAwait(false);
        return [.. found.OfType<ChannelRelease>()];
    }

    /// <summary>One channel, or <see langword="null"/> when the repository does not have it.</summary>
    public async Task<ChannelRelease?> FindAsync(
        string repository, string channel, CancellationToken cancellationToken)
    {
        ImageContent? image = await source.FindAsync(repository, channel, $"channel {channel}", cancellationToken)
            .ConfigureAwait(false);
        if (image is null)
        {
            return null;
        }

        string reference = source.Name(image);
        ReleaseMetadata metadata = ReleaseMetadata.Read(
            await layers.ReadAsync(image, reference, [ReleaseMetadata.FileName], cancellationToken)
                .ConfigureAwait(false),
            reference);
        return new ChannelRelease(
            channel, image with { ChannelVersion = metadata.Version.ToTag() }, metadata);
    }
}

/// <summary>A release channel: its image and the release it points at.</summary>
internal sealed record ChannelRelease(string Channel, ImageContent Image, ReleaseMetadata Metadata)
{
    public SemanticVersion Version => Metadata.Version;

    /// <summary>The tag of the release that the channel points at.</summary>
    public string Tag => Version.ToTag();
}
