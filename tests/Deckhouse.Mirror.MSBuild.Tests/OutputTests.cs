using Microsoft.Build.Framework;
using Mirror.Engine;
using Mirror.Engine.Tests.Plan;
using Mirror.TestKit.Files;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

public sealed class OutputTests
{
    [Fact]
    public void A_plan_gives_its_images_as_items_and_its_totals()
    {
        ScriptedEngine engine = new() { Plan = SamplePlan.Make("100%25 ; stable") };
        var (task, _, _) = TaskRun.Make<D8MirrorPlan>(engine);

        Assert.True(task.Execute());

        ITaskItem image = Assert.Single(task.Images);
        Assert.Equal("registry.example/deckhouse/ee:stable", image.ItemSpec);
        Assert.Equal("deckhouse/ee", image.GetMetadata("Repository"));
        Assert.Equal("stable", image.GetMetadata("Tag"));
        Assert.Equal(SamplePlan.Digest.ToString(), image.GetMetadata("Digest"));
        Assert.Equal("application/vnd.oci.image.manifest.v1+json", image.GetMetadata("MediaType"));
        Assert.Equal("5000", image.GetMetadata("Size"));
        Assert.Equal("platform.tar", image.GetMetadata("Archive"));
        Assert.Equal("100%25 ; stable", image.GetMetadata("Reason"));
        Assert.Equal((1, 400, 10240), (task.ImageCount, task.TransferBytes, task.BundleBytes));
    }

    [Theory]
    [InlineData(typeof(D8MirrorLock), true, "true")]
    [InlineData(typeof(D8MirrorLock), false, "false")]
    [InlineData(typeof(D8MirrorLockCheck), true, "true")]
    [InlineData(typeof(D8MirrorLockCheck), false, "false")]
    public void A_lock_and_its_check_give_whether_it_changed_and_succeed_either_way(
        Type type, bool hasChanged, string changed)
    {
        ScriptedEngine engine = new() { HasChanged = hasChanged };
        var (task, build, _) = TaskRun.Make(type, engine);

        Assert.True(task.Execute());

        var locked = (LockTask)task;
        Assert.Equal((changed, engine.Plan.StateId, 400), (locked.Changed, locked.StateId, locked.NewBytes));
        Assert.Equal(
            (1, 400, 10240, 1),
            (locked.ImageCount, locked.TransferBytes, locked.BundleBytes, locked.Images.Length));
        Assert.Contains(
            type == typeof(D8MirrorLock)
                ? $"airgap -> {Path.Combine(TaskRun.ProjectDirectory, "mirror.lock.json")}"
                : $"airgap -> {new MirrorLockResult { Plan = engine.Plan, LockFile = "", HasChanged = hasChanged }}",
            build.Text);
    }

    [Theory]
    [InlineData(typeof(D8MirrorPull), 400)]
    [InlineData(typeof(D8MirrorPush), 700)]
    [InlineData(typeof(D8MirrorSync), 700)]
    public void What_moves_content_gives_whether_anything_changed_and_how_much(Type type, long bytes)
    {
        ScriptedEngine engine = new();
        var (task, _, _) = TaskRun.Make(type, engine);

        Assert.True(task.Execute());

        Assert.Equal("true", type.GetProperty("Changed")!.GetValue(task));
        Assert.Equal(engine.Plan.StateId, type.GetProperty("StateId")!.GetValue(task));
        Assert.Equal(bytes, type.GetProperty("NewBytes")!.GetValue(task));
    }

    [Fact]
    public void A_diff_gives_what_changes_as_items_and_its_id()
    {
        ScriptedEngine engine = new();
        var (task, build, _) = TaskRun.Make<D8MirrorDiff>(engine);

        Assert.True(task.Execute(), build.Text);

        string digest = $"{SamplePlan.Digest}";
        Assert.Equal(
            [
                $"modules/console:v1.0.0 added module-console.tar modules/console v1.0.0  {digest}",
                $"stable moved platform.tar  stable {digest} {digest}",
                $"install:v1; 100% gone platform.tar install v1; 100% {digest} ",
            ],
            task.Changes.Select(item => item.ItemSpec + string.Concat(
                new[] { "Kind", "Archive", "Path", "Tag", "Was", "Digest" }
                    .Select(name => $" {item.GetMetadata(name)}"))));
        Assert.Equal(
            ("true", engine.Diff.Id, engine.Diff.To.StateId, 300),
            (task.Changed, task.DiffId, task.StateId, task.NewBytes));
        Assert.Contains($"airgap -> {engine.Diff}", build.Text);
    }

    [Fact]
    public void A_diff_of_equal_states_says_so()
    {
        ScriptedEngine engine = new();
        engine = new ScriptedEngine { Diff = engine.Diff with { Added = [], Moved = [], Gone = [] } };
        var (task, _, _) = TaskRun.Make<D8MirrorDiff>(engine);

        Assert.True(task.Execute());

        Assert.Equal("false", task.Changed);
        Assert.Empty(task.Changes);
    }

    [Fact]
    public void A_verification_gives_the_id_of_the_bundle()
    {
        ScriptedEngine engine = new();
        var (task, _, _) = TaskRun.Make<D8MirrorVerify>(engine);

        Assert.True(task.Execute());

        Assert.Equal(engine.Plan.StateId, task.StateId);
    }

