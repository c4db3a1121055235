using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Content;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>A push into a real registry that is a cache of another one.</summary>
public sealed class CacheRegistryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cache_refuses_uploads_and_the_advice_says_that_it_is_one()
    {
        string program = RealPart.OrSkip("docker-registry");
        using BundleCopy bundle = new("0.33", "security");
        await using TestRegistry upstream = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = new ContentSet() }, Cancellation);
        await using DockerRegistry cache = await DockerRegistry.StartCacheAsync(program, upstream.Host, Cancellation);

        Fault fault = Assert.Single(await new PushRun(cache.Host, bundle.Folder).FailAsync());

        Assert.Equal(FaultCode.ContentRefused, fault.Code);
        Assert.Contains("with 405", fault.Message, StringComparison.Ordinal);
        Assert.Contains("UNSUPPORTED", fault.Message, StringComparison.Ordinal);
        Assert.Contains("read-only (maintenance, a replica, or a cache", fault.Advice, StringComparison.Ordinal);
    }
}
