using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mirror.Engine.Deckhouse.Plugins;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Disk;
using Mirror.Engine.Events;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Spool;
using Mirror.Engine.Tests.Registry;
using Mirror.Engine.Tests.Settings;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>
/// The real resolver of plugins over a sketched source that is served on loopback, without what comes before plugins.
/// </summary>
internal sealed class PluginSource : IAsyncDisposable, IProgress<MirrorEvent>
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly HttpMessageHandler _handler;
    private readonly RegistryClient _client;
    private readonly ConcurrentQueue<string> _events = new();

    private PluginSource(TestRegistry registry)
    {
        Registry = registry;
        RegistryAccess access = SettingsTexts.Check(SettingsTexts.Valid with
        {
            Source = new RegistryEndpoint($"{registry.Host}/{SketchedSource.Edition}"),
            Insecure = true,
        }).Source;
        _handler = RegistryTransport.CreateHandler(access, SettingsTexts.NoVariables);
        _client = new RegistryClient(
            access, _handler, _clock, new Random(1), EventSink.None, StoredCredentials.Of(EventSink.None));
        Source = new DeckhouseSource(
            _client,
            new ManifestStore(_client, new BlobSpool(new PhysicalDisk(), _folder.FullName)),
            new RegistryTree(access));
    }

    public TestRegistry Registry { get; }

    public DeckhouseSource Source { get; }

    public IReadOnlyCollection<string> Events => _events;

    public static async Task<PluginSource> StartAsync(SketchedSource sketch) => new(await sketch.StartAsync());

    /// <summary>Resolves plugins for a bundle; pauses between attempts are over at once.</summary>
    public async Task<ResolvedParts> ResolveAsync(
        MirrorPullSettings settings, ImmutableArray<ChosenVersion> chosen, Func<string, PluginContract>? read = null)
    {
        Task<ResolvedParts> work = new PluginResolver(
            Source, read ?? PluginContractReader.Read, new EventSink(this))
            .ResolveAsync(chosen, settings, TestContext.Current.CancellationToken);
        await _clock.DrivePausesAsync(work);
        return await work;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _handler.Dispose();
        await Registry.DisposeAsync();
        _folder.Dispose();
    }

    void IProgress<MirrorEvent>.Report(MirrorEvent value) => _events.Enqueue(value.Message);
}
