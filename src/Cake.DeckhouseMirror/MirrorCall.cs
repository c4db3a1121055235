using Cake.Core;
using Mirror.Engine;
using Mirror.Engine.Events;
using MirrorLevel = Mirror.Engine.Events.LogLevel;

namespace Cake.DeckhouseMirror;

/// <summary>One run of a verb for Cake: events into its log, signals cancel it, faults as its exception.</summary>
internal sealed class MirrorCall : IDisposable
{
    private readonly string _name;
    private readonly Interruption _interruption;
    private readonly IMirrorEngine _engine;
    private readonly CakeLog _log;
    private readonly EventPump _events = new();

    public MirrorCall(ICakeContext context, IMirrorEngine? engine, string name, Interruption interruption)
    {
        _name = name;
        _interruption = interruption;
        IReadOnlyDictionary<string, string> variables = CakeVariables.Read(context.Environment);
        _engine = engine ?? new MirrorEngine(variables, TimeProvider.System);
        _log = new CakeLog(
            context.Log,
            MirrorLevel.Read(variables, out Fault? levelFault),
            new ConsoleTerminal(variables, Console.IsOutputRedirected));
        if (levelFault is not null)
        {
            _log.Warn(levelFault);
        }
    }

    public void Run(Func<IMirrorEngine, IProgress<MirrorEvent>, CancellationToken, Task> verb)
    {
        try
        {
            _events.Run(() => verb(_engine, _events, _interruption.Token), _log.Write);
            _interruption.Token.ThrowIfCancellationRequested();
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            throw FailureOf(exception);
        }
    }

    public async Task RunAsync(Func<IMirrorEngine, IProgress<MirrorEvent>, CancellationToken, Task> verb)
    {
        try
        {
            await _events.RunAsync(() => verb(_engine, _events, _interruption.Token), _log.Write).ConfigureAwait(false);
            _interruption.Token.ThrowIfCancellationRequested();
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            throw FailureOf(exception);
        }
    }

    public void Dispose()
    {
        _log.End();
        _interruption.Dispose();
    }

    // Also a run that was done when the signal came has been cancelled: whoever sent it wants the script to end.
    private bool IsFailure(Exception exception) =>
        exception is MirrorException || (exception is OperationCanceledException && _interruption.IsRequested);

    private CakeException FailureOf(Exception exception)
    {
        IEnumerable<Fault> faults = exception is MirrorException mirror
            ? mirror.Faults
            : [new(FaultCode.Cancelled, $"The {_name} was cancelled.", "Run the script again to finish it.")];
        return new CakeException(string.Join(Environment.NewLine, faults), exception);
    }
}
