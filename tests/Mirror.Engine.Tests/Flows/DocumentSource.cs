using Mirror.Engine.Tests.Deckhouse;
using Mirror.Engine.Tests.Real;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// The miniature source with what d8's document names beside it: modules, and old platform releases. It lets in who
/// holds the licence, and nobody else.
/// </summary>
public sealed class DocumentSource : IAsyncLifetime
{
    /// <summary>The licence key.</summary>
    public const string LicenseToken = "k3y-of-the-document";

    private readonly TemporaryFolder _folder = new();
    private TestRegistry? _registry;
    private int _runs;

    public async ValueTask InitializeAsync()
    {
        ContentSet content = DeckhouseMini.Load();
        SketchedSource added = new(content, "deckhouse/ee");
        foreach (string version in new[] { "v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0", "v1.3.3", "v1.4.1", "bobV1" })
        {
            added.Version("modules", "mymodule", version);
        }

        foreach (string channel in new[] { "beta", "early-access", "stable", "rock-solid" })
        {
            added.Channel("modules", "mymodule", channel, "v1.0.0");
        }

        added.Channel("modules", "mymodule", "alpha", "v1.1.0");
        foreach (string module in new[] { "prometheus", "ingress-nginx", "module1", "module2" })
        {
            added.Version("modules", module, "v1.0.0");
            added.Channel("modules", module, "stable", "v1.0.0");
        }

        added.Platform("v1.58.0", "old");
        added.Platform("v1.59.0", "first", "second");
        _registry = await TestRegistry.StartAsync(
            new TestRegistryOptions
            {
                Content = content,
                Credential = new TestCredential("license-token", LicenseToken),
            },
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _registry!.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Pulls with the licence, and reads the bundle with none of the engine's code.</summary>
    internal async Task<IReadOnlyList<StoredImage>> PullAsync(Func<MirrorPullSettings, MirrorPullSettings> change)
    {
        EngineRun run = new(_registry!.Host, _folder.Combine($"{Interlocked.Increment(ref _runs)}"));
        run.Settings = change(run.Settings with { LicenseToken = LicenseToken });
        await run.PullAsync();
        return StoredBundle.Read(run.Settings.BundleDirectory);
    }
}
