using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The mini source for the tests of a class, and a folder that plans share for what they read.</summary>
public sealed class PlanFlowFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestRegistry? _registry;
    private int _runs;

    public async ValueTask InitializeAsync() => _registry = await MiniSource.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _registry!.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A run of a source path that takes only some components.</summary>
    internal EngineRun Run(
        MirrorComponents components,
        Func<MirrorPullSettings, MirrorPullSettings>? change = null,
        string path = "deckhouse/ee")
    {
        EngineRun run = new(_registry!.Host, _folder.Combine($"{Interlocked.Increment(ref _runs)}"));
        MirrorPullSettings settings = run.Settings with
        {
            Source = new RegistryEndpoint($"{_registry.Host}/{path}"),
            Components = components,
        };
        run.Settings = change?.Invoke(settings) ?? settings;
        return run;
    }

    internal Task<MirrorPlan> PlanAsync(
        MirrorComponents components,
        Func<MirrorPullSettings, MirrorPullSettings>? change = null,
        string path = "deckhouse/ee") => Run(components, change, path).PlanAsync();
}
