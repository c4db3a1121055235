using System.Text;
using Mirror.Engine.Tests.Kit;
using Mirror.Engine.Tests.Real;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Disk;

/// <summary>What the real disk says of each system call that fails.</summary>
public sealed class FailingDiskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_flush_is_told_and_stays_told_though_the_system_tells_it_once()
    {
        string said = await RunAsync(new FailedCall('f', FailedCall.Io, From: 1, Count: 1));

        Assert.Contains("flush: D8M6005\nflush again: D8M6005\n", said, StringComparison.Ordinal);
        Assert.Contains("flush folder: done", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailedCall.Io, "D8M6005", "D8M6005")]
    [InlineData(FailedCall.NoSpace, "D8M6001", "D8M6001")]
    [InlineData(FailedCall.Quota, "D8M6001", "D8M6001")]
    [InlineData(FailedCall.Invalid, "done", "done")]
    [InlineData(FailedCall.ReadOnly, "D8M6004", "done")]
    public async Task A_file_system_without_a_flush_is_tolerated_and_a_flush_that_fails_is_not(
        int error, string file, string folder)
    {
        string said = await RunAsync(new FailedCall('f', error, From: 1, FailedCall.AllCalls));

        Assert.Contains($"flush: {file}\n", said, StringComparison.Ordinal);
        Assert.Contains($"flush folder: {folder}", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('c', FailedCall.Io, "close: D8M6005")]
    [InlineData('c', FailedCall.Quota, "close: D8M6001")]
    [InlineData('r', FailedCall.Io, "rename: D8M6005")]
    [InlineData('r', FailedCall.CrossDevice, "rename: D8M6005")]
    [InlineData('w', FailedCall.Stale, "write: D8M6005")]
    [InlineData('w', FailedCall.TooLarge, "write: D8M6015")]
    [InlineData('t', FailedCall.TooLarge, "create: D8M6015")]
    [InlineData('t', FailedCall.Invalid, "create: D8M6005")]
    [InlineData('a', FailedCall.Quota, "create: D8M6001")]
    [InlineData('a', FailedCall.TooLarge, "create: D8M6015")]
    [InlineData('l', FailedCall.Io, "lock: D8M6016")]
    [InlineData('l', FailedCall.Stale, "lock: D8M6016")]
    [InlineData('l', FailedCall.NoLocks, "lock: no locks")]
    public async Task A_call_that_fails_is_told_with_its_code(char letter, int error, string expected)
    {
        string said = await RunAsync(new FailedCall(letter, error, From: 1, FailedCall.AllCalls));

        Assert.Contains($"{expected}\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rename_that_cannot_be_done_is_no_copy()
    {
        string said = await RunAsync(new FailedCall('r', FailedCall.CrossDevice, From: 1, Count: 1));

        Assert.Contains("a: whole", said, StringComparison.Ordinal);
        Assert.DoesNotContain("b: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_share_that_renames_only_to_a_free_name_is_given_one()
    {
        string said = await RunAsync(new FailedCall('r', FailedCall.Exists, From: 1, Count: 1));

        Assert.Contains("rename: done", said, StringComparison.Ordinal);
        Assert.Contains("b: whole", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_that_stores_a_part_goes_on_with_the_rest()
    {
        string said = await RunAsync(new FailedCall('w', Error: 0, From: 1, FailedCall.AllCalls));

        Assert.Contains("write: done", said, StringComparison.Ordinal);
        Assert.Contains("b: whole", said, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(FailedCall call)
    {
        using TemporaryFolder folder = new();
        FailingLibrary library = await FailingLibrary.CompileAsync(folder.Combine("failing-calls.so"));
        string watched = folder.Combine("run");
        Directory.CreateDirectory(watched);
        ToolResult result = await ChildProcess.RunAsync(
            [.. ChildProcess.DiskVariables(watched), .. library.Variables(watched, folder.Combine("calls"), call)],
            [],
            Cancellation);
        Assert.True(result.ExitCode == 0, result.Errors);
        return Encoding.UTF8.GetString(result.Output);
    }
}
