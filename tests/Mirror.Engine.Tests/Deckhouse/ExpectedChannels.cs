using System.Collections.Immutable;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>
/// What a pull takes of <see cref="DrawnChannels"/> (docs/behaviour/pull.md#platform-window), by comparing numbers.
/// </summary>
/// <param name="Releases">The tags of the releases.</param>
/// <param name="Channels">The channels that are kept.</param>
/// <param name="Dropped">Those that are not.</param>
/// <param name="Codes">The codes of all notes.</param>
/// <param name="Fault">The code of the fault instead.</param>
internal sealed record ExpectedChannels(
    ImmutableArray<string> Releases,
    ImmutableArray<string> Channels,
    ImmutableArray<string> Dropped,
    ImmutableArray<string> Codes,
    string? Fault = null)
{
    public static ExpectedChannels Of(DrawnChannels drawn)
    {
        Dictionary<string, (int Minor, int Patch)> present =
            drawn.Channels.ToDictionary(channel => channel.Name, channel => channel.Version);
        if (present.Count == 0)
        {
            return Refused(FaultCode.NoReleaseChannels);
        }

        if (present.Count < 5 && !present.ContainsKey("lts"))
        {
            return Refused(FaultCode.ChannelMissing);
        }

        if (drawn.Channels.Any(channel => channel.IsSuspended))
        {
            return Refused(FaultCode.ChannelSuspended);
        }

        bool hasWindow = present.TryGetValue("alpha", out (int, int) last);
        (int, int) first = present.TryGetValue("rock-solid", out (int, int) rockSolid)
            ? rockSolid
            : present.Values.Min();
        bool usesSince = hasWindow && drawn.Since?.CompareTo(first) <= 0;
        first = usesSince ? drawn.Since!.Value : first;
        string[] dropped = [.. present
            .Where(channel => hasWindow && drawn.Rules == SelectionRules.V033 && channel.Value.CompareTo(first) < 0)
            .Select(channel => channel.Key)];
        IEnumerable<(int, int)> window = present.Values.Concat(drawn.Others)
            .Where(version => hasWindow && version.CompareTo(first) >= 0 && version.CompareTo(last) <= 0)
            .GroupBy(version => version.Minor, (_, line) => line.Max());
        string[] kept = [.. present.Keys.Except(dropped)];
        return new ExpectedChannels(
            [
                .. kept.Select(channel => present[channel]).Concat(window).Distinct().Select(DrawnChannels.Tag)
                    .Order(StringComparer.Ordinal),
            ],
            [.. kept],
            [.. dropped],
            [
                .. drawn.Since is null || usesSince ? [] : (string[])[FaultCode.SinceVersionIgnored],
                .. dropped.Select(_ => FaultCode.ChannelLeftOut),
            ]);
    }

    private static ExpectedChannels Refused(string code) => new([], [], [], [], code);
}
