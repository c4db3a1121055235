using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.House;

/// <summary>The options of <c>build/build.cake</c>, run by Cake without its tasks.</summary>
public sealed class BuildOptionsTests
{
    [Fact]
    public async Task An_option_that_the_build_does_not_know_is_an_error()
    {
        var run = await BuildAsync("--target=Test", "--fsat", "--dryrun");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Unknown option for test: --fsat. Known options: --fast, --configuration.", run.Output);
    }

    [Fact]
    public async Task The_fast_tests_say_what_they_leave_out()
    {
        var run = await BuildAsync("--target=Test", "--fast", "--dryrun");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.NotEmpty(SlowTests.Entries);
        Assert.All(
            SlowTests.Entries, entry => Assert.Contains($"Left out: {entry.Name}, {entry.Reason}\n", run.Output));
    }

    private static async Task<DotNetRun> BuildAsync(params string[] options)
    {
        var stop = TestContext.Current.CancellationToken;
        await DotNetRun.StartAsync(RepositoryTree.Root, ["tool", "restore"], [], stop);
        return await DotNetRun.StartAsync(
            RepositoryTree.Root, ["cake", "build/build.cake", .. options], [new("NO_COLOR", "1")], stop);
    }
}
