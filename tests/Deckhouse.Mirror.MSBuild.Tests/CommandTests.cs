using Microsoft.Build.Framework;
using Mirror.Engine;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>Commands to CI systems go past the log, which shows them at no verbosity as they are.</summary>
public sealed class CommandTests
{
    private const string Command = "##vso[task.uploadsummary]/agent/temp/deckhouse-mirror-1.md";

    private static readonly Fault _fault = new("D8M2006", "It refused the login.", "Set the licence.");

    [Fact]
    public void A_command_is_a_line_of_standard_output_and_no_message()
    {
        using StringWriter output = new();
        var (task, build, _) = TaskRun.Pull(Raise);
        task.Commands = output;

        Assert.True(task.Execute());

        Assert.Equal(Environment.NewLine + Command + Environment.NewLine, output.ToString());
        Assert.DoesNotContain("##vso", build.Text);
    }

    [Fact]
    public void In_a_worker_process_a_command_is_a_message_because_standard_output_leads_nowhere()
    {
        var (task, build, _) = TaskRun.Pull(Raise);
        task.CommandLine = ["MSBuild.dll", "/nologo", "/nodemode:1"];

        Assert.True(task.Execute());

        Assert.Contains(Command, build.MessagesOf(MessageImportance.High));
    }

    [Theory]
    [InlineData(true, "dotnet", "build", "airgap.proj")]
    [InlineData(true, "MSBuild.dll", "/nodemode:8")]
    [InlineData(false, "MSBuild.dll", "/nodemode:1")]
    [InlineData(false, "MSBuild.exe", "/nodemode:2")]
    public void Only_the_process_of_the_user_and_the_server_have_an_output(bool hasOutput, params string[] arguments) =>
        Assert.Equal(hasOutput, CommandOutput.Find(arguments) is not null);

    [Fact]
    public void A_fault_and_a_warning_are_marked_at_their_place_in_the_project()
    {
        using StringWriter output = new();
        var (task, build, _) = TaskRun.Pull(
            (progress, _) =>
            {
                progress.Report(new WarningRaised(new("D8M2019", "It is plain HTTP.", "Use TLS.")));
                throw new MirrorException(_fault);
            },
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_WORKSPACE", TaskRun.ProjectDirectory));
        task.Commands = output;

        Assert.False(task.Execute());

        Assert.Equal(
            [
                "::warning file=airgap.proj,title=D8M2019::It is plain HTTP. Use TLS.",
                "::error file=airgap.proj,title=D8M2006::It refused the login. Set the licence.",
            ],
            Lines(output));
        Assert.Equal(("D8M2019", "D8M2006"), (build.Warnings.Single().Code, build.Errors.Single().Code));
    }

    [Theory]
    [InlineData("TF_BUILD", "-dl:CentralLogger,\"/a/Microsoft.TeamFoundation.DistributedTask.MSBuild.Logger.dll\"*Fwd")]
    [InlineData("TEAMCITY_VERSION", "/l:TeamCity.MSBuild.Logger.TeamCityMSBuildLogger,/a/l.dll;TeamCity")]
    [InlineData("TEAMCITY_VERSION", "/logger:JetBrains.BuildServer.MSBuildLoggers.MSBuildLogger,/a/l.dll")]
    public void What_a_logger_of_the_agent_reports_is_not_marked_again(string variable, string logger)
    {
        Assert.Single(MarksOf(variable, "build"));
        Assert.Empty(MarksOf(variable, "build", logger));
    }

    private static string[] MarksOf(string variable, params string[] arguments)
    {
        using StringWriter output = new();
        var (task, _, _) = TaskRun.Pull((_, _) => throw new MirrorException(_fault), (variable, "True"));
        task.Commands = output;
        task.CommandLine = arguments;
        Assert.False(task.Execute());
        return [.. Lines(output).Where(line => line.Contains("D8M2006", StringComparison.Ordinal))];
    }

    private static string[] Lines(StringWriter output) =>
        output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private static Task Raise(IProgress<MirrorEvent> progress, CancellationToken stop)
    {
        progress.Report(new CommandRaised(Command));
        return Task.CompletedTask;
    }
}
