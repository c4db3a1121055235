using Mirror.Engine.Versions;
using Xunit;

namespace Mirror.Engine.Tests.Versions;

public sealed class VersionProbeTests
{
    [Theory]
    [InlineData("0.4.0", SelectionRules.V025, "v0.4.0 v0.4.1")]
    [InlineData("0.4.0", SelectionRules.V033, "v0.4.0 v0.4.1 v0.5.0")]
    public async Task The_walk_stays_within_the_meaning_the_rules_give(
        string constraint,
        SelectionRules rules,
        string requested)
    {
        List<string> requests = [];
        VersionProbe probe = new((tag, _) =>
        {
            requests.Add(tag);
            return Task.FromResult(tag == "v0.4.0");
        });

        Assert.Equal(
            ["v0.4.0"],
            (await probe.FindAsync(VersionConstraint.Parse(constraint), rules, TestContext.Current.CancellationToken))
                .Found);
        Assert.Equal(requested, string.Join(' ', requests));
    }

    // Requests and, after the bar, where the walk has to leave something open.
    [Theory]
    [InlineData(">1.64.0 <1.66.0", SelectionRules.V025, "v1.64.1 v1.64.2 v1.65.0 v1.65.1 | v1.64.2 v1.65.1")]
    [InlineData(">1.64.0 <1.66.0", SelectionRules.V033, "v1.65.0 v1.65.1 | v1.64.0 v1.65.1")]
    [InlineData(">=1.64.0 !=1.64.1 <1.65.0", SelectionRules.V025, "v1.64.0 v1.64.2 | v1.64.2")]
    [InlineData("~1.64.1 || ~1.65.0", SelectionRules.V025, "v1.64.1 v1.64.2 v1.65.0 v1.65.1 | v1.64.2 v1.65.1")]
    [InlineData("~1.64.1 || ~1.65.0", SelectionRules.V033, "v1.64.1 v1.64.2 v1.65.0 v1.65.1 | v1.64.2 v1.65.1")]
    [InlineData(">=1.64.0 <=1.64.1", SelectionRules.V025, "v1.64.0 v1.64.1 | ")]
    [InlineData("<1.65.0", SelectionRules.V025, " | ")]
    [InlineData(">=1.64.1 !=1.65 <2.0.0", SelectionRules.V025, "v1.64.1 v1.64.2 | v1.64.2 v1.65.0")]
    public async Task Each_alternative_is_walked_and_every_end_is_told(
        string constraint, SelectionRules rules, string expected)
    {
        List<string> requests = [];
        VersionProbe probe = new((tag, _) =>
        {
            requests.Add(tag);
            return Task.FromResult(tag is "v1.64.0" or "v1.64.1" or "v1.65.0");
        });

        ProbedVersions probed = await probe.FindAsync(
            VersionConstraint.Parse(constraint), rules, TestContext.Current.CancellationToken);

        Assert.Equal(expected, $"{string.Join(' ', requests)} | {string.Join(' ', probed.Ends)}");
        Assert.Equal(requests.Except(probed.Ends), probed.Found);
    }

    [Fact]
    public async Task A_cancelled_walk_asks_nothing_more()
    {
        using CancellationTokenSource source = new();
        int requests = 0;
        VersionProbe probe = new(async (_, _) =>
        {
            requests++;
            await source.CancelAsync();
            return true;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => probe.FindAsync(VersionConstraint.Parse("^1.0.0"), SelectionRules.V025, source.Token));
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task A_registry_that_says_yes_to_everything_is_not_asked_for_ever()
    {
        int requests = 0;
        VersionProbe probe = new((_, _) =>
        {
            requests++;
            return Task.FromResult(true);
        });

        MirrorException exception = await Assert.ThrowsAsync<MirrorException>(() => probe.FindAsync(
            VersionConstraint.Parse(">=1.0.0"), SelectionRules.V025, TestContext.Current.CancellationToken));
        Assert.Equal(FaultCode.UnexpectedAnswer, Assert.Single(exception.Faults).Code);
        Assert.Equal(VersionProbe.MaxRequests, requests);
    }
}
