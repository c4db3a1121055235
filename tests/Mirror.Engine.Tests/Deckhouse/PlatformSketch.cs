using System.Text.Json;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>Draws the platform that a case describes, and reads its options and errors.</summary>
internal static class PlatformSketch
{
    /// <summary>The source of a case, and the digest of each channel's image.</summary>
    public static SketchedSource Of(SpecCase spec, out Dictionary<string, string> channelDigests)
    {
        SketchedSource source = new();
        string[] suspended = SpecCase.Strings(spec.Input, "suspended");
        channelDigests = spec.Input.GetProperty("channels").EnumerateObject().ToDictionary(
            channel => channel.Name,
            channel => source.Release(
                SketchedSource.Channels,
                channel.Name,
                channel.Value.GetString()!,
                suspended.Contains(channel.Name)),
            StringComparer.Ordinal);
        foreach (string tag in SpecCase.Strings(spec.Input, "release_tags").Except(ReleaseChannel.All))
        {
            source.Platform(tag);
        }

        foreach (string tag in Builds(spec))
        {
            source.Build(tag);
        }

        return source;
    }

    /// <summary>
    /// The builds of a case; one that lists none and asks for a custom build takes for granted that it exists.
    /// </summary>
    private static string[] Builds(SpecCase spec) =>
        spec.Input.TryGetProperty("root_tags", out _) ? SpecCase.Strings(spec.Input, "root_tags")
        : spec.Expected.TryGetProperty("custom_tags", out _)
            && Apply(spec, new MirrorPullSettings()).DeckhouseTag is { } tag
            && !ReleaseChannel.IsChannel(tag) && !SemanticVersion.TryParse(tag, out _) ? [tag]
        : [];

    /// <summary>The settings of a case; an option given to d8's inner service alone is given as the setting.</summary>
    public static MirrorPullSettings Apply(SpecCase spec, MirrorPullSettings settings)
    {
        JsonElement options = spec.Input.TryGetProperty("options", out JsonElement given)
            ? given
            : spec.Input.GetProperty("service_option");
        string? range = SpecCase.Text(options, "include_platform");
        return settings with
        {
            DeckhouseTag = SpecCase.Text(options, "deckhouse_tag"),
            SinceVersion = SpecCase.Text(options, "since_version"),
            IncludePlatform = range is null ? null : VersionConstraint.Parse(range),
            IgnoreSuspend = options.TryGetProperty("ignore_suspend", out JsonElement ignore) && ignore.GetBoolean(),
        };
    }

    /// <summary>
    /// The kind of a fault (docs/behaviour/pull.md#error-kinds); d8 finds missing channels in two places.
    /// </summary>
    public static string KindOf(Fault fault, bool isNamed) => fault.Code switch
    {
        FaultCode.NoReleaseChannels => "access.no-channels",
        FaultCode.ChannelMissing => isNamed ? "access.channel-missing" : "discovery.channels-missing",
        FaultCode.TagMissing => "access.tag-missing",
        FaultCode.ChannelSuspended => "discovery.channel-suspended",
        FaultCode.ChannelVersionMalformed => "discovery.bad-channel-version",
        FaultCode.Unauthorized or FaultCode.ServerError => "access.registry-error",
        _ => fault.ToString(),
    };

    /// <summary>Those of some names that a message quotes or has in a reference.</summary>
    public static IEnumerable<string> NamesIn(Fault fault, IEnumerable<string> names) => names.Where(name =>
        fault.Message.Contains($"'{name}'", StringComparison.Ordinal)
        || fault.Message.Contains($":{name} ", StringComparison.Ordinal)
        || fault.Message.Contains($":{name};", StringComparison.Ordinal));
}
