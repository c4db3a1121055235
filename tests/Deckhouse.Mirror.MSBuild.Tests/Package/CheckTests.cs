using System.Text.Json;
using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>What a target holds is written down, and compared with what should be there.</summary>
[Collection(SharedPackage.Name)]
public sealed class CheckTests(PlainProjects projects) : IClassFixture<PlainProjects>
{
    private const string Unlocked = "-p:D8MirrorLockFile=";
    private const string Console = "mirror/ee/modules/console";

    private static readonly string[] _metadata = ["Identity", "Kind", "Archive", "Path", "Tag"];

    [Fact]
    public async Task A_target_that_a_bundle_was_pushed_to_is_whole_and_has_its_state()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "whole");
        string[] bundle = [job.Bundle("bundle"), Unlocked];
        string inventory = $"-p:D8MirrorInventoryFile={job.Combine("have.json")}";
        await job.SucceedAsync("D8MirrorPull;D8MirrorPush", bundle);

        string[] ids =
        [
            LockTests.Printed(await job.SucceedAsync("D8MirrorVerify", [.. bundle, Id])),
            LockTests.Printed(await job.SucceedAsync("D8MirrorInventory", Unlocked, inventory, Id)),
            LockTests.Printed(await job.SucceedAsync("D8MirrorCheck", [.. bundle, Id])),
            LockTests.Printed(await job.SucceedAsync("D8MirrorCheck", Unlocked, inventory, Id)),
            LockTests.Printed(await job.SucceedAsync(
                "D8MirrorCheck", [.. bundle, "-p:D8MirrorCheckDepth=Blobs", Id])),
        ];

        Assert.Matches("^[0-9a-f]{64}$", Assert.Single(ids.Distinct()));
    }

    [Fact]
    public async Task What_a_target_lacks_is_an_error_and_items_that_later_targets_and_command_lines_see()
    {
        await using LockJob job = await LockJob.StartAsync(projects, "lacking");
        string[] bundle = [job.Bundle("bundle"), Unlocked];
        await job.SucceedAsync("D8MirrorPull;D8MirrorPush", bundle);
        Assert.True(job.Target.Content.Repository(Console + "/release").RemoveTag("stable"));

        DotNetRun shown = await job.BuildAsync("D8MirrorCheck", [.. bundle, "-getItem:D8MirrorMissing"]);
        DotNetRun listed = await job.BuildAsync("CheckAndList", bundle);

        string reference = $"{job.Target.Host}/{Console}/release:stable";
        Assert.Equal((1, 1), (shown.ExitCode, listed.ExitCode));
        JsonElement item = Assert.Single(JsonElement.Parse(shown.Output[..(shown.Output.LastIndexOf('}') + 1)])
            .GetProperty("Items").GetProperty("D8MirrorMissing").EnumerateArray());
        Assert.Equal(
            [reference, "Missing", "module-console.tar", "modules/console/release", "stable"],
            _metadata.Select(name => item.GetProperty(name).GetString()));
        Assert.Equal($"{job.Target.Host}/mirror/ee", item.GetProperty("Registry").GetString());
        Assert.Contains(": error D8M7101: ", Assert.Single(listed.DistinctLinesWith(": error ")));
        Assert.Single(listed.DistinctLinesWith($"listed: {reference}"));
    }

    private static string Id => "-getProperty:D8MirrorStateId";
}
