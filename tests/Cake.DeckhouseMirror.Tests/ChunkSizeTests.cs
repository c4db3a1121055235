using Mirror.Engine;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Cake.DeckhouseMirror.Tests;

public sealed class ChunkSizeTests
{
    [Fact]
    public async Task BundleChunkSize_changes_the_files_and_nothing_else_changes_with_it()
    {
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
        using TemporaryFolder folder = new();
        D8MirrorPullSettings settings = new()
        {
            Source = $"{registry.Host}/deckhouse/ee",
            BundleDirectory = folder.Combine("whole"),
            Insecure = true,
            Components = MirrorComponents.Platform,
        };

        MirrorReport whole = Pull(settings);
        settings.BundleDirectory = folder.Combine("chunks");
        settings.BundleChunkSize = 100_000;
        MirrorReport chunks = Pull(settings);

        Assert.Equal(["platform.tar"], whole.Files.Select(file => file.Name));
        Assert.Equal(
            Directory.GetFiles(folder.Combine("chunks"), "platform.tar.*.chunk").Order(StringComparer.Ordinal),
            chunks.Files.Select(file => file.Path));
        Assert.InRange(chunks.Files.Length, 2, 100);
        Assert.Equal(
            await File.ReadAllBytesAsync(whole.Files[0].Path, TestContext.Current.CancellationToken),
            chunks.Files.SelectMany(file => File.ReadAllBytes(file.Path)));
    }

    private static MirrorReport Pull(D8MirrorPullSettings settings) => new ScriptContext().D8MirrorPull(settings);
}
