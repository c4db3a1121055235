using Mirror.Engine;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>What a sync is given: both ends at once.</summary>
public sealed class SyncParameterTests
{
    [Fact]
    public void Texts_of_a_sync_arrive_as_settings_of_their_end()
    {
        var (task, build, engine) = TaskRun.Make<D8MirrorSync>(new ScriptedEngine());
        task.SourceCaFile = "source.pem";
        task.TargetCaFile = "target.pem";
        task.SourceLogin = "reader";
        task.RegistryLogin = "robot";
        task.TargetInsecure = "true";
        task.BareRoot = "Target";
        task.SkipAccessCheck = "true";
        task.NoPackages = "true";
        task.SelectionRules = "V033";
        task.IncludeModules = [new Microsoft.Build.Utilities.TaskItem("console@^1.2.0")];

        Assert.True(task.Execute(), build.Text);

        MirrorSyncSettings settings = engine.Given<MirrorSyncSettings>();
        Assert.Equal("registry.example/deckhouse/ee", settings.Source.Reference);
        Assert.Equal("target.example/mirror/ee", settings.Target.Reference);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "source.pem"), settings.Source.CaFile);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "target.pem"), settings.Target.CaFile);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "tmp"), settings.TmpDirectory);
        Assert.Equal("reader", settings.Source.CredentialNames.Login);
        Assert.Equal("robot", settings.Target.CredentialNames.Login);
        Assert.Null(settings.Source.Insecure);
        Assert.True(settings.Target.Insecure);
        Assert.Equal(BareRoot.Target, settings.BareRoot);
        Assert.True(settings.SkipAccessCheck);
        Assert.Equal(MirrorComponents.All & ~MirrorComponents.Packages, settings.Components);
        Assert.Equal("V033", settings.SelectionRules.ToString());
        Assert.Equal("console@^1.2.0", Assert.Single(settings.IncludeModules).Text);
    }

    [Fact]
    public void What_a_sync_did_comes_out()
    {
        var (task, _, engine) = TaskRun.Make<D8MirrorSync>(new ScriptedEngine());

        Assert.True(task.Execute());

        Assert.Equal("sync", engine.Verb);
        Assert.Equal((3L, 3L, 700L), (task.PushedCount, task.AlreadyThereCount, task.SentBytes));
        Assert.Equal(engine.Plan.ImageCount, task.ImageCount);
        Assert.Equal(["mirror/ee", "mirror/ee/install"], task.Repositories.Select(item => item.ItemSpec));
    }

    [Fact]
    public void A_sync_without_target_is_refused()
    {
        var (task, build, engine) = TaskRun.Make<D8MirrorSync>(new ScriptedEngine());
        task.Target = "";

        Assert.False(task.Execute());

        Assert.Equal("", engine.Verb);
        Assert.Contains("D8MirrorTarget", build.Text);
    }
}
