using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>A mirror that was filled with one release is itself a source with all its channels.</summary>
public sealed class ReleaseRoundTripTests
{
    [Theory]
    [InlineData("lts")]
    [InlineData("v1.73.5")]
    public async Task What_was_pulled_as_one_release_and_pushed_can_be_pulled_without_naming_it(string tag)
    {
        SketchedSource drawn = new();
        drawn.Platform("v1.73.5", "a component");
        drawn.Release(SketchedSource.Channels, "lts", "v1.73.5");
        await using TestRegistry source = await drawn.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        using TemporaryFolder folder = new();
        EngineRun pull = EngineRun.Of(source, folder.Combine("bundle"));
        pull.Settings = pull.Settings with
        {
            Source = new RegistryEndpoint($"{source.Host}/{SketchedSource.Edition}"),
            Components = MirrorComponents.Platform,
            DeckhouseTag = tag,
        };
        await pull.PullAsync();
        await new PushRun(target.Host, folder.Combine("bundle")).PushAsync();
        EngineRun again = EngineRun.Of(target, folder.Combine("again"));
        again.Settings = pull.Settings with
        {
            Source = new RegistryEndpoint($"{target.Host}/mirror/ee"),
            BundleDirectory = folder.Combine("again"),
            DeckhouseTag = null,
        };

        MirrorPlan plan = await again.PlanAsync();

        Assert.Equal(["v1.73.5"], plan.Tags("platform.tar", ""));
        Assert.Equal(
            ["alpha", "beta", "early-access", "lts", "rock-solid", "stable", "v1.73.5"],
            plan.Tags("platform.tar", "release-channel"));
        Assert.Empty(plan.Notes);
    }
}
