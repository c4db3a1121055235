using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Platform;

/// <summary>
/// Chooses platform releases from what the release-channel repository has (docs/behaviour/pull.md#platform).
/// </summary>
internal static class PlatformSelection
{
    /// <summary>The channel that is named as the one release wanted, if it is a channel.</summary>
    public static string? NamedChannel(MirrorPullSettings settings) =>
        NamedTag(settings) is { } tag && ReleaseChannel.IsChannel(tag) ? tag : null;

    /// <summary>Whether the choice needs the tag list: one named release or a window without a top does not.</summary>
    public static bool NeedsTags(MirrorPullSettings settings, ImmutableArray<ChannelRelease> channels) =>
        NamedTag(settings) is null
        && (settings.IncludePlatform is null
            ? channels.Any(channel => channel.Channel == ReleaseChannel.Alpha)
            : !channels.IsEmpty);

    /// <summary>Chooses the releases and channels of the platform that the settings select.</summary>
    /// <exception cref="MirrorException">D8M3001, D8M3002, D8M3004 or D8M3013.</exception>
    public static PlatformChoice Choose(
        MirrorPullSettings settings,
        string repository,
        ImmutableArray<ChannelRelease> channels,
        ImmutableArray<string> tags,
        string searched = "") =>
        NamedTag(settings) is { } tag ? ChooseTag(settings, repository, channels, tag)
        : settings.IncludePlatform is { } range ? ChooseRange(settings, repository, channels, tags, range, searched)
        : ChooseWindow(settings, repository, channels, tags);

    /// <summary>The one release that is named, by its own setting or by an exact constraint.</summary>
    private static string? NamedTag(MirrorPullSettings settings) =>
        settings.DeckhouseTag ?? settings.IncludePlatform?.Tag;

    private static PlatformChoice ChooseTag(
        MirrorPullSettings settings, string repository, ImmutableArray<ChannelRelease> channels, string tag)
    {
        if (ReleaseChannel.IsChannel(tag) && !channels.Any(channel => channel.Channel == tag))
        {
            throw new MirrorException(channels.IsEmpty
                ? DeckhouseFaults.NoChannels(repository)
                : DeckhouseFaults.ChannelsMissing(repository, [tag], channels.Select(channel => channel.Channel)));
        }

        // As in d8, a version without its v is that release but matches no channel
        // (docs/behaviour/pull.md#one-platform-release).
        ImmutableArray<ChannelRelease> matched =
            [.. channels.Where(channel => channel.Channel == tag || channel.Tag == tag)];
        RefuseSuspended(settings, matched);
        string reason = settings.DeckhouseTag is null
            ? $"{nameof(MirrorPullSettings.IncludePlatform)} {settings.IncludePlatform}"
            : $"{nameof(MirrorPullSettings.DeckhouseTag)} {tag}";
        if (ReleaseChannel.IsChannel(tag))
        {
            return new PlatformChoice([(matched[0].Tag, reason)], matched, tag, []);
        }

        string release = SemanticVersion.TryParse(tag, out SemanticVersion? version) ? version.ToTag() : tag;
        return new PlatformChoice([(release, reason)], matched, release, []);
    }

    /// <summary>
    /// What a constraint admits: channels by their version, releases by their tag. The window of a default pull plays
    /// no part, except that d8 0.33 drops channels below rock-solid.
    /// </summary>
    private static PlatformChoice ChooseRange(
        MirrorPullSettings settings,
        string repository,
        ImmutableArray<ChannelRelease> channels,
        ImmutableArray<string> tags,
        VersionConstraint range,
        string searched)
    {
        RefuseMissing(repository, channels);
        RefuseSuspended(settings, channels);
        SemanticVersion? oldest = settings.SelectionRules == SelectionRules.V033
            ? channels.FirstOrDefault(channel => channel.Channel == ReleaseChannel.RockSolid)?.Version
            : null;
        ImmutableArray<ChannelRelease> admitted =
            [.. channels.Where(channel => range.Admits(channel.Version, settings.SelectionRules))];
        string reason = $"{nameof(MirrorPullSettings.IncludePlatform)} {range}";
        ImmutableArray<(string Tag, string Reason)> releases =
        [
            .. ReleasesOf(admitted)
                .Concat(VersionSelection.Resolve([range], tags, settings.SelectionRules).Select(tag => (tag, reason)))
                .DistinctBy(choice => choice.Item1, StringComparer.Ordinal),
        ];
        ImmutableArray<ChannelRelease> kept =
            [.. admitted.Where(channel => oldest is null || channel.Version >= oldest)];
        return releases.IsEmpty
            ? throw new MirrorException(DeckhouseFaults.PlatformSelectsNothing(
                repository,
                range.ToString(),
                channels.Select(channel => $"{channel.Channel} is {channel.Tag}"),
                searched))
            : new PlatformChoice(
                releases,
                kept,
                AliasTag: null,
                LeftOut(admitted, kept, $"its release is older than {oldest?.ToTag()}, that of rock-solid"));
    }

