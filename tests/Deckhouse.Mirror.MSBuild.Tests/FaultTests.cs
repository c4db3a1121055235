using Microsoft.Build.Framework;
using Mirror.Engine;
using Mirror.Engine.Deckhouse.Source;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

public sealed class FaultTests
{
    private static readonly Fault _first = new("D8M2006", "The registry {0} refused the login.", "Set the licence.");
    private static readonly Fault _second = new("D8M3003", "The tag v9 is missing.", "Name another.");

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public void Each_fault_is_an_error_with_code_help_link_and_the_projects_file(Type type)
    {
        var (task, build, _) = TaskRun.Make(
            type, new ScriptedEngine((_, _) => throw new MirrorException([_first, _second])));

        Assert.False(task.Execute());

        Assert.Equal(["D8M2006", "D8M3003"], build.Errors.Select(error => error.Code));
        BuildErrorEventArgs error = build.Errors.First();
        Assert.Equal("The registry {0} refused the login. Set the licence.", error.Message);
        Assert.Equal(TaskRun.ProjectFile, error.File);
        Assert.Equal(_first.HelpLink, error.HelpLink);
    }

    [Fact]
    public void A_warning_is_coded_and_does_not_fail_the_task()
    {
        var (task, build, _) = TaskRun.Pull((progress, _) =>
        {
            progress.Report(new WarningRaised(_second));
            return Task.CompletedTask;
        });

        Assert.True(task.Execute());

        BuildWarningEventArgs warning = Assert.Single(build.Warnings);
        Assert.Equal("D8M3003", warning.Code);
        Assert.Equal("The tag v9 is missing. Name another.", warning.Message);
        Assert.Equal(TaskRun.ProjectFile, warning.File);
        Assert.Equal(_second.HelpLink, warning.HelpLink);
    }

    [Fact]
    public void A_fault_names_settings_by_the_properties_of_the_project()
    {
        var (task, build, _) = TaskRun.Pull((progress, _) =>
        {
            progress.Report(new WarningRaised(DeckhouseFaults.NoSecurityDatabases("registry/ee/security/db:2", [])));
            throw new MirrorException(DeckhouseFaults.NoChannels("registry/ee/release-channel"));
        });

        Assert.False(task.Execute());

        Assert.EndsWith(
            "Name one release with D8MirrorDeckhouseTag, or check the path in D8MirrorSource and that the licence "
                + "covers this edition.",
            Assert.Single(build.Errors).Message);
        Assert.EndsWith(
            "Set D8MirrorNoSecurityDb to exclude them without this warning.", Assert.Single(build.Warnings).Message);
    }

    [Theory]
    [InlineData(typeof(D8MirrorPush), "D8MirrorMaxConnections", "D8MirrorVerifyGostDigest")]
    [InlineData(typeof(D8MirrorVerify), "D8MirrorBundleDirectory")]
    [InlineData(typeof(VerifyGostDigest), "D8MirrorBundleDirectory")]
    public void The_settings_that_are_wrong_are_named_as_the_project_named_them(Type type, params string[] names)
    {
        var (task, build, engine) = TaskRun.Make(type, new ScriptedEngine());
        if (task is D8MirrorPush push)
        {
            push.MaxConnections = "many";
            push.VerifyGostDigest = "perhaps";
        }
        else
        {
            ((BundleFilesTask)task).BundleDirectory = "";
        }

        Assert.False(task.Execute());

        Assert.Equal(names.Length, build.Errors.Count());
        Assert.All(names, name => Assert.Contains(build.Errors, error => error.Message!.Contains(name)));
        Assert.All(build.Errors, error => Assert.StartsWith("D8M1", error.Code));
        Assert.Null(engine.Settings);
    }

    [Theory]
    [InlineData(typeof(D8MirrorPlan), "The plan was cancelled before it started. ")]
    [InlineData(typeof(D8MirrorPull), "The pull was cancelled before it started. ")]
    [InlineData(typeof(D8MirrorPush), "The push was cancelled before it started. ")]
    [InlineData(typeof(D8MirrorVerify), "The verification was cancelled before it started. ")]
    [InlineData(typeof(VerifyGostDigest), "The verification of GOST sums was cancelled before it started. ")]
    public void A_cancelled_run_says_what_was_cancelled(Type type, string message)
    {
        var (task, build, _) = TaskRun.Make(type, new ScriptedEngine());
        task.Cancel();

        Assert.False(task.Execute());
        Assert.StartsWith(message, Assert.Single(build.Errors).Message);
    }

    [Fact]
    public void All_malformed_settings_are_reported_together_and_the_engine_is_not_called()
    {
        var (task, build, engine) = TaskRun.Pull();
        task.MaxConnections = "many";
        task.Timeout = "soon";
        task.BundleDirectory = "";

        Assert.False(task.Execute());

        Assert.Equal(3, build.Errors.Count());
        Assert.All(build.Errors, error => Assert.StartsWith("D8M1", error.Code));
        Assert.Null(engine.Settings);
    }