    [Fact]
    public void A_plan_with_nothing_to_download_says_zero_bytes()
    {
        MirrorPlan plan = SamplePlan.Make("channel stable");
        ScriptedEngine engine = new() { Plan = plan with { Held = plan.Blobs } };
        var (task, _, _) = TaskRun.Make<D8MirrorPlan>(engine);

        Assert.True(task.Execute());

        Assert.Equal((1, 0, 10240), (task.ImageCount, task.TransferBytes, task.BundleBytes));
    }

    [Fact]
    public void A_pull_gives_the_files_of_the_bundle_too()
    {
        var (task, _, _) = TaskRun.Pull();
        task.BundleDirectory = "50%25 ; bundle";

        Assert.True(task.Execute());

        ITaskItem file = Assert.Single(task.Archives);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "50%25 ; bundle", "platform.tar"), file.ItemSpec);
        Assert.Equal("10240", file.GetMetadata("Size"));
        Assert.Equal("1", file.GetMetadata("Images"));
        Assert.Equal(ScriptedEngine.GostDigest, file.GetMetadata("GostDigest"));
        Assert.Equal("registry.example/deckhouse/ee:stable", Assert.Single(task.Images).ItemSpec);
    }

    [Theory]
    [InlineData(typeof(D8MirrorPull))]
    [InlineData(typeof(D8MirrorVerify))]
    [InlineData(typeof(VerifyGostDigest))]
    public void Everything_that_must_travel_is_given_with_the_archives(Type type)
    {
        string[] carried =
            ["bundle.json", "deckhousereleases.yaml", "platform.tar", "platform.tar.gostsum", "platform.tar.json"];
        using TemporaryFolder folder = new();
        foreach (string name in carried.Concat([".d8mirror.lock", "notes.txt", "module-old.tar", "platform.tar.part"]))
        {
            File.WriteAllText(folder.Combine(name), "");
        }

        var (task, _, _) = TaskRun.Make(type, new ScriptedEngine());
        type.GetProperty("BundleDirectory")!.SetValue(task, folder.FullName);

        Assert.True(task.Execute());

        var files = (ITaskItem[])type.GetProperty("BundleFiles")!.GetValue(task)!;
        Assert.Equal(carried.Select(name => folder.Combine(name)), files.Select(file => file.ItemSpec));
    }

    [Fact]
    public void A_push_gives_its_images_repositories_and_totals()
    {
        var (task, _, _) = TaskRun.Make<D8MirrorPush>(new ScriptedEngine { Plan = SamplePlan.AtTarget() });

        Assert.True(task.Execute());

        Assert.Equal(SamplePlan.Digest.ToString(), Assert.Single(task.Images).GetMetadata("Digest"));
        Assert.Equal(
            ["mirror/ee: 3 pushed, 2 already there", "mirror/ee/install: 0 pushed, 1 already there"],
            task.Repositories.Select(repository => $"{repository.ItemSpec}: {repository.GetMetadata("Pushed")} pushed, "
                + $"{repository.GetMetadata("AlreadyThere")} already there"));
        Assert.Equal((3, 3, 700), (task.PushedCount, task.AlreadyThereCount, task.SentBytes));
    }

    [Theory]
    [InlineData(typeof(D8MirrorVerify))]
    [InlineData(typeof(VerifyGostDigest))]
    public void A_verification_gives_the_files_with_their_sums(Type type)
    {
        var (task, _, _) = TaskRun.Make(type, new ScriptedEngine());

        Assert.True(task.Execute());

        ITaskItem file = Assert.Single(((BundleFilesTask)task).Archives);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "bundle", "platform.tar"), file.ItemSpec);
        Assert.Equal("10240", file.GetMetadata("Size"));
        Assert.Equal("1", file.GetMetadata("Images"));
        Assert.Equal(ScriptedEngine.GostDigest, file.GetMetadata("GostDigest"));
    }

    [Fact]
    public void A_verification_gives_its_images()
    {
        var (task, _, _) = TaskRun.Make<D8MirrorVerify>(new ScriptedEngine());

        Assert.True(task.Execute());

        ITaskItem image = Assert.Single(task.Images);
        Assert.Equal("registry.example/deckhouse/ee:stable", image.ItemSpec);
        Assert.Equal("platform.tar", image.GetMetadata("Archive"));
    }

    [Theory]
    [InlineData(typeof(D8MirrorPush))]
    [InlineData(typeof(D8MirrorVerify))]
    [InlineData(typeof(VerifyGostDigest))]
    public void Whatever_fails_gives_no_items(Type type)
    {
        var (task, _, _) = TaskRun.Make(
            type, new ScriptedEngine((_, _) => throw new InvalidOperationException("stop")));

        Assert.False(task.Execute());
        Assert.All(
            type.GetProperties().Where(property => property.IsDefined(typeof(OutputAttribute), inherit: true)),
            output => Assert.Empty(output.GetValue(task) is ITaskItem[] items ? items : []));
    }

    [Fact]
    public void A_failed_run_gives_nothing()
    {
        var (task, _, _) = TaskRun.Pull((_, _) => throw new InvalidOperationException("stop"));

        Assert.False(task.Execute());
        Assert.Empty(task.Archives);
        Assert.Empty(task.Images);
    }
}
