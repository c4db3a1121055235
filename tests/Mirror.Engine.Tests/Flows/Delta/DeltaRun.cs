using System.Text;
using System.Text.Json;
using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Delta;

/// <summary>
/// A source that gains releases whose images share layers, a target, and a folder: what deltas are about.
/// </summary>
internal sealed class DeltaRun : IAsyncDisposable
{
    public const string Edition = SketchedSource.Edition;

    private readonly SketchedSource _sketch = new();
    private readonly TemporaryFolder _folder = new();
    private TestRegistry? _source;
    private TestRegistry? _target;

    public TestRegistry Source => _source!;

    public TestRegistry Target => _target!;

    public MirrorEngine Engine { get; init; } = new(new Dictionary<string, string>(), TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts with v1.70.4 as every channel, and an empty target.</summary>
    public static async Task<DeltaRun> StartAsync()
    {
        DeltaRun run = new();
        run.Publish("v1.70.4", "alpha", "beta", "early-access", "stable", "rock-solid");
        run._source = await run._sketch.StartAsync();
        run._target = await PushRun.StartTargetAsync();
        return run;
    }

    public string Path(string name) => _folder.Combine(name);

    /// <summary>Publishes a release and moves channels to it: some of its layers are those of every release.</summary>
    public void Publish(string version, params string[] channels)
    {
        RepositoryContent root = _sketch.Content.Repository(Edition);
        Add(root, version, [version], "runtime");
        string[] components =
        [
            Add(root, $"component of {version}", [], "runtime", "shared tool"),
            Add(root, "component that never changes", [], "runtime"),
        ];
        string list = JsonSerializer.Serialize(new
        {
            module = components.Index().ToDictionary(pair => $"image{pair.Index}", pair => pair.Item),
        });
        Add(
            _sketch.Content.Repository($"{Edition}/install"), version, [version],
            [("deckhouse/candi/images_digests.json", list)], "installer base");
        Add(_sketch.Content.Repository($"{Edition}/install-standalone"), version, [version], "installer base");
        _sketch.Image(
            $"{Edition}/release-channel",
            [version, .. channels],
            ("version.json", $$$"""{"version":"{{{version}}}"}"""),
            ("changelog.yaml", "{}"));
    }

    public MirrorPullSettings PullSettings(string bundle, params string[] bases) => new()
    {
        Source = new RegistryEndpoint($"{Source.Host}/{Edition}"),
        Insecure = true,
        Components = MirrorComponents.Platform,
        BundleDirectory = Path(bundle),
        DeltaBases = [.. bases.Select(Path)],
    };

    public MirrorPushSettings PushSettings(string bundle, string? receipt = null) => new()
    {
        Target = new RegistryEndpoint($"{Target.Host}/mirror/ee"),
        Insecure = true,
        BundleDirectory = Path(bundle),
        InventoryFile = receipt is null ? null : Path(receipt),
    };

    public Task<MirrorReport> PullAsync(
        string bundle, string[] bases, Func<MirrorPullSettings, MirrorPullSettings>? change = null)
    {
        MirrorPullSettings settings = PullSettings(bundle, bases);
        return Engine.PullAsync(change?.Invoke(settings) ?? settings, null, Cancellation);
    }

    public Task<MirrorReport> PushAsync(string bundle, string? receipt = null) =>
        Engine.PushAsync(PushSettings(bundle, receipt), null, Cancellation);

    public Task<MirrorReport> VerifyAsync(string bundle, string? lockFile = null) => Engine.VerifyAsync(
        new MirrorVerifySettings
        {
            BundleDirectory = Path(bundle),
            LockFile = lockFile is null ? null : Path(lockFile),
        },
        null,
        Cancellation);

    public MirrorMergeSettings MergeSettings(string bundle, params string[] folders) => new()
    {
        MergeFrom = [.. folders.Select(Path)],
        BundleDirectory = Path(bundle),
    };

    public Task<MirrorReport> MergeAsync(
        string bundle, string[] folders, Func<MirrorMergeSettings, MirrorMergeSettings>? change = null)
    {
        MirrorMergeSettings settings = MergeSettings(bundle, folders);
        return Engine.MergeAsync(change?.Invoke(settings) ?? settings, null, Cancellation);
    }

    public Task<MirrorLockResult> LockAsync(string file) =>
        Engine.LockAsync(PullSettings("") with { LockFile = Path(file) }, null, Cancellation);

    /// <summary>The files of a folder by name, with digests.</summary>
    public static SortedDictionary<string, string> Files(string folder) => new(
        Directory.EnumerateFiles(folder).Where(path => !System.IO.Path.GetFileName(path).StartsWith('.'))
            .ToDictionary(
                path => System.IO.Path.GetFileName(path), path => $"{Digest.OfSha256(File.ReadAllBytes(path))}"),
        StringComparer.Ordinal);

    /// <summary>Pushes all of v1.70.4 with its receipt, publishes v1.71.3, and pulls the delta between them.</summary>
    public async Task<MirrorReport> PrepareDeltaAsync()
    {
        await PullAsync("a", []);
        await PushAsync("a", "a.have.json");
        PublishNext();
        return await PullAsync("delta", ["a.have.json"]);
    }

    public void PublishNext() => Publish("v1.71.3", "alpha", "beta", "early-access", "stable", "rock-solid");

    /// <summary>Everything that a registry holds: tags, and the digests of content, by repository.</summary>
    public static string Snapshot(TestRegistry registry)
    {
        StringBuilder text = new();
        foreach (RepositoryContent repository in registry.Content.Repositories
            .OrderBy(repository => repository.Name, StringComparer.Ordinal))
        {
            text.Append(repository.Name).Append('\n');
            foreach (string tag in repository.Tags)
            {
                Assert.True(repository.TryGetManifest(tag, out StoredManifest? manifest));
                text.Append("  ").Append(tag).Append(' ').Append(manifest.Digest).Append('\n');
            }

            foreach (string digest in repository.Manifests.Select(manifest => manifest.Digest)
                .Concat(repository.Blobs.Select(blob => blob.Digest)))
            {
                text.Append("  ").Append(digest).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The requests that can change a registry.</summary>
    public static IEnumerable<string> Writes(TestRegistry registry) => registry.Requests.All
        .Where(record => record.Request.Method is not ("GET" or "HEAD"))
        .Select(record => $"{record.Request.Method} {record.Request.Path}");

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

    private static string Add(RepositoryContent repository, string label, string[] tags, params string[] shared) =>
        Add(repository, label, tags, [], shared);

    private static string Add(
        RepositoryContent repository,
        string label,
        string[] tags,
        (string Name, string Text)[] files,
        params string[] shared) => ImageWriter.Add(
            repository,
            ImageKind.Oci,
            label,
            [
                .. shared.Select(name => new BytesBlob(TarGzip.Write([("shared", Filling(name))]))),
                new BytesBlob(TarGzip.Write([("label", label), .. files])),
            ],
            tags);

    private static string Filling(string name) =>
        string.Concat(Enumerable.Range(0, 400).Select(index => $"{name} {index} {index * 7919 % 1013}\n"));
}
