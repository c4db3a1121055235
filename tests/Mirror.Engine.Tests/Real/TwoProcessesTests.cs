using System.Security.Cryptography;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real;

public sealed class TwoProcessesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_with_1_and_8_connections_write_the_same_bytes()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        string one = folder.Combine("one");
        string eight = folder.Combine("eight");

        await PullAsync(registry, one, connections: 1);
        await PullAsync(registry, eight, connections: 8);

        string[] files = [.. BundleFiles(one)];
        Assert.Equal(files, BundleFiles(eight));
        Assert.Contains("platform.tar", files);
        Assert.All(files, name => Assert.Equal(HashOf(Path.Combine(one, name)), HashOf(Path.Combine(eight, name))));
    }

    [Fact]
    public async Task Skopeo_reads_every_image_of_every_archive_that_GNU_tar_unpacked()
    {
        string tar = RealPart.OrSkip("tar");
        string skopeo = RealPart.OrSkip("skopeo");
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        string bundle = folder.Combine("bundle");
        await PullAsync(registry, bundle, connections: 8);
        List<UnpackedImage> images = [];
        foreach (string archive in Directory.GetFiles(bundle, "*.tar"))
        {
            string unpacked = folder.Combine(Path.GetFileNameWithoutExtension(archive));
            Directory.CreateDirectory(unpacked);
            ToolResult result = await Tool.RunAsync(tar, ["-xf", archive, "-C", unpacked], Cancellation);
            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            images.AddRange(Directory.GetFiles(unpacked, "index.json", SearchOption.AllDirectories)
                .SelectMany(UnpackedImage.OfIndex));
        }

        await Parallel.ForEachAsync(images, Cancellation, async (image, token) =>
        {
            ToolResult result = await Tool.RunAsync(
                skopeo, ["inspect", "--raw", image.SkopeoName(folder.Combine("views", image.Id))], token);

            Assert.True(result.ExitCode == 0, $"{image.Reference}: {result.Errors}");
            Assert.Equal(image.Digest, $"sha256:{Convert.ToHexStringLower(SHA256.HashData(result.Output))}");
        });
        Assert.True(images.Count >= 100, $"Only {images.Count} images.");
    }

    private static async Task PullAsync(TestRegistry registry, string directory, int connections)
    {
        ToolResult result = await ChildProcess.RunAsync(
            ChildProcess.PullVariables($"{registry.Host}/deckhouse/ee", directory, connections), [], Cancellation);
        Assert.True(result.ExitCode == 0, result.Errors);
    }

    private static IEnumerable<string> BundleFiles(string folder) => Directory.GetFiles(folder)
        .Select(path => Path.GetFileName(path))
        .Where(name => !name.StartsWith('.'))
        .Order(StringComparer.Ordinal);

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
