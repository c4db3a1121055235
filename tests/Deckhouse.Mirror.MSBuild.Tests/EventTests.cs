using Microsoft.Build.Framework;
using Mirror.Engine;
using Mirror.Engine.Tests.Plan;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

public sealed class EventTests
{
    [Fact]
    public void Events_of_any_thread_are_logged_in_order_on_the_tasks_own_thread()
    {
        var (task, build, _) = TaskRun.Pull(async (progress, stop) =>
        {
            for (int number = 0; number < 200; number++)
            {
                int current = number;
                await Task.Run(() => progress.Report(new(MirrorEventLevel.Milestone, $"line {current}")), stop);
            }
        });

        Assert.True(task.Execute());

        Assert.Equal(
            Enumerable.Range(0, 200).Select(number => $"line {number}"),
            build.Messages.Select(message => message.Message!)
                .Where(text => text.StartsWith("line ", StringComparison.Ordinal)));
        Assert.Equal([Environment.CurrentManagedThreadId], build.Threads.Distinct());
    }

    [Fact]
    public void What_was_sent_before_a_failure_is_logged_before_its_error()
    {
        var (task, build, _) = TaskRun.Pull((progress, _) =>
        {
            progress.Report(new(MirrorEventLevel.Milestone, "half way"));
            throw new InvalidOperationException("stop");
        });

        task.Execute();

        Assert.StartsWith("half way\n", build.Text);
    }

    [Fact]
    public void Nothing_is_logged_after_the_task_has_returned()
    {
        IProgress<MirrorEvent>? kept = null;
        var (task, build, _) = TaskRun.Pull((progress, _) =>
        {
            kept = progress;
            return Task.CompletedTask;
        });
        task.Execute();
        string before = build.Text;

        kept!.Report(new(MirrorEventLevel.Milestone, "too late"));

        Assert.Equal(before, build.Text);
    }

    [Theory]
    [MemberData(nameof(TaskRun.Tasks), MemberType = typeof(TaskRun))]
    public void Every_task_logs_the_events_of_its_run(Type type)
    {
        var (task, build, _) = TaskRun.Make(type, new ScriptedEngine((progress, _) =>
        {
            progress.Report(new(MirrorEventLevel.Milestone, "half way"));
            progress.Report(new WarningRaised(new("D8M1017", "No such folder is needed.", "Remove it.")));
            return Task.CompletedTask;
        }));

        Assert.True(task.Execute());

        Assert.Equal("half way", build.MessagesOf(MessageImportance.High).First());
        Assert.Equal("D8M1017", Assert.Single(build.Warnings).Code);
    }

    [Theory]
    [InlineData(null, null, "HNNL")]
    [InlineData("0", null, "HNNL")]
    [InlineData("1", null, "HNNL")]
    [InlineData("2", null, "HHNL")]
    [InlineData("3", null, "HHHL")]
    [InlineData("4", null, "HHHH")]
    [InlineData(null, "4", "HHHH")]
    [InlineData("2", "4", "HHNL")]
    public void Levels_are_importances_and_the_variables_raise_them(string? mirror, string? d8, string expected)
    {
        var (task, build, _) = TaskRun.Pull(SendAllLevels, Variables(mirror, d8));

        Assert.True(task.Execute());

        Assert.Equal(expected, string.Concat(build.Messages.Take(4).Select(message => $"{message.Importance}"[0])));
        Assert.Empty(build.Warnings);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("debug")]
    [InlineData("-1")]
    public void A_malformed_level_is_a_warning_and_changes_nothing(string text)
    {
        var (task, build, _) = TaskRun.Pull(SendAllLevels, Variables(text, "4"));

        Assert.True(task.Execute());

        BuildWarningEventArgs warning = Assert.Single(build.Warnings);
        Assert.Equal("D8M1002", warning.Code);
        Assert.Contains($"MIRROR_DEBUG_LOG is '{text}'", warning.Message);
        Assert.Equal("HNNL", string.Concat(build.Messages.Take(4).Select(message => $"{message.Importance}"[0])));
    }

    [Fact]
    public void A_pull_ends_with_the_line_that_the_terminal_logger_shows()
    {
        var (task, build, _) = TaskRun.Pull();

        Assert.True(task.Execute());

        Assert.Equal(
            $"airgap -> {Path.Combine(TaskRun.ProjectDirectory, "bundle")}",
            build.MessagesOf(MessageImportance.High).Last());
    }

    [Fact]
    public void A_push_ends_with_such_a_line_about_its_target()
    {
        var (task, build, _) = TaskRun.Make<D8MirrorPush>(new ScriptedEngine { Plan = SamplePlan.AtTarget() });

        Assert.True(task.Execute());

        Assert.Equal("airgap -> target.example/mirror/ee", build.MessagesOf(MessageImportance.High).Last());
    }

    [Fact]
    public void A_plan_ends_with_such_a_line_about_its_size()
    {
        ScriptedEngine engine = new();
        var (task, build, _) = TaskRun.Make<D8MirrorPlan>(engine);

        Assert.True(task.Execute());

        Assert.Equal($"airgap -> {engine.Plan}", build.MessagesOf(MessageImportance.High).Last());
    }

    [Theory]
    [InlineData(typeof(D8MirrorVerify))]
    [InlineData(typeof(VerifyGostDigest))]
    public void What_makes_nothing_has_no_such_line(Type type)
    {
        var (task, build, _) = TaskRun.Make(type, new ScriptedEngine());

        Assert.True(task.Execute());
        Assert.DoesNotContain("->", build.Text);
    }

    private static Task SendAllLevels(IProgress<MirrorEvent> progress, CancellationToken stop)
    {
        for (var level = MirrorEventLevel.Milestone; level <= MirrorEventLevel.Request; level++)
        {
            progress.Report(new(level, $"level {level}"));
        }

        return Task.CompletedTask;
    }

    private static (string Name, string Value)[] Variables(string? mirror, string? d8) =>
    [
        .. new[] { ("MIRROR_DEBUG_LOG", mirror), ("D8_LOG_LEVEL", d8) }
            .Where(variable => variable.Item2 is not null)
            .Select(variable => (variable.Item1, variable.Item2!)),
    ];
}
