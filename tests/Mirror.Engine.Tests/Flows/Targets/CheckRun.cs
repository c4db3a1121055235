using System.Collections.Concurrent;
using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Targets;

/// <summary>A bundle with an index, modules and databases, pushed to a target that is then looked at.</summary>
internal sealed class CheckRun : IAsyncDisposable, IProgress<MirrorEvent>
{
    private static readonly string[] s_architectures = ["amd64", "arm64"];

    private readonly SketchedSource _sketch = new();
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<MirrorEvent> _events = new();
    private TestRegistry? _source;
    private TestRegistry? _target;

    public TestRegistry Source => _source!;

    public TestRegistry Target => _target!;

    public IEnumerable<CheckedTarget> Checked => _events.OfType<TargetChecked>().Select(told => told.Target);

    public IEnumerable<string> Messages => _events.Select(told => told.Message);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static MirrorEngine Engine { get; } = new(new Dictionary<string, string>(), TimeProvider.System);

    public static async Task<CheckRun> StartAsync()
    {
        CheckRun run = new();
        run._sketch.Platform("v1.70.4", "component");
        foreach (string channel in new[] { "alpha", "beta", "early-access", "stable", "rock-solid" })
        {
            run._sketch.Release(SketchedSource.Channels, channel, "v1.70.4");
        }

        run._sketch.Version("modules", "console", "v1.2.0", ("extra_images.json", """{"helper": "v3"}"""));
        run._sketch.Image($"{SketchedSource.Edition}/modules/console/extra/helper", ["v3"]);
        run._sketch.Channel("modules", "console", "stable", "v1.2.0");
        run.AddIndex();
        run._source = await run._sketch.StartAsync();
        run._target = await PushRun.StartTargetAsync();
        await Engine.PullAsync(
            new MirrorPullSettings
            {
                Source = new RegistryEndpoint($"{run.Source.Host}/{SketchedSource.Edition}"),
                Insecure = true,
                Components = MirrorComponents.Platform | MirrorComponents.Modules,
                BundleDirectory = run.Path("bundle"),
            },
            null,
            Cancellation);
        await Engine.LockAsync(
            new MirrorPullSettings
            {
                Source = new RegistryEndpoint($"{run.Source.Host}/{SketchedSource.Edition}"),
                Insecure = true,
                Components = MirrorComponents.Platform | MirrorComponents.Modules,
                LockFile = run.Path("mirror.lock.json"),
            },
            null,
            Cancellation);
        await run.PushAsync($"{run.Target.Host}/mirror/ee");
        run.Target.Requests.Clear();
        return run;
    }

    public string Path(string name) => _folder.Combine(name);

    public Task PushAsync(string target) => Engine.PushAsync(
        new MirrorPushSettings
        {
            Target = new RegistryEndpoint(target),
            Insecure = true,
            BundleDirectory = Path("bundle"),
            InventoryFile = Path("receipt.json"),
        },
        null,
        Cancellation);

    public MirrorCheckSettings Settings => new()
    {
        Target = new RegistryEndpoint($"{Target.Host}/mirror/ee"),
        Insecure = true,
        BundleDirectory = Path("bundle"),
    };

    public Task<MirrorCheckResult> CheckAsync(Func<MirrorCheckSettings, MirrorCheckSettings>? change = null) =>
        Engine.CheckAsync(change?.Invoke(Settings) ?? Settings, this, Cancellation);

    public async Task<Fault[]> FailAsync(Func<MirrorCheckSettings, MirrorCheckSettings>? change = null)
    {
        _events.Clear();
        return [.. (await Assert.ThrowsAsync<MirrorException>(() => CheckAsync(change))).Faults];
    }

    public Task<MirrorInventory> InventoryAsync(
        string file, Func<MirrorInventorySettings, MirrorInventorySettings>? change = null)
    {
        MirrorInventorySettings settings = new()
        {
            Target = new RegistryEndpoint($"{Target.Host}/mirror/ee"),
            Insecure = true,
            InventoryFile = Path(file),
        };
        return Engine.InventoryAsync(change?.Invoke(settings) ?? settings, this, Cancellation);
    }

    /// <summary>The repositories that a push filled.</summary>
    public IEnumerable<RepositoryContent> Filled => Target.Content.Repositories
        .Where(repository => repository.Name.StartsWith("mirror/", StringComparison.Ordinal))
        .OrderBy(repository => repository.Name, StringComparer.Ordinal);

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

    void IProgress<MirrorEvent>.Report(MirrorEvent value) => _events.Enqueue(value);

    /// <summary>The stand-alone installer is an index of two images.</summary>
    private void AddIndex()
    {
        string repository = $"{SketchedSource.Edition}/install-standalone";
        string[] children =
        [
            .. s_architectures.Select(name => ImageWriter.Add(
                _sketch.Content.Repository(repository),
                ImageKind.Oci,
                name,
                [new BytesBlob(TarGzip.Write([("label", name)]))])),
        ];
        _sketch.Index(repository, "v1.70.4", ("amd64", children[0]), ("arm64", children[1]));
    }
}