    private static PlatformChoice ChooseWindow(
        MirrorPullSettings settings,
        string repository,
        ImmutableArray<ChannelRelease> channels,
        ImmutableArray<string> tags)
    {
        RefuseMissing(repository, channels);
        RefuseSuspended(settings, channels);

        ChannelRelease? alpha = channels.FirstOrDefault(channel => channel.Channel == ReleaseChannel.Alpha);
        if (alpha is null)
        {
            return ChooseChannels(settings, channels);
        }

        SemanticVersion rockSolid = (channels.FirstOrDefault(channel => channel.Channel == ReleaseChannel.RockSolid)
            ?? channels.MinBy(channel => channel.Version)!).Version;
        (SemanticVersion min, ImmutableArray<Fault> notes) = Oldest(settings.SinceVersion, rockSolid);
        ImmutableArray<ChannelRelease> kept = settings.SelectionRules == SelectionRules.V033
            ? [.. channels.Where(channel => channel.Version >= min)]
            : channels;
        IEnumerable<(string Tag, string Reason)> window = PlatformWindow.Select(tags, min, alpha.Version)
            .Select(one => (one.Tag, $"latest patch of {one.Version.Major}.{one.Version.Minor}"));
        return new PlatformChoice(
            [
                .. ReleasesOf(kept).Concat(window).DistinctBy(choice => choice.Tag, StringComparer.Ordinal),
            ],
            kept,
            AliasTag: null,
            [.. notes, .. LeftOut(channels, kept, $"its release is older than {min.ToTag()}")]);
    }

    /// <summary>
    /// Without alpha there is no window, so nothing is outside of it: the releases of all channels
    /// (docs/behaviour/pull.md#platform-window).
    /// </summary>
    private static PlatformChoice ChooseChannels(
        MirrorPullSettings settings, ImmutableArray<ChannelRelease> channels) => new(
            [.. ReleasesOf(channels)],
            channels,
            AliasTag: null,
            settings.SinceVersion is { } since ? [DeckhouseFaults.SinceWithoutAlpha(since)] : []);

    private static IEnumerable<(string Tag, string Reason)> ReleasesOf(IEnumerable<ChannelRelease> channels) => channels
        .GroupBy(channel => channel.Tag, StringComparer.Ordinal)
        .Select(group => (group.Key, $"channel {string.Join(", ", group.Select(one => one.Channel))}"));

    /// <summary>No channel goes without a word: a cluster that follows it would find it gone.</summary>
    private static ImmutableArray<Fault> LeftOut(
        ImmutableArray<ChannelRelease> channels, ImmutableArray<ChannelRelease> kept, string why) =>
        [.. channels.Except(kept).Select(channel => DeckhouseFaults.ChannelLeftOut(channel.Channel, channel.Tag, why))];

    private static (SemanticVersion Min, ImmutableArray<Fault> Notes) Oldest(string? since, SemanticVersion rockSolid)
    {
        if (!SemanticVersion.TryParse(since, out SemanticVersion? wanted))
        {
            return (rockSolid, []);
        }

        return wanted <= rockSolid
            ? (wanted, [])
            : (rockSolid, [DeckhouseFaults.SinceIgnored(wanted.ToTag(), rockSolid.ToTag())]);
    }

    private static void RefuseMissing(string repository, ImmutableArray<ChannelRelease> channels)
    {
        string[] present = [.. channels.Select(channel => channel.Channel)];
        string[] missing = [.. ReleaseChannel.Default.Except(present, StringComparer.Ordinal)];
        if (present.Length == 0)
        {
            throw new MirrorException(DeckhouseFaults.NoChannels(repository));
        }

        // An edition with a long-term channel may have only that one.
        if (missing.Length > 0 && !present.Contains(ReleaseChannel.LongTerm))
        {
            throw new MirrorException(DeckhouseFaults.ChannelsMissing(repository, missing, present));
        }
    }

    private static void RefuseSuspended(MirrorPullSettings settings, ImmutableArray<ChannelRelease> matched)
    {
        string[] suspended = [.. matched
            .Where(channel => channel.Metadata.Suspended)
            .Select(channel => channel.Channel)
            .Order(StringComparer.Ordinal)];
        if (suspended.Length > 0 && !settings.IgnoreSuspend)
        {
            throw new MirrorException(DeckhouseFaults.ChannelsSuspended(suspended));
        }
    }
}

/// <summary>Which platform releases a run takes.</summary>
/// <param name="Tags">Release tags, or one custom build tag, each with why it is taken.</param>
/// <param name="Channels">
/// Channels to store as they are; with an alias, those that point at it at the source.
/// </param>
/// <param name="AliasTag">
/// The tag in the release-channel repository that all default channels of the bundle will point to, if it is there;
/// <see langword="null"/> when no single release is wanted.
/// </param>
/// <param name="Notes">What the user should know.</param>
internal sealed record PlatformChoice(
    ImmutableArray<(string Tag, string Reason)> Tags,
    ImmutableArray<ChannelRelease> Channels,
    string? AliasTag,
    ImmutableArray<Fault> Notes);
