using Mirror.Engine.Errors;
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
            await probe.FindAsync(VersionConstraint.Parse(constraint), rules, TestContext.Current.CancellationToken));
        Assert.Equal(requested, string.Join(' ', requests));
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
