using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>All verbs count the images of a bundle alike; what a push adds to them is told beside it.</summary>
public sealed class ImageCountTests
{
    [Fact]
    public async Task A_plan_a_pull_a_push_and_a_verification_count_the_same_images()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await MiniSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        MirrorPlan plan = await EngineRun.Of(source, folder.FullName).PlanAsync();
        MirrorReport pulled = await EngineRun.Of(source, folder.FullName).PullAsync();
        MirrorReport verified = await new MirrorEngine(new Dictionary<string, string>()).VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = folder.FullName },
            cancellationToken: TestContext.Current.CancellationToken);
        PushRun push = new(target.Host, folder.FullName);
        MirrorReport pushed = await push.PushAsync();

        MirrorPlan[] all = [plan, pulled.Plan, verified.Plan, pushed.Plan];
        Assert.All(all, one => Assert.Equal(
            Counts(plan), Counts(one)));
        Assert.All(all, one => Assert.Equal(plan.ImageCount, one.ImageCount));
        Assert.Equal(5, pushed.Plan.InstallerTags);
        Assert.Single(push.Events, line => line.Message.StartsWith(
            $"{pushed.Plan.Publications.Length} tags for {plan.ImageCount} images, ", StringComparison.Ordinal)
            && line.Message.Contains(", 5 tags install:CHANNEL added, ", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Counts(MirrorPlan plan) =>
        plan.Archives.Select(archive => $"{archive.Name}: {archive.ImageCount}");
}
