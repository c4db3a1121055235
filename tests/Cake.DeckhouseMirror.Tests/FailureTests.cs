using Cake.Core;
using Cake.Core.Diagnostics;
using Mirror.Engine;
using Mirror.Engine.Deckhouse.Source;
using Xunit;

namespace Cake.DeckhouseMirror.Tests;

public sealed class FailureTests
{
    private const string Canary = "canary-4711";

    private static readonly Fault _first = new("D8M2006", "The registry {0} refused the login.", "Set the licence.");
    private static readonly Fault _second = new("D8M3003", "The tag v9 is missing.", "Name another.");

    private readonly ScriptContext _context = new();

    [Fact]
    public async Task Every_fault_is_an_error_of_the_log_and_the_exception_names_it()
    {
        MirrorException cause = new([_first, _second]);
        DeckhouseMirrorRunner runner = new(_context, new ScriptedEngine((_, _) => throw cause));

        CakeException failure = Assert.Throws<CakeException>(() => runner.Pull(new D8MirrorPullSettings()));
        CakeException later = await Assert.ThrowsAsync<CakeException>(
            () => runner.VerifyAsync(new D8MirrorVerifySettings()));

        Assert.Equal(
            [
                (Verbosity.Quiet, LogLevel.Error, "D8M2006: The registry {0} refused the login. Set the licence."),
                (Verbosity.Quiet, LogLevel.Error, "D8M3003: The tag v9 is missing. Name another."),
            ],
            _context.Recorded.Lines.Take(2).Select(line => (line.Verbosity, line.Level, line.Text)));
        Assert.Equal("The mirror failed: D8M2006, D8M3003. The errors are in the log above.", failure.Message);
        Assert.Equal(failure.Message, later.Message);
        Assert.Same(cause, failure.InnerException);
        Assert.Equal([_first.HelpLink, _first.HelpLink], [cause.HelpLink, failure.HelpLink]);
    }

    [Fact]
    public void A_fault_names_settings_by_the_members_of_the_settings_of_scripts()
    {
        DeckhouseMirrorRunner runner = new(_context, new ScriptedEngine((progress, _) =>
        {
            progress.Report(new WarningRaised(DeckhouseFaults.NoSecurityDatabases("registry/ee/security/db:2", [])));
            throw new MirrorException(DeckhouseFaults.NoChannels("registry/ee/release-channel"));
        }));

        Assert.Throws<CakeException>(() => runner.Pull(new D8MirrorPullSettings()));

        Assert.EndsWith(
            "Name one release with DeckhouseTag, or check the path in Source and that the licence covers this edition.",
            _context.Recorded.Text);
        Assert.Contains("Set NoSecurityDb to exclude them", _context.Recorded.Text);
    }

    [Theory]
    [InlineData("D8M1001", 2)]
    [InlineData("D8M1001,D8M1010", 2)]
    [InlineData("D8M1001,D8M2006", 1)]
    [InlineData("D8M2006", 1)]
    [InlineData("D8M8002", 130)]
    public void The_exit_code_tells_wrong_settings_and_a_cancellation_from_other_failures(string codes, int exitCode)
    {
        MirrorException cause = new([.. codes.Split(',').Select(code => new Fault(code, "It failed.", "Look."))]);
        DeckhouseMirrorRunner runner = new(_context, new ScriptedEngine((_, _) => throw cause));

        CakeException failure = Assert.Throws<CakeException>(() => runner.Pull(new D8MirrorPullSettings()));

        Assert.Equal(exitCode, failure.ExitCode);
    }

    [Fact]
    public void What_was_sent_before_a_failure_is_logged()
    {
        DeckhouseMirrorRunner runner = new(_context, new ScriptedEngine((progress, _) =>
        {
            progress.Report(new(MirrorEventLevel.Milestone, "half way"));
            throw new MirrorException(_first);
        }));

        Assert.Throws<CakeException>(() => runner.Push(new D8MirrorPushSettings()));
        Assert.Equal(["half way", _first.ToString()], _context.Recorded.Lines.Select(line => line.Text));
    }

    [Fact]
    public void All_malformed_settings_are_reported_at_once_by_the_alias()
    {
        _context.Machine.Variables["D8_MIRROR_TIMEOUT"] = "soon";

        Assert.Throws<CakeException>(() => _context.D8MirrorPull(new D8MirrorPullSettings
        {
            Transfer = new() { MaxConnections = 0 },
            SinceVersion = "newest",
        }));

        string[] lines = [.. _context.Recorded.Lines.Select(line => line.Text)];
        Assert.Equal(4, lines.Length);
        foreach ((string code, string label) in (ReadOnlySpan<(string, string)>)[
            ("D8M1001", "BundleDirectory"), ("D8M1002", "D8_MIRROR_TIMEOUT"),
            ("D8M1003", "MaxConnections"), ("D8M1010", "SinceVersion")])
        {
            Assert.Contains(label, Assert.Single(lines, line => line.Contains(code + ": ")));
        }
    }

    [Fact]
    public void No_secret_is_in_the_log_or_in_the_exception()
    {
        _context.Machine.Variables["MIRROR_DEBUG_LOG"] = "4";
        _context.Machine.Variables["D8_MIRROR_REGISTRY_LOGIN"] = "robot";
        _context.Machine.Variables["D8_MIRROR_REGISTRY_PASSWORD"] = Canary;

        CakeException failure = Assert.Throws<CakeException>(() => _context.D8MirrorPull(new D8MirrorPullSettings
        {
            Source = new($"robot:{Canary}@127.0.0.1:9/deckhouse/ee") { Credential = new("robot", Canary) },
            BundleDirectory = "bundle",
            LicenseToken = Canary,
            Credential = new("", Canary),
        }));

        Assert.Contains("D8M1007", failure.Message);
        Assert.DoesNotContain(Canary, failure.ToString());
        Assert.DoesNotContain(Canary, _context.Recorded.Text);
    }

    [Fact]
    public void An_exception_of_the_engine_that_is_no_fault_comes_through()
    {
        DeckhouseMirrorRunner runner = new(
            _context, new ScriptedEngine((_, _) => throw new InvalidOperationException("out of order")));

        Assert.Throws<InvalidOperationException>(() => runner.Plan(new D8MirrorPullSettings()));
    }
}
