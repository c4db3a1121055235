using Microsoft.Build.Framework;
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
        Assert.Equal("registry.example/deckhouse/ee:stable", Assert.Single(task.Images).ItemSpec);
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