    [Fact]
    public void Faults_of_settings_come_in_the_order_of_the_project_and_others_as_they_were_found()
    {
        string folder = Directory.CreateTempSubdirectory("d8mirror-").FullName;
        try
        {
            string project = Path.Combine(folder, "airgap.proj");
            File.WriteAllText(project, """
                <Project><PropertyGroup>
                  <D8MirrorMaxConnections>many</D8MirrorMaxConnections>
                  <D8MirrorTimeout>soon</D8MirrorTimeout>
                </PropertyGroup></Project>
                """);
            SettingReference timeout = new("Timeout", "soon");
            var (found, foundBuild, _) = TaskRun.Pull((_, _) => throw new MirrorException(
                [_first with { Settings = [timeout] }, _second with { Settings = [new("Transfer.MaxConnections")] }]));
            var (wrong, wrongBuild, _) = TaskRun.Pull();
            (found.ProjectFile, wrong.ProjectFile) = (project, project);
            (wrong.Timeout, wrong.MaxConnections) = ("soon", "many");
            wrong.BundleDirectory = "";

            Assert.False(found.Execute());
            Assert.False(wrong.Execute());

            Assert.Equal(["D8M1001 at 1", "D8M1002 at 2", "D8M1002 at 3"], Places(wrongBuild));
            Assert.Equal(["D8M2006 at 3", "D8M3003 at 2"], Places(foundBuild));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static IEnumerable<string> Places(RecordingBuildEngine build) =>
            build.Errors.Select(error => $"{error.Code} at {error.LineNumber}");
    }

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public void Properties_that_hold_a_secret_are_named_and_the_engine_is_not_called(Type type)
    {
        var (task, build, engine) = TaskRun.Make(type, new ScriptedEngine());
        task.SecretProperties =
        [
            new Microsoft.Build.Utilities.TaskItem("D8MirrorPassword"),
            new Microsoft.Build.Utilities.TaskItem("D8MirrorLicense"),
        ];

        Assert.False(task.Execute());

        Assert.Equal(["D8M1008", "D8M1008"], build.Errors.Select(error => error.Code));
        Assert.StartsWith("D8MirrorPassword is set", build.Errors.First().Message);
        Assert.Contains("D8_MIRROR_SOURCE_PASSWORD", build.Errors.First().Message);
        Assert.StartsWith("D8MirrorLicense is set", build.Errors.Last().Message);
        Assert.Null(engine.Settings);
    }

    [Fact]
    public void A_folder_of_the_project_in_place_of_a_constraint_is_told_as_a_path()
    {
        string folder = Directory.CreateTempSubdirectory("d8mirror-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "d8-bundle"));
            var (task, build, _) = TaskRun.Pull();
            task.ProjectFile = Path.Combine(folder, "airgap.proj");
            task.IncludePlatform = "d8-bundle";

            Assert.False(task.Execute());
            Assert.Equal("D8M1012", Assert.Single(build.Errors).Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_unknown_exception_is_a_defect_with_its_trace_for_detailed_logs_only()
    {
        var (task, build, _) = TaskRun.Pull((_, _) => throw new InvalidOperationException("out of order"));

        Assert.False(task.Execute());

        BuildErrorEventArgs error = Assert.Single(build.Errors);
        Assert.Equal("D8M9001", error.Code);
        Assert.Contains("InvalidOperationException: out of order", error.Message);
        Assert.DoesNotContain("   at ", error.Message);
        Assert.Contains(build.MessagesOf(MessageImportance.Low), text => text.Contains("   at "));
    }

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public async Task A_cancelled_run_fails_with_its_own_code_however_often_it_is_cancelled(Type type)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var (task, build, _) = TaskRun.Make(type, new ScriptedEngine((_, stop) =>
        {
            started.SetResult();
            return Task.Delay(Timeout.Infinite, stop);
        }));
        Task<bool> execution = Task.Run(task.Execute, TestContext.Current.CancellationToken);
        await started.Task;

        task.Cancel();
        task.Cancel();

        Assert.False(await execution);
        task.Cancel();
        Assert.Equal(["D8M8002"], build.Errors.Select(error => error.Code));
        Assert.DoesNotContain(build.Messages, message => message.Message!.Contains("->"));
    }

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public void A_task_that_is_cancelled_before_it_runs_does_not_call_the_engine(Type type)
    {
        var (task, build, engine) = TaskRun.Make(type, new ScriptedEngine());
        task.Cancel();

        Assert.False(task.Execute());
        Assert.Equal("D8M8002", Assert.Single(build.Errors).Code);
        Assert.Null(engine.Settings);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_defect()
    {
        var (task, build, _) = TaskRun.Pull((_, _) => throw new OperationCanceledException());

        Assert.False(task.Execute());
        Assert.Equal("D8M9001", Assert.Single(build.Errors).Code);
    }
}
