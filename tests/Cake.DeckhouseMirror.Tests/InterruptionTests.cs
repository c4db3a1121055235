using System.Runtime.InteropServices;
using Cake.Core;
using Cake.Core.Diagnostics;
using Mirror.Engine;
using Xunit;

namespace Cake.DeckhouseMirror.Tests;

public sealed class InterruptionTests
{
    private readonly ScriptContext _context = new();
    private readonly Interruption _interruption = new();

    [Fact]
    public void The_first_signal_cancels_and_the_second_keeps_its_default()
    {
        PosixSignalContext first = new(PosixSignal.SIGINT);
        PosixSignalContext second = new(PosixSignal.SIGTERM);

        _interruption.OnSignal(first);
        Assert.True(_interruption.Token.IsCancellationRequested);
        _interruption.OnSignal(second);

        Assert.True(first.Cancel);
        Assert.False(second.Cancel);
    }

    [Fact]
    public async Task A_signal_ends_the_run_as_a_failure()
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DeckhouseMirrorRunner runner = Runner(stop =>
        {
            started.SetResult();
            return Task.Delay(Timeout.Infinite, stop);
        });
        Task run = Task.Run(() => runner.Pull(new D8MirrorPullSettings()), TestContext.Current.CancellationToken);
        await started.Task;

        _interruption.OnSignal(new PosixSignalContext(PosixSignal.SIGTERM));

        CakeException failure = await Assert.ThrowsAsync<CakeException>(() => run);
        Assert.Contains("D8M8002", failure.Message);
        Assert.Equal(130, failure.ExitCode);
        Assert.Equal(
            [
                (Verbosity.Quiet, LogLevel.Error, "SIGTERM: stopping; no other mirror alias of this build will run. "
                    + "Send it again to end the process at once."),
                (Verbosity.Quiet, LogLevel.Error, "D8M8002: The pull was cancelled. Run it again to finish it."),
            ],
            _context.Recorded.Lines.Select(line => (line.Verbosity, line.Level, line.Text)));
    }

    [Fact]
    public async Task A_run_that_was_done_when_the_signal_came_has_failed_too()
    {
        DeckhouseMirrorRunner runner = Runner(_ =>
        {
            _interruption.OnSignal(new PosixSignalContext(PosixSignal.SIGINT));
            return Task.CompletedTask;
        });

        CakeException failure =
            await Assert.ThrowsAsync<CakeException>(() => runner.PushAsync(new D8MirrorPushSettings()));

        Assert.Contains("D8M8002", failure.Message);
        Assert.EndsWith("D8M8002: The push was cancelled. Run it again to finish it.", _context.Recorded.Text);
    }

    [Fact]
    public void A_cancellation_that_no_signal_asked_for_is_not_said_to_be_one() =>
        Assert.Throws<OperationCanceledException>(() =>
            Runner(_ => throw new OperationCanceledException()).Verify(new D8MirrorVerifySettings()));

    [Fact]
    public void After_a_signal_every_later_alias_is_refused_and_no_engine_is_called()
    {
        ScriptedEngine engine = new();
        DeckhouseMirrorRunner runner = new(_context, engine, _interruption);
        _interruption.OnSignal(new PosixSignalContext(PosixSignal.SIGINT));

        Assert.Throws<CakeException>(() => runner.Push(new D8MirrorPushSettings()));
        Assert.Throws<CakeException>(() => runner.Verify(new D8MirrorVerifySettings()));

        Assert.Empty(engine.Calls);
        Assert.Equal(
            [
                "D8M8002: The push was cancelled before it started. Run it again to finish it.",
                "D8M8002: The verification was cancelled before it started. Run it again to finish it.",
            ],
            _context.Recorded.Lines.Select(line => line.Text));
    }

    [Fact]
    public void Aliases_that_run_at_once_share_the_signals_and_listen_until_the_last_has_ended()
    {
        IDisposable first = _interruption.Listen();
        IDisposable second = _interruption.Listen();
        first.Dispose();
        first.Dispose();
        Assert.True(_interruption.IsListening);

        second.Dispose();

        Assert.False(_interruption.IsListening);
    }

    private DeckhouseMirrorRunner Runner(Func<CancellationToken, Task> script) =>
        new(_context, new ScriptedEngine((_, stop) => script(stop)), _interruption);
}
