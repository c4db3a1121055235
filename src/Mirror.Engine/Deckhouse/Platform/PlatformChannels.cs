using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Platform;

/// <summary>
/// Reads the release channels that a selection has to know (docs/behaviour/pull.md#platform-channels): all six, or,
/// when one is named, that one alone. Only a channel that the registry does not have is absent; any other failure ends
/// the run.
/// </summary>
internal sealed class PlatformChannels(DeckhouseSource source, ReleaseImages releases)
{
    private readonly string _repository = source.Tree.ReleaseChannels;

    public async Task<ImmutableArray<ChannelRelease>> ReadAsync(
        MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        if (PlatformSelection.NamedChannel(settings) is not { } channel)
        {
            return await releases.ReadChannelsAsync(_repository, cancellationToken).ConfigureAwait(false);
        }

        return await releases.FindAsync(_repository, channel, cancellationToken).ConfigureAwait(false) is { } found
            ? [found]
            : await ReadOthersAsync(channel, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The run has failed already; what else there is goes into the message. One that cannot be read must not hide
    /// that, nor may it pass for absent.
    /// </summary>
    private async Task<ImmutableArray<ChannelRelease>> ReadOthersAsync(
        string missing, CancellationToken cancellationToken)
    {
        ImmutableArray<(ChannelRelease? Release, ImmutableArray<Fault> Faults)> others =
            await ParallelLookup.SelectAsync(
                ReleaseChannel.All.Where(channel => channel != missing),
                ReadAnyhowAsync,
                cancellationToken).ConfigureAwait(false);
        ImmutableArray<ChannelRelease> present = [.. others.Select(other => other.Release).OfType<ChannelRelease>()];
        ImmutableArray<Fault> faults = [.. others.SelectMany(other => other.Faults)];
        return faults.IsEmpty
            ? present
            : throw new MirrorException(
            [
                DeckhouseFaults.ChannelsMissing(
                    source.Name(_repository), [missing], present.Select(channel => channel.Channel)),
                .. faults,
            ]);
    }

    private async Task<(ChannelRelease? Release, ImmutableArray<Fault> Faults)> ReadAnyhowAsync(
        string channel, CancellationToken cancellationToken)
    {
        try
        {
            return (await releases.FindAsync(_repository, channel, cancellationToken).ConfigureAwait(false), []);
        }
        catch (MirrorException failure)
        {
            return (null, failure.Faults);
        }
    }
}
