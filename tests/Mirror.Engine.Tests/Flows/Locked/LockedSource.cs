using System.Collections.Immutable;
using System.Security.Cryptography;
using Mirror.Engine.Plan;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Locked;

/// <summary>The miniature source, whose tags a test moves, with a lock of it and folders for bundles.</summary>
internal sealed class LockedSource : IAsyncDisposable
{
    public const string Edition = "deckhouse/ee";

    private readonly TemporaryFolder _folder = new();
    private readonly TestRegistry _registry;

    private LockedSource(ContentSet content, TestRegistry registry)
    {
        Content = content;
        _registry = registry;
    }

    public ContentSet Content { get; }

    public TestRegistry Registry => _registry;

    public string LockPath => _folder.Combine("mirror.lock.json");

    /// <summary>The lock as it is now.</summary>
    public LockFile Lock => LockReader.Read(File.ReadAllBytes(LockPath));

    public static async Task<LockedSource> StartAsync()
    {
        ContentSet content = DeckhouseMini.Load();
        return new LockedSource(content, await MiniSource.StartAsync(content));
    }

    public RepositoryContent Repository(string path) =>
        Content.Repository(path.Length == 0 ? Edition : $"{Edition}/{path}");

    public string Bundle(string name) => _folder.Combine(name);

    /// <summary>A run whose settings name the lock.</summary>
    public EngineRun Run(string bundle = "bundle", Func<MirrorPullSettings, MirrorPullSettings>? change = null)
    {
        EngineRun run = EngineRun.Of(_registry, Bundle(bundle));
        run.Settings = run.Settings with { LockFile = LockPath };
        run.Settings = change?.Invoke(run.Settings) ?? run.Settings;
        return run;
    }

    public Task<MirrorLockResult> LockAsync(Func<MirrorPullSettings, MirrorPullSettings>? change = null)
    {
        EngineRun run = Run("none", change);
        return new MirrorEngine(run.Environment)
            .LockAsync(run.Settings, run, TestContext.Current.CancellationToken);
    }

    public Task<MirrorLockResult> CheckAsync(EngineRun? run = null)
    {
        run ??= Run("none");
        return new MirrorEngine(run.Environment)
            .CheckLockAsync(run.Settings, run, TestContext.Current.CancellationToken);
    }

    public async Task<ImmutableArray<Fault>> FailToLockAsync(
        Func<MirrorPullSettings, MirrorPullSettings>? change = null) =>
        (await Assert.ThrowsAsync<MirrorException>(() => LockAsync(change))).Faults;

    /// <summary>Points a tag of a repository at the image of another tag there.</summary>
    public void Move(string path, string tag, string to)
    {
        RepositoryContent repository = Repository(path);
        Assert.True(repository.TryGetManifest(to, out StoredManifest? manifest));
        repository.AddManifest(manifest, tag);
    }

    /// <summary>
    /// Takes every tag of the edition away but those of databases; manifests stay, as a registry keeps them for a time.
    /// </summary>
    public void RemoveTags()
    {
        foreach (RepositoryContent repository in Content.Repositories
            .Where(repository => !repository.Name.Contains("/security/", StringComparison.Ordinal)))
        {
            foreach (string tag in repository.Tags)
            {
                repository.RemoveTag(tag);
            }
        }
    }

    /// <summary>The files of a bundle with their hashes, but those of the folder's own lock.</summary>
    public static ImmutableSortedDictionary<string, string> Files(string folder) =>
        Directory.GetFiles(folder)
            .Where(file => !Path.GetFileName(file).StartsWith(".d8mirror", StringComparison.Ordinal))
            .ToImmutableSortedDictionary(
                file => Path.GetFileName(file),
                file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))),
                StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        _folder.Dispose();
    }
}
