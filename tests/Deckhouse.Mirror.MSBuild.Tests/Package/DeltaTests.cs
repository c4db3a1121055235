using System.Text.Json;
using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>Only what the target lacks is carried, and the full bundle can be made of it again.</summary>
[Collection(SharedPackage.Name)]
public sealed class DeltaTests(PlainProjects projects) : IClassFixture<PlainProjects>
{
    private const string Unlocked = "-p:D8MirrorLockFile=";

    [Fact]
    public async Task A_delta_against_the_receipt_of_a_push_is_planned_pulled_pushed_and_merged()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "delta");
        string receipt = job.Combine("have.json");
        await job.SucceedAsync(
            "D8MirrorPull;D8MirrorPush", job.Bundle("old"), Unlocked, $"-p:D8MirrorInventoryFile={receipt}");
        job.Release("console");
        await job.SucceedAsync("D8MirrorPull", job.Bundle("full"), Unlocked);

        string[] delta = [job.Bundle("delta"), Unlocked, $"-p:D8MirrorDeltaBase={receipt}"];
        JsonElement planned = PropertiesOf(await job.SucceedAsync("D8MirrorPlan", [.. delta, .. Shown]));
        JsonElement pulled = PropertiesOf(await job.SucceedAsync("D8MirrorPull", [.. delta, .. Shown]));
        await job.SucceedAsync(
            "D8MirrorPush", job.Bundle("delta"), Unlocked, $"-p:D8MirrorInventoryFile={job.Combine("now.json")}");
        string merged = LockTests.Printed(await job.SucceedAsync(
            "D8MirrorMerge",
            job.Bundle("merged"),
            Unlocked,
            $"-p:D8MirrorMergeFrom={job.Combine("delta")}%3B{job.Combine("old")}",
            "-getProperty:D8MirrorStateId"));

        Assert.Equal($"{planned}", $"{pulled}");
        Assert.NotEqual("0", planned.GetProperty("D8MirrorOmittedBytes").GetString());
        Assert.True(NumberOf(planned, "D8MirrorBundleBytes") < NumberOf(planned, "D8MirrorFullBytes"));
        Assert.Equal(planned.GetProperty("D8MirrorStateId").GetString(), merged);
        Assert.Equal(job.Files("full"), job.Files("merged"));
        Assert.Contains(merged, await File.ReadAllTextAsync(
            job.Combine("now.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_delta_on_a_target_that_lost_its_base_is_an_error_and_writes_nothing()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "baseless");
        await job.SucceedAsync("D8MirrorPull", job.Bundle("old"), Unlocked);
        job.Release("console");
        await job.SucceedAsync(
            "D8MirrorPull", job.Bundle("new"), Unlocked, $"-p:D8MirrorDeltaBase={job.Combine("old")}");

        string error = await job.FailAsync(
            "D8MirrorPush", job.Bundle("new"), Unlocked, "-p:D8MirrorSkipAccessCheck=true");

        Assert.Contains(": error D8M5201: ", error);
        Assert.DoesNotContain(job.Target.Requests.All, record => record.Request.Method is not ("GET" or "HEAD"));
    }

    [Fact]
    public async Task A_merge_without_folders_is_an_error_at_its_setting()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "folderless");

        string error = await job.FailAsync("D8MirrorMerge", job.Bundle("merged"), Unlocked);

        Assert.Contains(": error D8M1001: D8MirrorMergeFrom", error);
    }

    private static string[] Shown =>
    [
        "-getProperty:D8MirrorOmittedBytes", "-getProperty:D8MirrorFullBytes", "-getProperty:D8MirrorBundleBytes",
        "-getProperty:D8MirrorStateId",
    ];

    private static JsonElement PropertiesOf(DotNetRun build) =>
        JsonElement.Parse(LockTests.Printed(build)).GetProperty("Properties");

    private static long NumberOf(JsonElement properties, string name) =>
        long.Parse(properties.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
