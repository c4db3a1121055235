using System.Runtime.InteropServices;
using Cake.Core;
using Mirror.Engine;
using Xunit;

namespace Cake.DeckhouseMirror.Tests;

public sealed class InterruptionTests : IDisposable
{
    private readonly ScriptContext _context = new();
    private readonly Interruption _interruption = new();

    public void Dispose() => _interruption.Dispose();

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
        Assert.StartsWith("D8M8002: The pull was cancelled. ", failure.Message);
        Assert.Equal(130, failure.ExitCode);
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

        Assert.StartsWith("D8M8002: The push was cancelled. ", failure.Message);
    }

    [Fact]
    public void A_cancellation_that_no_signal_asked_for_is_not_said_to_be_one() =>
        Assert.Throws<OperationCanceledException>(() =>
            Runner(_ => throw new OperationCanceledException()).Verify(new D8MirrorVerifySettings()));

    [Fact]
    public void A_signal_that_comes_when_the_run_has_ended_does_no_harm()
    {
        using Interruption listening = Interruption.Listen();
        listening.Dispose();

        listening.OnSignal(new PosixSignalContext(PosixSignal.SIGINT));

        Assert.True(listening.Token.IsCancellationRequested);
    }

    private DeckhouseMirrorRunner Runner(Func<CancellationToken, Task> script) =>
        new(_context, new ScriptedEngine((_, stop) => script(stop)), () => _interruption);
}
