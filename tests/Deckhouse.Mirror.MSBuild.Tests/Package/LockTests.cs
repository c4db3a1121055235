using System.Text.Json;
using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>What was approved is what arrives, whatever the channels say by then.</summary>
[Collection(SharedPackage.Name)]
public sealed class LockTests(PlainProjects projects) : IClassFixture<PlainProjects>
{
    private const string Unlocked = "-p:D8MirrorLockFile=";

    private static readonly DateTime LongAgo = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_locked_pull_gives_the_bytes_of_the_lock_after_a_channel_moved()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "pulled");
        DotNetRun locked = await job.SucceedAsync("D8MirrorLock");
        await job.SucceedAsync("D8MirrorPull", job.Bundle("first"));

        job.Release("console");
        await job.SucceedAsync("D8MirrorPull", job.Bundle("second"));
        await job.SucceedAsync("D8MirrorPull", job.Bundle("open"), Unlocked);

        Assert.Single(locked.DistinctLinesWith($"pulled -> {job.LockFile}"));
        Assert.Contains("mirror.lock.json", job.Files("first").Keys);
        Assert.Equal(job.Files("first"), job.Files("second"));
        Assert.Equal(["module-console.tar", "module-neuvector.tar"], job.Files("open", withLock: false).Keys);
        Assert.NotEqual(job.Files("first")["module-console.tar"], job.Files("open")["module-console.tar"]);
        Assert.Equal(job.Files("first")["module-neuvector.tar"], job.Files("open")["module-neuvector.tar"]);
    }

    [Fact]
    public async Task A_check_says_as_a_property_whether_the_source_moved_and_leaves_the_lock_alone()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "checked");
        string[] check = ["-getProperty:D8MirrorChanged", "-getProperty:D8MirrorStateId"];
        await job.SucceedAsync("D8MirrorLock");
        byte[] before = await File.ReadAllBytesAsync(job.LockFile, Cancellation);
        File.SetLastWriteTimeUtc(job.LockFile, LongAgo);

        JsonElement quiet = PropertiesOf(await job.SucceedAsync("D8MirrorLockCheck", check));
        DotNetRun alone = await job.SucceedAsync("D8MirrorLockCheck", "-getProperty:D8MirrorChanged");
        job.Release("console");
        JsonElement moved = PropertiesOf(await job.SucceedAsync("D8MirrorLockCheck", check));
        DotNetRun shown = await job.SucceedAsync("D8MirrorLockCheck");

        Assert.Equal("false", quiet.GetProperty("D8MirrorChanged").GetString());
        Assert.Equal("false", Printed(alone));
        Assert.Equal("true", moved.GetProperty("D8MirrorChanged").GetString());
        Assert.NotEqual(
            quiet.GetProperty("D8MirrorStateId").GetString(), moved.GetProperty("D8MirrorStateId").GetString());
        Assert.Single(shown.DistinctLinesWith(": warning D8M4150: "));
        Assert.Equal(before, await File.ReadAllBytesAsync(job.LockFile, Cancellation));
        Assert.Equal(LongAgo, File.GetLastWriteTimeUtc(job.LockFile));
    }

    [Fact]
    public async Task Another_bundle_than_the_lock_is_neither_verified_nor_pushed()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "pushed");
        await job.SucceedAsync("D8MirrorLock");
        job.Release("console");
        await job.SucceedAsync("D8MirrorPull", job.Bundle("other"), Unlocked);

        string verified = await job.FailAsync("D8MirrorVerify", job.Bundle("other"));
        string pushed = await job.FailAsync("D8MirrorPush", job.Bundle("other"));
        int writes = job.Target.Requests.Where(request => request.Method is not ("GET" or "HEAD")).Count();
        await job.SucceedAsync("D8MirrorVerify;D8MirrorPush", job.Bundle("other"), Unlocked);

        Assert.All(
            [verified, pushed],
            error =>
            {
                Assert.Contains(": error D8M4203: ", error);
                Assert.Contains("module-console.tar", error);
            });
        Assert.Equal(0, writes);
        Assert.NotEmpty(job.Target.UploadedBlobs);
    }

    [Fact]
    public async Task A_locked_sync_writes_what_is_locked()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "synced");
        await job.SucceedAsync("D8MirrorLock");
        DotNetRun plan = await job.SucceedAsync("D8MirrorPlan", "-getProperty:D8MirrorStateId");
        job.Release("console");

        DotNetRun sync = await job.SucceedAsync("D8MirrorSync", "-getProperty:D8MirrorStateId");
        DotNetRun open = await job.SucceedAsync("D8MirrorPlan", Unlocked, "-getProperty:D8MirrorStateId");

        Assert.Equal(Printed(plan), Printed(sync));
        Assert.NotEqual(Printed(plan), Printed(open));
        Assert.NotEmpty(job.Target.UploadedBlobs);
    }

    [Theory]
    [InlineData("", "module-console.tar", "module-neuvector.tar")]
    [InlineData("module-console", "module-console.tar")]
    [InlineData("module-console.tar;module-neuvector", "module-console.tar", "module-neuvector.tar")]
    public async Task An_update_resolves_the_parts_that_items_name(string parts, params string[] expected)
    {
        await using LockJob job = await LockJob.StartAsync(projects, $"updated-{parts.Length}");
        await job.SucceedAsync("D8MirrorLock");
        Dictionary<string, string> before = Archives(job);
        job.Release("console");
        job.Release("neuvector");

        await job.SucceedAsync("D8MirrorLock", $"-p:Parts={parts.Replace(";", "%3B", StringComparison.Ordinal)}");

        Assert.Equal(expected, Archives(job).Where(it => before[it.Key] != it.Value).Select(it => it.Key).Order());
    }

    [Fact]
    public async Task Databases_are_locked_if_they_shall_be()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "databases");

        await job.SucceedAsync("D8MirrorLock", "-p:D8MirrorNoSecurityDb=false");
        string[] floating = [.. Archives(job).Keys];
        await job.SucceedAsync("D8MirrorLock", "-p:D8MirrorNoSecurityDb=false", "-p:D8MirrorLockDatabases=true");

        Assert.DoesNotContain("security.tar", floating);
        Assert.Contains("security.tar", Archives(job).Keys);
    }

    [Fact]
    public async Task Outputs_are_in_the_file_that_a_property_names_or_in_the_one_of_GitHub()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "outputs");
        KeyValuePair<string, string>[] step = [new("GITHUB_OUTPUT", job.Combine("step"))];

        DotNetRun first = await job.BuildAsync("D8MirrorLock", step);
        DotNetRun second = await job.BuildAsync(
            "D8MirrorLockCheck", step, $"-p:D8MirrorOutputsFile={job.Combine("named")}");

        Assert.True((first.ExitCode, second.ExitCode) == (0, 0), first.Output + second.Output);
        string[] lines = await File.ReadAllLinesAsync(job.Combine("step"), Cancellation);
        Assert.Equal("D8MirrorChanged=true", lines[0]);
        string[] named = await File.ReadAllLinesAsync(job.Combine("named"), Cancellation);
        Assert.Equal(["D8MirrorChanged=false", lines[1], "D8MirrorNewBytes=0"], named);
        Assert.Matches("^D8MirrorStateId=[0-9a-f]{64}$", lines[1]);
        Assert.Matches(@"^D8MirrorNewBytes=\d+$", lines[2]);
    }

    [Fact]
    public async Task D8MirrorVerifyChanged_verifies_again_when_the_lock_is_another()
    {
        const string Kept = "unchanged since they were verified";
        await using LockJob job = await LockJob.StartAsync(projects, "verified");
        string bundle = job.Bundle("bundle");
        await job.SucceedAsync("D8MirrorLock;D8MirrorPull", bundle);

        DotNetRun unlocked = await job.SucceedAsync("D8MirrorVerifyChanged", bundle, Unlocked);
        DotNetRun locked = await job.SucceedAsync("D8MirrorVerifyChanged", bundle);
        DotNetRun again = await job.SucceedAsync("D8MirrorVerifyChanged", bundle);
        job.Release("console");
        await job.SucceedAsync("D8MirrorLock");
        string refused = await job.FailAsync("D8MirrorVerifyChanged", bundle);

        Assert.Empty(unlocked.DistinctLinesWith(Kept));
        Assert.Empty(locked.DistinctLinesWith(Kept));
        Assert.Single(again.DistinctLinesWith(Kept));
        Assert.Contains(": error D8M4203: ", refused);
    }

    [Theory]
    [InlineData("D8MirrorLock")]
    [InlineData("D8MirrorLockCheck")]
    public async Task A_lock_that_no_property_names_is_an_error_before_anything_is_asked(string target)
    {
        await using LockJob job = await LockJob.StartAsync(projects, $"unnamed-{target}");

        string error = await job.FailAsync(target, Unlocked);

        Assert.Contains(": error D8M1001: D8MirrorLockFile", error);
        Assert.Empty(job.Source.Requests.All);
    }

    /// <summary>What is on standard output when properties are asked for: warnings go to standard error.</summary>
    internal static string Printed(DotNetRun build) => string.Join('\n', build.Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.Contains(": warning ", StringComparison.Ordinal)));

    private static JsonElement PropertiesOf(DotNetRun build) =>
        JsonElement.Parse(Printed(build)).GetProperty("Properties");

    /// <summary>The fingerprint of each archive of the lock.</summary>
    private static Dictionary<string, string> Archives(LockJob job) =>
        JsonElement.Parse(File.ReadAllText(job.LockFile)).GetProperty("archives").EnumerateObject().ToDictionary(
            archive => archive.Name,
            archive => archive.Value.GetProperty("fingerprint").GetString()!);
}
