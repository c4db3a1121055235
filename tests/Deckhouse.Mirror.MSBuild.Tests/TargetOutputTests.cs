using Mirror.Engine;
using Mirror.Engine.Tests.Plan;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>What inventories, checks, deltas and merges give to later targets.</summary>
public sealed class TargetOutputTests
{
    private static readonly string[] _metadata =
        ["Kind", "Archive", "Path", "Tag", "Digest", "Found", "Content", "Registry"];

    [Fact]
    public void An_inventory_gives_the_id_of_what_the_target_has_and_names_its_file()
    {
        ScriptedEngine engine = new();
        var (task, build, _) = TaskRun.Make<D8MirrorInventory>(engine);

        Assert.True(task.Execute());

        Assert.Equal(engine.Plan.StateId, task.StateId);
        Assert.Contains($"airgap -> {Path.Combine(TaskRun.ProjectDirectory, "have.json")}", build.Text);
    }

    [Fact]
    public void A_check_gives_the_id_of_what_is_there()
    {
        ScriptedEngine engine = new();
        var (task, _, _) = TaskRun.Make<D8MirrorCheck>(engine);

        Assert.True(task.Execute());

        Assert.Equal(engine.Plan.StateId, task.StateId);
        Assert.Empty(task.Missing);
    }

    [Fact]
    public void A_check_that_fails_gives_what_is_wrong_with_every_target()
    {
        CheckFinding missing = new()
        {
            Kind = CheckFindingKind.Missing,
            Archive = "platform.tar",
            Path = "",
            Reference = "a.example/ee:v1.70.1",
            Tag = "v1.70.1",
            Digest = SamplePlan.Digest,
        };
        CheckFinding damaged = missing with
        {
            Kind = CheckFindingKind.Damaged,
            Reference = "b.example/ee/install:v1; 100%",
            Path = "install",
            Tag = "v1; 100%",
            Found = SamplePlan.Digest,
            Content = ["sha256:1 is missing", "sha256:2 is wrong"],
        };
        var (task, build, _) = TaskRun.Make<D8MirrorCheck>(new ScriptedEngine((progress, _) =>
        {
            foreach (var (target, finding) in new[] { ("a.example/ee", missing), ("b.example/ee", damaged) })
            {
                CheckedTarget found = new()
                {
                    Target = target,
                    Repositories = [],
                    Findings = [finding],
                    FindingCount = 1,
                };
                progress.Report(new TargetChecked(found, $"{target} is not whole"));
            }

            throw new MirrorException(new Fault("D8M7101", "2 tags are wrong.", "Push again."));
        }));

        Assert.False(task.Execute());

        string digest = $"{SamplePlan.Digest}";
        Assert.Equal(
            [
                $"a.example/ee:v1.70.1 Missing platform.tar  v1.70.1 {digest}   a.example/ee",
                $"b.example/ee/install:v1; 100% Damaged platform.tar install v1; 100% {digest} {digest} "
                    + "sha256:1 is missing; sha256:2 is wrong b.example/ee",
            ],
            task.Missing.Select(item =>
                string.Join(' ', _metadata.Select(item.GetMetadata).Prepend(item.ItemSpec))));
        Assert.Equal("", task.StateId);
        Assert.Equal("D8M7101", Assert.Single(build.Errors).Code);
        Assert.Contains("b.example/ee is not whole", build.Text);
    }

    [Fact]
    public void A_merge_gives_the_full_bundle_as_a_pull_does()
    {
        ScriptedEngine engine = new();
        var (task, build, _) = TaskRun.Make<D8MirrorMerge>(engine);

        Assert.True(task.Execute());

        string bundle = Path.Combine(TaskRun.ProjectDirectory, "bundle");
        Assert.Equal(Path.Combine(bundle, "platform.tar"), Assert.Single(task.Archives).ItemSpec);
        Assert.Equal("registry.example/deckhouse/ee:stable", Assert.Single(task.Images).ItemSpec);
        Assert.Equal((1, 10240, engine.Plan.StateId), (task.ImageCount, task.BundleBytes, task.StateId));
        Assert.Equal(
            [Path.Combine(TaskRun.ProjectDirectory, "delta"), Path.Combine(TaskRun.ProjectDirectory, "full")],
            engine.Given<MirrorMergeSettings>().MergeFrom);
        Assert.Contains($"airgap -> {bundle}", build.Text);
    }

    [Theory]
    [InlineData(typeof(D8MirrorPlan))]
    [InlineData(typeof(D8MirrorPull))]
    [InlineData(typeof(D8MirrorLock))]
    public void A_bundle_that_leaves_nothing_out_has_its_full_size(Type type)
    {
        var (task, _, _) = TaskRun.Make(type, new ScriptedEngine());

        Assert.True(task.Execute());

        var planned = (PullSettingsTask)task;
        Assert.Equal((0, 10240), (planned.OmittedBytes, planned.FullBytes));
    }
}
