using Mirror.Engine.Report;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Report;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>
/// The releases and channels of editions out of a seed: with alpha and without, <c>lts</c> above or below rock-solid,
/// with and without <c>SinceVersion</c>, by the rules of both versions of d8.
/// </summary>
public sealed class SeededChannelsTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 80)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Each_channel_is_kept_with_its_release_or_named_in_a_warning(int seed)
    {
        DrawnChannels drawn = new(seed);
        ExpectedChannels expected = ExpectedChannels.Of(drawn);
        SketchedSource source = new();
        Dictionary<string, string> digests = drawn.DrawInto(source);
        await using SketchRun run = await SketchRun.StartAsync(source);
        MirrorPullSettings Change(MirrorPullSettings settings) => settings with
        {
            SelectionRules = drawn.Rules,
            SinceVersion = drawn.Since is { } since ? DrawnChannels.Tag(since) : null,
        };

        if (expected.Fault is { } code)
        {
            Assert.Equal(code, Assert.Single(await run.RefusedAsync(MirrorComponents.Platform, Change)).Code);
            return;
        }

        MirrorPlan plan = await run.PlanAsync(MirrorComponents.Platform, Change);

        Assert.All(
            (string[])["", "install", "install-standalone"],
            layout => Assert.Equal(expected.Releases, plan.Tags("platform.tar", layout)));
        Assert.Equal(
            expected.Releases.Concat(expected.Channels).Order(StringComparer.Ordinal),
            plan.Tags("platform.tar", "release-channel"));
        Assert.All(expected.Channels, channel => Assert.Equal(
            digests[channel],
            plan.Images("platform.tar", "release-channel").Single(image => image.Tag == channel).Digest.ToString()));
        Assert.Equal(
            expected.Codes.Order(StringComparer.Ordinal),
            plan.Notes.Select(note => note.Code).Order(StringComparer.Ordinal));
        string report = ReportMarkdown.Render(SmallPlan.Planned, plan, null);
        Assert.All(drawn.Channels, channel => Assert.Contains(
            expected.Dropped.Contains(channel.Name)
                ? $"{channel.Name} ({DrawnChannels.Tag(channel.Version)}) is not in the bundle"
                : $"{channel.Name} = {DrawnChannels.Tag(channel.Version)}",
            report,
            StringComparison.Ordinal));
    }

    [Fact]
    public void The_seeds_reach_every_corner()
    {
        DrawnChannels[] all = [.. Seeds.Select(row => new DrawnChannels(row.Data))];
        DrawnChannels[] taken = [.. all.Where(one => ExpectedChannels.Of(one).Fault is null)];
        static bool Has(DrawnChannels one, string name) => one.Channels.Any(channel => channel.Name == name);
        static (int, int) Of(DrawnChannels one, string name) =>
            one.Channels.Single(channel => channel.Name == name).Version;
        DrawnChannels[] withLts = [.. taken.Where(one => Has(one, "lts") && Has(one, "rock-solid"))];

        int[] counts =
        [
            withLts.Count(one => !Has(one, "alpha") && one.Rules == SelectionRules.V033
                && Of(one, "lts").CompareTo(Of(one, "rock-solid")) < 0),
            withLts.Count(one => Has(one, "alpha") && one.Rules == SelectionRules.V033
                && Of(one, "lts").CompareTo(Of(one, "rock-solid")) < 0),
            withLts.Count(one => Of(one, "lts").CompareTo(Of(one, "rock-solid")) > 0),
            taken.Count(one => Has(one, "alpha") && !Has(one, "rock-solid")),
            taken.Count(one => ExpectedChannels.Of(one).Dropped.Length > 0),
            taken.Count(one => ExpectedChannels.Of(one).Codes.Contains(FaultCode.SinceVersionIgnored)),
            taken.Count(one => Has(one, "alpha") && !ExpectedChannels.Of(one).Releases.SequenceEqual(
                ExpectedChannels.Of(one.WithoutSince()).Releases)),
            all.Count(one => ExpectedChannels.Of(one).Fault == FaultCode.ChannelMissing),
            all.Count(one => ExpectedChannels.Of(one).Fault == FaultCode.ChannelSuspended),
        ];

        Assert.All(counts, count => Assert.InRange(count, 2, all.Length - 2));
    }
}
