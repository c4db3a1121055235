using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>What a push does to file systems: nothing.</summary>
public sealed class PushFilesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_push_creates_changes_and_removes_no_file_at_all()
    {
        string strace = RealPart.OrSkip("strace");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        using BundleCopy bundle = new("0.33");
        using TemporaryFolder folder = new();
        string trace = folder.Combine("trace");

        // The runtime's own pipes for debuggers are no doing of a push.
        ToolResult result = await ChildProcess.RunAsync(
            [.. ChildProcess.PushVariables($"{target.Host}/mirror/ee", bundle.Folder), "DOTNET_EnableDiagnostics=0"],
            [strace, "-f", "-qq", "-s", "200", "-e", "trace=%file,ftruncate", "-o", trace],
            Cancellation);

        Assert.True(result.ExitCode == 0, result.Errors);
        string[] lines = await File.ReadAllLinesAsync(trace, Cancellation);
        Assert.Contains(lines, line => line.Contains("platform.tar", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, IsChange);
        Assert.True(target.Content.TryGetRepository("mirror/ee/install", out _));
    }

    [Fact]
    public async Task A_bundle_on_a_read_only_volume_is_pushed()
    {
        string unshare = RealPart.OrSkip("unshare");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        using BundleCopy bundle = new("0.33", "module-console");

        ToolResult result = await ChildProcess.RunAsync(
            ChildProcess.PushVariables($"{target.Host}/mirror/ee", bundle.Folder),
            [
                unshare, "-rm", "sh", "-c",
                $"mount --bind '{bundle.Folder}' '{bundle.Folder}' && mount -o remount,ro,bind '{bundle.Folder}'"
                    + $" && ! touch '{bundle.Folder}/probe' 2>/dev/null && exec \"$@\"",
                "sh",
            ],
            Cancellation);

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.True(target.Content.TryGetRepository("mirror/ee/modules/console", out _));
    }

    private static bool IsChange(string line)
    {
        bool isWrite = line.Contains("O_CREAT", StringComparison.Ordinal)
            || line.Contains("O_WRONLY", StringComparison.Ordinal)
            || line.Contains("O_RDWR", StringComparison.Ordinal)
            || Array.Exists(
                ["creat(", "mkdir", "rename", "link(", "linkat(", "symlink", "unlink", "rmdir", "truncate", "mknod"],
                call => line.Contains($" {call}", StringComparison.Ordinal));
        return isWrite
            && !line.Contains("\"/dev/", StringComparison.Ordinal)
            && !line.Contains("\"/proc/", StringComparison.Ordinal)
            && !line.Contains(" = -1 ", StringComparison.Ordinal);
    }
}
