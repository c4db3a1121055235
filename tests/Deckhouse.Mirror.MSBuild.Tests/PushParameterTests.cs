using Microsoft.Build.Utilities;
using Mirror.Engine;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>What the tasks that read a bundle are given.</summary>
public sealed class PushParameterTests
{
    private const string Canary = "canary-40be";

    private static readonly string _elsewhere = Path.Combine(Path.GetTempPath(), "elsewhere", "security.tar");

    private static readonly string[] _full =
    [
        Path.Combine(TaskRun.ProjectDirectory, "module-console.tar"),
        Path.Combine(TaskRun.ProjectDirectory, "more", "platform.tar.0000.chunk"),
        _elsewhere,
    ];

    // The metadata is what an item of a filter would have; here it must not become part of a path.
    private static readonly TaskItem[] _items =
    [
        new(" module-console.tar ", new Dictionary<string, string> { ["Version"] = "1.0.0" }),
        new("out/../more/platform.tar.0000.chunk"),
        new(_elsewhere),
    ];

    [Fact]
    public void Relative_paths_of_a_push_start_from_the_projects_folder()
    {
        var (task, _, engine) = TaskRun.Make<D8MirrorPush>(new ScriptedEngine());
        task.Files = _items;
        task.CaFile = "ca.pem";
        task.TargetCaFile = "target.pem";
        task.ReportFile = "push.md";
        task.TmpDir = "tmp";

        Assert.True(task.Execute());

        MirrorPushSettings settings = engine.Given<MirrorPushSettings>();
        Assert.Equal(_full, settings.Files);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "ca.pem"), settings.CaFile);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "target.pem"), settings.Target.CaFile);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "push.md"), settings.ReportFile);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "tmp"), settings.TmpDirectory);
    }

    [Fact]
    public void Verifications_take_single_files_in_place_of_a_folder()
    {
        var (verify, _, engine) = TaskRun.Make<D8MirrorVerify>(new ScriptedEngine());
        var (gost, _, gostEngine) = TaskRun.Make<VerifyGostDigest>(new ScriptedEngine());
        foreach (BundleFilesTask task in (BundleFilesTask[])[verify, gost])
        {
            task.BundleDirectory = "";
            task.Files = _items;
            task.ReportFile = "found.json";

            Assert.True(task.Execute());
        }

        MirrorVerifySettings given = engine.Given<MirrorVerifySettings>();
        MirrorVerifyGostDigestSettings gostGiven = gostEngine.Given<MirrorVerifyGostDigestSettings>();
        Assert.Equal(("", ""), (given.BundleDirectory, gostGiven.BundleDirectory));
        Assert.Equal(_full, given.Files);
        Assert.Equal(_full, gostGiven.Files);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "found.json"), given.ReportFile);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "found.json"), gostGiven.ReportFile);
    }

    [Fact]
    public void Texts_of_a_push_arrive_as_settings()
    {
        var (task, build, engine) = TaskRun.Make<D8MirrorPush>(new ScriptedEngine());
        task.TargetInsecure = "true";
        task.TargetModulesPathSuffix = "/mods";
        task.RegistryLogin = "robot";
        task.BareRoot = "Target";
        task.VerifyGostDigest = "true";
        task.SkipAccessCheck = "true";
        task.MaxConnections = "3";
        task.AllowedRealms = "auth.example;login.example";

        Assert.True(task.Execute(), build.Text);

        MirrorPushSettings settings = engine.Given<MirrorPushSettings>();
        Assert.Equal("target.example/mirror/ee", settings.Target.Reference);
        Assert.True(settings.Target.Insecure);
        Assert.Equal("/mods", settings.Target.ModulesPathSuffix);
        Assert.Equal("robot", settings.Target.CredentialNames.Login);
        Assert.Equal(BareRoot.Target, settings.BareRoot);
        Assert.True(settings.VerifyGostDigest);
        Assert.True(settings.SkipAccessCheck);
        Assert.Equal(3, settings.Transfer.MaxConnections);
        Assert.Equal(["auth.example", "login.example"], settings.AllowedRealms);
    }

    [Fact]
    public void What_a_push_is_not_told_is_as_the_engine_has_it()
    {
        var (task, _, engine) = TaskRun.Make<D8MirrorPush>(new ScriptedEngine());

        Assert.True(task.Execute());

        MirrorPushSettings settings = engine.Given<MirrorPushSettings>();
        Assert.Equal(BareRoot.Auto, settings.BareRoot);
        Assert.False(settings.VerifyGostDigest);
        Assert.False(settings.SkipAccessCheck);
        Assert.Empty(settings.Files);
        Assert.Null(settings.TmpDirectory);
    }

    [Fact]
    public void The_password_comes_from_the_variable_and_is_never_logged()
    {
        var (task, build, engine) = TaskRun.Make<D8MirrorPush>(
            new ScriptedEngine((_, _) => throw new InvalidOperationException("stop")),
            ("D8_MIRROR_REGISTRY_LOGIN", "robot"),
            ("D8_MIRROR_REGISTRY_PASSWORD", "of another registry"),
            ("MY_PASSWORD", Canary),
            ("MIRROR_DEBUG_LOG", "4"));
        task.RegistryPasswordVariable = "MY_PASSWORD";

        Assert.False(task.Execute());

        Assert.Equal("MY_PASSWORD", engine.Given<MirrorPushSettings>().Target.CredentialNames.PasswordVariable);
        Assert.Contains("stop", build.Text);
        Assert.DoesNotContain(Canary, build.Text);
        Assert.DoesNotContain("of another registry", build.Text);
    }
}
