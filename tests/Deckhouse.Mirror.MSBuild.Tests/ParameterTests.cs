using System.Reflection;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mirror.Engine;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Settings.Texts;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

public sealed class ParameterTests
{
    [Fact]
    public void Items_become_rules_with_their_version_as_metadata_or_in_the_name()
    {
        var (task, _, engine) = TaskRun.Pull();
        TaskItem versioned = new("prometheus");
        versioned.SetMetadata("Version", "^1.2.0");
        task.IncludeModules = [new TaskItem("console"), versioned, new TaskItem("neuvector@~1.3.0")];

        Assert.True(task.Execute());

        Assert.Equal(
            ["console", "prometheus@^1.2.0", "neuvector@~1.3.0"],
            Pull(engine).IncludeModules.Select(rule => rule.ToString()));
    }

    [Fact]
    public void A_list_of_the_command_line_is_one_item_with_the_semicolons_that_were_escaped()
    {
        var (task, _, engine) = TaskRun.Pull();
        task.IncludeModules = [new TaskItem("console"), new TaskItem("neuvector@1.*%3B prometheus@>=1.0 <2.0%3B")];

        Assert.True(task.Execute());

        Assert.Equal(
            ["console", "neuvector@1.*", "prometheus@>=1.0 <2.0"],
            Pull(engine).IncludeModules.Select(rule => rule.ToString()));
    }

    [Fact]
    public void Relative_paths_start_from_the_projects_folder_and_full_ones_stay()
    {
        string full = Path.Combine(Path.GetTempPath(), "elsewhere");
        var (task, _, engine) = TaskRun.Pull();
        task.BundleDirectory = "out/../bundle";
        task.TmpDir = full;
        task.ReportFile = " report.json ";
        task.CaFile = "ca.pem";
        task.SourceCaFile = "source.pem";

        Assert.True(task.Execute());

        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "bundle"), Pull(engine).BundleDirectory);
        Assert.Equal(full, Pull(engine).TmpDirectory);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "report.json"), Pull(engine).ReportFile);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "ca.pem"), Pull(engine).CaFile);
        Assert.Equal(Path.Combine(TaskRun.ProjectDirectory, "source.pem"), Pull(engine).Source.CaFile);
    }

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public void Backslashes_separate_folders_in_every_path_on_every_system_as_in_MSBuilds_own_tasks(Type type)
    {
        var (task, build, engine) = TaskRun.Make(type, new ScriptedEngine());
        PropertyInfo[] paths =
        [
            .. TaskValues.ParametersOf(type).Where(parameter => SettingsTable.Find(TaskValues.NameOf(parameter))!.Kind
                is SettingKind.Path or SettingKind.Paths),
        ];
        foreach (PropertyInfo path in paths)
        {
            string text = $@"out\{path.Name}.json";
            path.SetValue(task, path.PropertyType == typeof(string) ? text : new ITaskItem[] { new TaskItem(text) });
        }

        Assert.True(task.Execute(), build.Text);

        Assert.Equal(
            paths.Select(path => Path.Combine(TaskRun.ProjectDirectory, "out", path.Name + ".json")).Order(),
            SettingsDump.ValuesOf(engine.Settings!)
                .Where(value => value.EndsWith(".json", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void An_empty_property_is_one_that_is_not_set()
    {
        var (task, _, engine) = TaskRun.Pull();
        task.MaxConnections = "";
        task.Force = " ";
        task.ReportFile = "";
        task.CaFile = "";

        Assert.True(task.Execute());

        Assert.Equal(new TransferLimits().MaxConnections, Pull(engine).Transfer.MaxConnections);
        Assert.False(Pull(engine).Force);
        Assert.Null(Pull(engine).ReportFile);
        Assert.Null(Pull(engine).CaFile);
    }

    [Fact]
    public void Texts_arrive_as_settings()
    {
        var (task, _, engine) = TaskRun.Pull();
        task.MaxConnections = "3";
        task.NoSecurityDb = "true";
        task.AllowedRealms = "auth.example;login.example";

        Assert.True(task.Execute());

        Assert.Equal(3, Pull(engine).Transfer.MaxConnections);
        Assert.False(Pull(engine).Components.HasFlag(MirrorComponents.SecurityDb));
        Assert.Equal(["auth.example", "login.example"], Pull(engine).AllowedRealms);
    }

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public void Each_task_calls_its_verb_with_the_full_path_of_the_bundle(Type type)
    {
        var (task, _, engine) = TaskRun.Make(type, new ScriptedEngine());

        Assert.True(task.Execute());

        Assert.Equal(
            type.Name switch
            {
                nameof(D8MirrorCheck) => "check target",
                nameof(D8MirrorDiff) => "diff",
                nameof(D8MirrorInventory) => "inventory",
                nameof(D8MirrorLock) => "lock",
                nameof(D8MirrorLockCheck) => "check",
                nameof(D8MirrorMerge) => "merge",
                nameof(D8MirrorPlan) => "plan",
                nameof(D8MirrorPull) => "pull",
                nameof(D8MirrorPush) => "push",
                nameof(D8MirrorSync) => "sync",
                nameof(D8MirrorVerify) => "verify",
                _ => "gost",
            },
            engine.Verb);
        if (type != typeof(D8MirrorSync) && type != typeof(D8MirrorDiff))
        {
            Assert.Equal(
                Path.Combine(TaskRun.ProjectDirectory, "bundle"),
                engine.Settings!.GetType().GetProperty("BundleDirectory")!.GetValue(engine.Settings));
        }
    }

    [Fact]
    public void The_environment_of_the_process_is_read_when_a_task_runs()
    {
        // A name that no other test reads.
        const string Variable = "MIRROR_TEST_OF_PARAMETERS";
        var (task, build, _) = TaskRun.Pull();
        task.Variables = null;
        task.LicenseVariable = Variable;
        Environment.SetEnvironmentVariable(Variable, "licence");
        try
        {
            Assert.True(task.Execute(), build.Text);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }

        Assert.False(task.Execute());
        Assert.StartsWith(
            "The environment variable that D8MirrorLicenseVariable names is not set.",
            Assert.Single(build.Errors).Message);
    }

    [Fact]
    public void Secrets_of_the_environment_are_never_logged()
    {
        const string Canary = "canary-5d1f";
        var (task, build, _) = TaskRun.Pull(
            (_, _) => throw new InvalidOperationException("stop"),
            ("D8_MIRROR_LICENSE_TOKEN", Canary),
            ("D8_MIRROR_SOURCE_LOGIN", "robot"),
            ("D8_MIRROR_SOURCE_PASSWORD", Canary),
            ("MY_LICENCE", Canary),
            ("MIRROR_DEBUG_LOG", "4"));
        task.LicenseVariable = "MY_LICENCE";

        task.Execute();

        Assert.NotEmpty(build.Text);
        Assert.DoesNotContain(Canary, build.Text);
    }

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public void The_tasks_are_marked_as_safe_for_multithreaded_builds(Type task) =>
        Assert.Contains(
            task.GetCustomAttributesData(),
            attribute => attribute.AttributeType.FullName
                == "Microsoft.Build.Framework.MSBuildMultiThreadableTaskAttribute");

    private static MirrorPullSettings Pull(ScriptedEngine engine) => engine.Given<MirrorPullSettings>();
}
