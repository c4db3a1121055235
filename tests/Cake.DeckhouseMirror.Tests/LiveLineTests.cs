using Cake.Core.Diagnostics;
using Mirror.Engine;
using Xunit;

namespace Cake.DeckhouseMirror.Tests;

public sealed class LiveLineTests
{
    private const string Half = "[##########..........]  50% half way";

    private readonly RecordingTerminal _terminal = new();

    [Fact]
    public void Progress_is_one_line_that_is_written_over_itself()
    {
        CakeLog log = Log();

        log.Write(Progress(25, "a quarter, and a long text"), LogDetail.Normal);
        log.Write(Progress(50, "half way", MirrorEventLevel.Request), LogDetail.Diagnostic);

        Assert.Equal([Half], _terminal.Screen);
    }

    [Fact]
    public void A_line_of_the_log_stands_above_the_live_line()
    {
        CakeLog log = Log();

        log.Write(Progress(50, "half way"), LogDetail.Normal);
        log.Write(new MirrorEvent(MirrorEventLevel.Milestone, "platform.tar is whole"), LogDetail.Normal);
        log.Write(new WarningRaised(new Fault("D8M2001", "It is slow.", "Wait.")), LogDetail.Normal);

        Assert.Equal(["platform.tar is whole", "D8M2001: It is slow. Wait.", Half], _terminal.Screen);
    }

    [Fact]
    public void What_the_log_does_not_show_leaves_the_live_line_alone()
    {
        CakeLog log = Log();

        log.Write(Progress(50, "half way"), LogDetail.Normal);
        log.Write(new MirrorEvent(MirrorEventLevel.Request, "GET /v2/"), LogDetail.Diagnostic);

        Assert.Equal([Half], _terminal.Screen);
    }

    [Fact]
    public void The_end_of_a_transfer_is_a_line_of_the_log_and_the_live_line_is_gone()
    {
        CakeLog log = Log();

        log.Write(Progress(50, "half way"), LogDetail.Normal);
        log.Write(new TransferProgressed(100, 100, 4, 4, "blobs", "100 B of 100 B"), LogDetail.Normal);
        log.End();

        Assert.Equal(["100 B of 100 B", ""], _terminal.Screen);
    }

    [Fact]
    public void A_run_that_fails_leaves_no_live_line_behind()
    {
        CakeLog log = Log();

        log.Write(Progress(50, "half way"), LogDetail.Normal);
        log.End();

        Assert.Equal([""], _terminal.Screen);
    }

    [Fact]
    public void It_is_never_wider_than_the_terminal()
    {
        RecordingTerminal narrow = new() { Width = 20 };

        Log(narrow).Write(Progress(50, "half way"), LogDetail.Normal);

        Assert.Equal([Half[..19]], narrow.Screen);
    }

    [Theory]
    [InlineData(false, Verbosity.Normal)]
    [InlineData(true, Verbosity.Diagnostic)]
    public void Without_somebody_who_watches_and_where_everything_is_shown_progress_is_lines(
        bool isInteractive, Verbosity verbosity)
    {
        RecordingTerminal terminal = new() { IsInteractive = isInteractive };
        CakeLog log = Log(terminal, verbosity);

        log.Write(Progress(25, "a quarter"), LogDetail.Normal);
        log.Write(Progress(50, "half way"), LogDetail.Normal);

        Assert.Equal(["a quarter", "half way", ""], terminal.Screen);
    }

    [Theory]
    [InlineData(Verbosity.Quiet)]
    [InlineData(Verbosity.Minimal)]
    public void Who_wants_no_lines_gets_no_live_line(Verbosity verbosity)
    {
        Log(_terminal, verbosity).Write(Progress(50, "half way"), LogDetail.Normal);

        Assert.Equal([""], _terminal.Screen);
    }

    [Theory]
    [InlineData(true, "", "", false)]
    [InlineData(false, "", "", true)]
    [InlineData(false, "TERM", "xterm", true)]
    [InlineData(false, "TERM", "dumb", false)]
    [InlineData(false, "CI", "true", false)]
    [InlineData(false, "CI", "false", true)]
    [InlineData(false, "TF_BUILD", "True", false)]
    [InlineData(false, "GITLAB_CI", "true", false)]
    [InlineData(false, "TEAMCITY_VERSION", "2026.1", false)]
    public void Somebody_watches_a_terminal_that_is_no_pipe_and_not_that_of_a_CI_system(
        bool isRedirected, string name, string value, bool expected) =>
        Assert.Equal(
            expected,
            new ConsoleTerminal(new Dictionary<string, string> { [name] = value }, isRedirected).IsInteractive);

    [Theory]
    [InlineData(Verbosity.Quiet)]
    [InlineData(Verbosity.Minimal)]
    [InlineData(Verbosity.Normal)]
    [InlineData(Verbosity.Diagnostic)]
    public void A_command_to_a_CI_system_passes_the_log_at_every_verbosity(Verbosity verbosity)
    {
        RecordingLog recorded = new() { Verbosity = verbosity };
        CakeLog log = new(recorded, _terminal);

        log.Write(Progress(50, "half way", MirrorEventLevel.Request), LogDetail.Diagnostic);
        log.Write(new CommandRaised("##vso[task.uploadsummary]/a/{0}.md"), LogDetail.Normal);
        log.End();

        Assert.Equal(["##vso[task.uploadsummary]/a/{0}.md", ""], _terminal.Screen);
        Assert.DoesNotContain("##", recorded.Text);
    }

    private static TransferProgressed Progress(
        int done, string message, MirrorEventLevel level = MirrorEventLevel.Milestone) =>
        new(done, 100, done / 25, 4, "blobs", message) { Level = level };

    private CakeLog Log() => Log(_terminal);

    private static CakeLog Log(RecordingTerminal terminal, Verbosity verbosity = Verbosity.Normal) =>
        new(new TerminalLog(terminal) { Verbosity = verbosity }, terminal);
}
