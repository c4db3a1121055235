using Mirror.Engine;
using Xunit;

namespace Cake.DeckhouseMirror.Tests;

public sealed class EventTests
{
    private readonly ScriptContext _context = new();

    [Theory]
    [InlineData(null, null, "Normal/Information Verbose/Verbose Verbose/Verbose Diagnostic/Debug")]
    [InlineData("0", null, "Normal/Information Verbose/Verbose Verbose/Verbose Diagnostic/Debug")]
    [InlineData("2", null, "Normal/Information Normal/Information Verbose/Verbose Diagnostic/Debug")]
    [InlineData("3", "1", "Normal/Information Normal/Information Normal/Information Diagnostic/Debug")]
    [InlineData(null, "4", "Normal/Information Normal/Information Normal/Information Normal/Information")]
    public void Levels_are_verbosities_and_the_variables_of_Cake_raise_them(string? mirror, string? d8, string expected)
    {
        _context.Machine.Variables["MIRROR_DEBUG_LOG"] = mirror;
        _context.Machine.Variables["D8_LOG_LEVEL"] = d8;

        Plan((progress, _) =>
        {
            for (var level = MirrorEventLevel.Milestone; level <= MirrorEventLevel.Request; level++)
            {
                progress.Report(new(level, $"level {level}"));
            }

            return Task.CompletedTask;
        });

        Assert.Equal(
            expected, string.Join(' ', _context.Recorded.Lines.Select(line => $"{line.Verbosity}/{line.Level}")));
    }

    [Fact]
    public void A_malformed_level_is_a_warning_and_changes_nothing()
    {
        _context.Machine.Variables["MIRROR_DEBUG_LOG"] = "loud";

        Plan((progress, _) =>
        {
            progress.Report(new(MirrorEventLevel.Cause, "cause"));
            return Task.CompletedTask;
        });

        Assert.Equal(["Minimal/Warning", "Verbose/Verbose"], Places());
        Assert.StartsWith("D8M1002: The variable MIRROR_DEBUG_LOG is 'loud'", _context.Recorded.Lines[0].Text);
    }

    [Fact]
    public void A_warning_shows_code_and_advice()
    {
        Plan((progress, _) =>
        {
            progress.Report(new WarningRaised(new Fault("D8M3102", "There are no modules.", "Check {the} edition.")));
            return Task.CompletedTask;
        });

        Assert.Equal(["Minimal/Warning"], Places());
        Assert.Equal("D8M3102: There are no modules. Check {the} edition.", _context.Recorded.Text);
    }

    [Fact]
    public void Events_of_any_thread_are_logged_in_order_on_the_thread_of_the_task()
    {
        Plan(async (progress, stop) =>
        {
            for (int number = 0; number < 100; number++)
            {
                int current = number;
                await Task.Run(() => progress.Report(new(MirrorEventLevel.Milestone, $"line {current}")), stop);
            }
        });

        Assert.Equal(
            Enumerable.Range(0, 100).Select(number => $"line {number}"),
            _context.Recorded.Lines.Select(line => line.Text));
        Assert.Equal(
            [Environment.CurrentManagedThreadId], _context.Recorded.Lines.Select(line => line.Thread).Distinct());
    }

    [Fact]
    public async Task An_asynchronous_run_logs_everything_before_it_ends_and_nothing_after()
    {
        IProgress<MirrorEvent>? kept = null;
        ScriptedEngine engine = new((progress, _) =>
        {
            kept = progress;
            progress.Report(new(MirrorEventLevel.Milestone, "first"));
            progress.Report(new(MirrorEventLevel.Milestone, "second"));
            return Task.CompletedTask;
        });

        await new DeckhouseMirrorRunner(_context, engine).PullAsync(new D8MirrorPullSettings());
        kept!.Report(new(MirrorEventLevel.Milestone, "too late"));

        Assert.Equal("first\nsecond", _context.Recorded.Text);
    }

    private void Plan(Func<IProgress<MirrorEvent>, CancellationToken, Task> script) =>
        new DeckhouseMirrorRunner(_context, new ScriptedEngine(script)).Plan(new D8MirrorPullSettings());

    private IEnumerable<string> Places() =>
        _context.Recorded.Lines.Select(line => $"{line.Verbosity}/{line.Level}");
}
