using Mirror.Engine.Plan;
using Mirror.Engine.Settings;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>
/// A sketched source that is served, and a folder for bundles of it. Beside what the test draws there is an installer:
/// a pull of nothing at all is an error, which is not what tests of a catalogue are about.
/// </summary>
internal sealed class SketchRun : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SketchRun(TestRegistry registry) => Registry = registry;

    public TestRegistry Registry { get; }

    public string BundleFolder => _folder.Combine("bundle");

    public static async Task<SketchRun> StartAsync(SketchedSource source)
    {
        source.Image("r/installer", ["latest"]);
        return new SketchRun(await source.StartAsync());
    }

    /// <summary>A run that takes some components and the installer; waits between attempts are over at once.</summary>
    public EngineRun Run(MirrorComponents components, Func<MirrorPullSettings, MirrorPullSettings>? change = null)
    {
        EngineRun run = new(Registry.Host, BundleFolder) { Time = new ImmediateTime() };
        MirrorPullSettings settings = run.Settings with
        {
            Source = new RegistryEndpoint($"{Registry.Host}/{SketchedSource.Edition}"),
            Components = components | MirrorComponents.Installer,

            // No time limits: on this clock they would be over at once as well.
            Timeout = TimeSpan.Zero,
        };
        run.Settings = change?.Invoke(settings) ?? settings;
        return run;
    }

    public Task<MirrorPlan> PlanAsync(
        MirrorComponents components, Func<MirrorPullSettings, MirrorPullSettings>? change = null) =>
        Run(components, change).PlanAsync();

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
