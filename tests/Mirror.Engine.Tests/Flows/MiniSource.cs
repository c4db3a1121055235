using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The miniature Deckhouse source, served by the test registry.</summary>
internal static class MiniSource
{
    public static Task<TestRegistry> StartAsync() => StartAsync(DeckhouseMini.Load());

    /// <summary>The same with the Deckhouse CLI and the plugins of the platform.</summary>
    public static Task<TestRegistry> StartWithDeckhouseCliAsync() =>
        StartAsync(MiniDeckhouseCli.AddTo(DeckhouseMini.Load()));

    /// <summary>Content that a test made of it.</summary>
    public static Task<TestRegistry> StartAsync(ContentSet content) => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = content }, TestContext.Current.CancellationToken);
}
