using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Runs the real engine's push against a registry on loopback and keeps its events.</summary>
internal sealed class PushRun : IProgress<MirrorEvent>
{
    private readonly ConcurrentQueue<MirrorEvent> _events = new();

    public PushRun(string host, string bundleDirectory)
    {
        Settings = new MirrorPushSettings
        {
            Target = new RegistryEndpoint($"{host}/mirror/ee"),
            Insecure = true,
            BundleDirectory = bundleDirectory,
        };
    }

    public MirrorPushSettings Settings { get; set; }

    public Dictionary<string, string> Environment { get; } = [];

    public IReadOnlyCollection<MirrorEvent> Events => _events;

    public static Task<TestRegistry> StartTargetAsync(TestRegistryOptions? options = null) =>
        TestRegistry.StartAsync(
            options ?? new TestRegistryOptions { Content = new ContentSet() }, TestContext.Current.CancellationToken);

    /// <summary>The clock; what a registry shows late is not waited for in real time.</summary>
    public ManualTimeProvider? Time { get; init; }

    public static string Recorded(string version) => BundleCopy.Recorded(version);

    public async Task<MirrorReport> PushAsync(CancellationToken? cancellationToken = null)
    {
        Task<MirrorReport> pushing = new MirrorEngine(Environment, Time ?? TimeProvider.System)
            .PushAsync(Settings, this, cancellationToken ?? TestContext.Current.CancellationToken);
        await (Time?.DrivePausesAsync(pushing) ?? pushing);
        return await pushing;
    }

    public async Task<ImmutableArray<Fault>> FailAsync() =>
        (await Assert.ThrowsAsync<MirrorException>(() => PushAsync())).Faults;

    void IProgress<MirrorEvent>.Report(MirrorEvent value) => _events.Enqueue(value);
}
