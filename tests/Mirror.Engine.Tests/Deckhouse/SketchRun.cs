using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>
/// A sketched source that is served, and a folder for a bundle of it. Beside what the test draws there is an installer:
/// a pull of nothing at all is an error, which is not what tests of a catalogue are about. Pauses between attempts
/// take no time.
/// </summary>
internal sealed class SketchRun : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    private SketchRun(TestRegistry registry) => Registry = registry;

    public TestRegistry Registry { get; }

    public string BundleFolder => _folder.Combine("bundle");

    /// <summary>The events of the last run.</summary>
    public IReadOnlyCollection<MirrorEvent> Events { get; private set; } = [];

    public static async Task<SketchRun> StartAsync(SketchedSource source)
    {
        source.Image("r/installer", ["latest"]);
        return new SketchRun(await source.StartAsync());
    }

    /// <summary>Plans a pull of some components and the installer.</summary>
    public async Task<MirrorPlan> PlanAsync(
        MirrorComponents components, Func<MirrorPullSettings, MirrorPullSettings>? change = null)
    {
        Task<MirrorPlan> plan = Run(components, change).PlanAsync();
        await _time.DrivePausesAsync(plan);
        return await plan;
    }

    /// <summary>The faults of a plan that must fail.</summary>
    public async Task<IReadOnlyList<Fault>> RefusedAsync(
        MirrorComponents components, Func<MirrorPullSettings, MirrorPullSettings>? change = null) =>
        (await Assert.ThrowsAsync<MirrorException>(() => PlanAsync(components, change))).Faults;

    /// <summary>A run of some components and the installer.</summary>
    public EngineRun Run(MirrorComponents components, Func<MirrorPullSettings, MirrorPullSettings>? change = null)
    {
        EngineRun run = new(Registry.Host, BundleFolder) { Time = _time };
        MirrorPullSettings settings = run.Settings with
        {
            Source = new RegistryEndpoint($"{Registry.Host}/{SketchedSource.Edition}"),
            Components = components | MirrorComponents.Installer,
        };
        run.Settings = change?.Invoke(settings) ?? settings;
        Events = run.Events;
        return run;
    }

    /// <summary>What a repository below the edition holds.</summary>
    public RepositoryContent Repository(string path)
    {
        Assert.True(Registry.Content.TryGetRepository(
            $"{SketchedSource.Edition}/{path}", out RepositoryContent? repository));
        return repository;
    }

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        _folder.Dispose();
    }
}
