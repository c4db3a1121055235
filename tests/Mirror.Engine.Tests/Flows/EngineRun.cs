using System.Collections.Concurrent;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Runs the real engine against a registry on loopback and keeps its events.</summary>
internal sealed class EngineRun : IProgress<MirrorEvent>
{
    private readonly ConcurrentQueue<MirrorEvent> _events = new();

    public EngineRun(string host, string bundleDirectory)
    {
        Settings = new MirrorPullSettings
        {
            Source = new RegistryEndpoint($"{host}/deckhouse/ee"),
            Insecure = true,
            BundleDirectory = bundleDirectory,
        };
    }

    public MirrorPullSettings Settings { get; set; }

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The clock; a run that fails again and again is not waited for on another one.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public IReadOnlyCollection<MirrorEvent> Events => _events;

    public static EngineRun Of(TestRegistry registry, string bundleDirectory) => new(registry.Host, bundleDirectory);

    public Task<MirrorPlan> PlanAsync() =>
        new MirrorEngine(Environment, Time)
            .PlanAsync(Settings, this, TestContext.Current.CancellationToken);

    public Task<MirrorReport> PullAsync(CancellationToken? cancellationToken = null) =>
        new MirrorEngine(Environment, Time)
            .PullAsync(Settings, this, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>The same as front ends pull: with a summary for CI.</summary>
    public Task<MirrorReport> HostAsync() =>
        new MirrorHost((value, _) => _events.Enqueue(value), path => path, Environment).RunAsync(
            (engine, progress) => engine.PullAsync(Settings, progress, TestContext.Current.CancellationToken));

    void IProgress<MirrorEvent>.Report(MirrorEvent value) => _events.Enqueue(value);
}
