using System.Text;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Disk;

/// <summary>A volume of one megabyte, mounted in a name space in which this test assembly runs again.</summary>
public sealed class SmallVolumeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_larger_than_the_volume_is_a_full_disk_when_reserved_and_when_written()
    {
        string unshare = RealPart.OrSkip("unshare");
        string shell = RealPart.OrSkip("sh");
        ToolResult probe = await Tool.RunAsync(unshare, ["-rm", shell, "-c", "true"], Cancellation);
        Assert.SkipWhen(probe.ExitCode != 0 && !RealParts.AreRequired, "unshare -rm is not permitted.");
        using TemporaryFolder folder = new();
        const string mountAndRun = """mount -t tmpfs -o size=1m tmpfs "$1" && shift && exec "$@" """;

        ToolResult result = await ChildProcess.RunAsync(
            ChildProcess.SmallVolumeVariables(folder.FullName),
            [unshare, "-rm", shell, "-c", mountAndRun, "sh", folder.FullName],
            Cancellation);

        Assert.True(result.ExitCode == 0, Encoding.UTF8.GetString(result.Output) + result.Errors);
    }
}
