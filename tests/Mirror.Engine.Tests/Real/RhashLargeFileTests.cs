using System.Text;
using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Disk;
using Mirror.Engine.Hashing;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>A file far longer than any buffer, hashed by us and by RHash.</summary>
public sealed class RhashLargeFileTests
{
    private const int Mebibyte = 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rhash_agrees_about_a_gibibyte()
    {
        string rhash = RealPart.OrSkip("rhash");
        using TemporaryFolder folder = new();
        string file = folder.Combine("large.tar");
        await WriteAsync(file);
        string? sum = null;

        await new GostFiles(new PhysicalDisk(), GostHasher.Best, _ => { })
            .ComputeAsync([file], (_, found) => sum = found, Cancellation);

        ToolResult result = await Tool.RunAsync(rhash, ["--gost12-256", "--simple", file], Cancellation);
        Assert.Equal($"{sum}  {file}\n", Encoding.UTF8.GetString(result.Output));
    }

    private static async Task WriteAsync(string file)
    {
        Random random = new(1024);
        byte[] piece = new byte[Mebibyte];
        await using FileStream stream = File.Create(file);
        for (int number = 0; number < 1024; number++)
        {
            random.NextBytes(piece);
            await stream.WriteAsync(piece, Cancellation);
        }
    }
}
