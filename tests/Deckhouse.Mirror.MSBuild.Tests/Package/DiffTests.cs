using System.Text.Json;
using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// What an update changes is said before it moves, and what was approved is what is pulled and pushed.
/// </summary>
[Collection(SharedPackage.Name)]
public sealed class DiffTests(PlainProjects projects) : IClassFixture<PlainProjects>
{
    private const string Unlocked = "-p:D8MirrorLockFile=";

    [Fact]
    public async Task A_diff_of_a_lock_and_its_source_is_items_properties_and_a_report()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "diffed");
        await job.SucceedAsync("D8MirrorLock");
        string[] sides = [$"-p:D8MirrorDiffFrom={job.LockFile}", "-p:D8MirrorDiffTo=source"];

        JsonElement quiet = ResultOf(await job.SucceedAsync("D8MirrorDiff", [.. sides, .. Shown]));
        job.Release("console");
        JsonElement moved = ResultOf(await job.SucceedAsync(
            "D8MirrorDiff", [.. sides, .. Shown, $"-p:D8MirrorReportFile={job.Combine("review.md")}"]));

        Assert.Equal("false", quiet.GetProperty("Properties").GetProperty("D8MirrorChanged").GetString());
        Assert.Empty(quiet.GetProperty("Items").GetProperty("D8MirrorChange").EnumerateArray());
        Assert.Equal("true", moved.GetProperty("Properties").GetProperty("D8MirrorChanged").GetString());
        Assert.Matches(
            "^[0-9a-f]{64}$", moved.GetProperty("Properties").GetProperty("D8MirrorDiffId").GetString());
        JsonElement channel = Assert.Single(
            moved.GetProperty("Items").GetProperty("D8MirrorChange").EnumerateArray(),
            item => item.GetProperty("Tag").GetString() == "stable");
        Assert.Equal(
            ("moved", "module-console.tar", "modules/console/release"),
            (
                channel.GetProperty("Kind").GetString(),
                channel.GetProperty("Archive").GetString(),
                channel.GetProperty("Path").GetString()));
        Assert.NotEqual(channel.GetProperty("Was").GetString(), channel.GetProperty("Digest").GetString());
        Assert.Contains("stable", await File.ReadAllTextAsync(
            job.Combine("review.md"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_pull_takes_what_was_reviewed_or_nothing()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "reviewed");
        string bundle = job.Bundle("bundle");
        string review = job.Combine("review.json");
        string reviewed = $"-p:D8MirrorReviewed={review}";
        await job.SucceedAsync("D8MirrorPull", bundle, Unlocked);
        job.Release("console");
        await job.SucceedAsync(
            "D8MirrorDiff",
            Unlocked,
            $"-p:D8MirrorDiffFrom={job.Combine("bundle")}",
            "-p:D8MirrorDiffTo=source",
            $"-p:D8MirrorReportFile={review}");
        SortedDictionary<string, string> before = job.Files("bundle");

        job.Release("neuvector");
        string refused = await job.FailAsync("D8MirrorPull", bundle, Unlocked, "-p:D8MirrorForce=true", reviewed);
        SortedDictionary<string, string> after = job.Files("bundle");
        await job.SucceedAsync("D8MirrorPull", bundle, Unlocked, "-p:D8MirrorForce=true");

        Assert.Contains(": error D8M4203: ", refused);
        Assert.Equal(before, after);
        Assert.NotEqual(before, job.Files("bundle"));
    }

    [Fact]
    public async Task A_push_carries_what_was_reviewed_or_writes_nothing()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "carried");
        await job.SucceedAsync("D8MirrorPull", job.Bundle("old"), Unlocked);
        job.Release("console");
        await job.SucceedAsync("D8MirrorPull", job.Bundle("new"), Unlocked);
        DotNetRun diff = await job.SucceedAsync(
            "D8MirrorDiff",
            Unlocked,
            "-p:D8MirrorDiffFrom=target",
            $"-p:D8MirrorDiffTo={job.Combine("new")}",
            "-getProperty:D8MirrorDiffId");
        string reviewed = $"-p:D8MirrorReviewed={LockTests.Printed(diff)}";

        string refused = await job.FailAsync("D8MirrorPush", job.Bundle("old"), Unlocked, reviewed);
        int uploads = job.Target.UploadedBlobs.Count;
        await job.SucceedAsync("D8MirrorPush", job.Bundle("new"), Unlocked, reviewed);

        Assert.Contains(": error D8M4203: ", refused);
        Assert.Equal(0, uploads);
        Assert.NotEmpty(job.Target.UploadedBlobs);
    }

    private static string[] Shown =>
        ["-getProperty:D8MirrorChanged", "-getProperty:D8MirrorDiffId", "-getItem:D8MirrorChange"];

    private static JsonElement ResultOf(DotNetRun build) => JsonElement.Parse(LockTests.Printed(build));
}
