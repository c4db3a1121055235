using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>A source whose stable channel can be moved, a target, and a folder: what reviews are about.</summary>
internal sealed class DiffRun : IAsyncDisposable
{
    private const string Releases = $"{SketchedSource.Edition}/release-channel";

    private readonly SketchedSource _sketch = new();
    private readonly TemporaryFolder _folder = new();
    private TestRegistry? _source;
    private TestRegistry? _target;

    public TestRegistry Source => _source!;

    public TestRegistry Target => _target!;

    /// <summary>Starts with v1.70.4 as every channel.</summary>
    public static async Task<DiffRun> StartAsync()
    {
        DiffRun run = new();
        run.Publish("v1.70.4", "{}", "alpha", "beta", "early-access", "stable", "rock-solid");
        run._source = await run._sketch.StartAsync();
        run._target = await PushRun.StartTargetAsync();
        return run;
    }

    public string Path(string name) => _folder.Combine(name);

    /// <summary>Publishes a release at the source and moves channels to it.</summary>
    public void Publish(string version, string changelog, params string[] channels)
    {
        _sketch.Build(version, $"component of {version}");
        _sketch.Image(
            Releases,
            [version, .. channels],
            ("version.json", $$$"""{"version":"{{{version}}}","requirements":{"k8s":"{{{version}}}"}}"""),
            ("changelog.yaml", changelog));
    }

    public MirrorPullSettings PullSettings(string bundle, string? reviewed = null) => new()
    {
        Source = new RegistryEndpoint($"{Source.Host}/{SketchedSource.Edition}"),
        Insecure = true,
        Components = MirrorComponents.Platform,
        BundleDirectory = Path(bundle),
        Force = true,
        Reviewed = reviewed,
    };

    public MirrorPushSettings PushSettings(string bundle, string? reviewed = null) => new()
    {
        Target = new RegistryEndpoint($"{Target.Host}/mirror/ee"),
        Insecure = true,
        BundleDirectory = Path(bundle),
        Reviewed = reviewed,
    };

    public Task<MirrorReport> PullAsync(string bundle, string? reviewed = null) =>
        Engine.PullAsync(PullSettings(bundle, reviewed), null, TestContext.Current.CancellationToken);

    public Task<MirrorReport> PushAsync(string bundle, string? reviewed = null) =>
        Engine.PushAsync(PushSettings(bundle, reviewed), null, TestContext.Current.CancellationToken);

    /// <summary>Compares two sides; a word or the name of a file.</summary>
    public Task<MirrorDiff> DiffAsync(string from, string to, string? report = null) => Engine.DiffAsync(
        new MirrorDiffSettings
        {
            From = SideOf(from),
            To = SideOf(to),
            Source = PullSettings("").Source,
            Target = PushSettings("").Target,
            Insecure = true,
            Components = MirrorComponents.Platform,
            ReportFile = report is null ? null : Path(report),
        },
        null,
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        if (_target is not null)
        {
            await _target.DisposeAsync();
        }

        _folder.Dispose();
    }

    public static async Task<Fault> FaultAsync(Func<Task> run) =>
        Assert.Single((await Assert.ThrowsAsync<MirrorException>(run)).Faults);

    private static MirrorEngine Engine { get; } = new(new Dictionary<string, string>(), TimeProvider.System);

    private string SideOf(string side) => side is "source" or "target" or "" ? side : Path(side);
}
