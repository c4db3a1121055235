using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>A small bundle, pulled once as whole archives and once as chunks, to be copied and broken.</summary>
public sealed class SketchedBundles : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        SketchedSource source = new();
        source.Platform("v1.69.0", [.. "abcd".Select(letter => new string(letter, 120_000))]);
        source.Version("modules", "console", "v1.0.0");
        source.Channel("modules", "console", "stable", "v1.0.0");
        await using TestRegistry registry = await source.StartAsync();
        await PullAsync(registry, "whole", 0);
        await PullAsync(registry, "chunks", BrokenChunks.Size);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A copy of the bundle in a form.</summary>
    internal BundleCopy Copy(BundleForm form)
    {
        bool isChunked = form is BundleForm.ChunksOfD8 or BundleForm.OurChunks;
        BundleCopy copy = BundleCopy.Of(_folder.Combine(isChunked ? "chunks" : "whole"));
        if (form is BundleForm.OfD8 or BundleForm.ChunksOfD8)
        {
            Array.ForEach(Directory.GetFiles(copy.Folder, "*.json"), File.Delete);
        }

        return copy;
    }

    private async Task PullAsync(TestRegistry registry, string folder, long chunkSize)
    {
        EngineRun run = new(registry.Host, _folder.Combine(folder));
        run.Settings = run.Settings with
        {
            Source = new RegistryEndpoint($"{registry.Host}/{SketchedSource.Edition}"),
            Components = MirrorComponents.Platform | MirrorComponents.Modules,
            DeckhouseTag = "v1.69.0",
            BundleChunkSize = chunkSize,
        };
        await run.PullAsync();
    }
}
