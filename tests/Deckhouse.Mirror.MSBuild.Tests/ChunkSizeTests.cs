using Microsoft.Build.Framework;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

public sealed class ChunkSizeTests
{
    [Fact]
    public async Task D8MirrorBundleChunkSize_changes_the_files_and_nothing_else_changes_with_it()
    {
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
        using TemporaryFolder folder = new();

        ITaskItem[] whole = Pull(registry.Host, folder.Combine("whole"), null);
        ITaskItem[] chunks = Pull(registry.Host, folder.Combine("chunks"), "100kB");

        Assert.Equal(["platform.tar"], whole.Select(NameOf));
        Assert.Equal(
            Directory.GetFiles(folder.Combine("chunks"), "platform.tar.*.chunk").Order(StringComparer.Ordinal),
            chunks.Select(item => item.ItemSpec));
        Assert.InRange(chunks.Length, 2, 100);
        Assert.All(chunks[..^1], item => Assert.Equal("100000", item.GetMetadata("Size")));
        Assert.All(chunks, item => Assert.Equal(whole[0].GetMetadata("Images"), item.GetMetadata("Images")));
        Assert.Equal(
            await File.ReadAllBytesAsync(whole[0].ItemSpec, TestContext.Current.CancellationToken),
            chunks.SelectMany(item => File.ReadAllBytes(item.ItemSpec)));
    }

    private static ITaskItem[] Pull(string host, string folder, string? chunkSize)
    {
        D8MirrorPull task = new()
        {
            BuildEngine = new RecordingBuildEngine(),
            ProjectFile = TaskRun.ProjectFile,
            Variables = new Dictionary<string, string>(),
            Source = $"{host}/deckhouse/ee",
            BundleDirectory = folder,
            Insecure = "true",
            NoModules = "true",
            NoSecurityDb = "true",
            NoPackages = "true",
            NoInstaller = "true",
            NoPlugins = "true",
            NoDeckhouseCli = "true",
            BundleChunkSize = chunkSize,
        };

        Assert.True(task.Execute());
        return task.Archives;
    }

    private static string NameOf(ITaskItem item) => Path.GetFileName(item.ItemSpec);
}
