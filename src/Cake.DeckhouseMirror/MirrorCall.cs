using Cake.Core;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

/// <summary>One run of a verb for Cake: events into its log, signals cancel it, faults as its exception.</summary>
internal sealed class MirrorCall : IDisposable
{
    private readonly Interruption _interruption;
    private readonly IDisposable _listener;
    private readonly CakeLog _log;
    private readonly CiAnnotations _annotations;
    private readonly MirrorHost _host;

    public MirrorCall(ICakeContext context, IMirrorEngine? engine, Interruption interruption)
    {
        _interruption = interruption;
        IReadOnlyDictionary<string, string> variables = CakeVariables.Read(context.Environment);
        _log = new CakeLog(context.Log, new ConsoleTerminal(variables, Console.IsOutputRedirected));
        _annotations = new CiAnnotations(variables);
        _host = new MirrorHost(
            Write,
            path => new DirectoryPath(path).MakeAbsolute(context.Environment).FullPath,
            variables,
            engine);
        _listener = interruption.Listen();
    }

    public T Run<T>(MirrorVerb<T> verb)
    {
        try
        {
            return _host.Run((engine, progress) => StartAsync(verb, engine, progress));
        }
        catch (MirrorException exception)
        {
            throw FailureOf(exception);
        }
    }

    public async Task<T> RunAsync<T>(MirrorVerb<T> verb)
    {
        try
        {
            return await _host.RunAsync((engine, progress) => StartAsync(verb, engine, progress))
                .ConfigureAwait(false);
        }
        catch (MirrorException exception)
        {
            throw FailureOf(exception);
        }
    }

    public void Dispose()
    {
        _log.End();
        _listener.Dispose();
    }

    private async Task<T> StartAsync<T>(MirrorVerb<T> verb, IMirrorEngine engine, IProgress<MirrorEvent> progress)
    {
        // What came before this alias was told then.
        using CancellationTokenRegistration telling = _interruption.Token.IsCancellationRequested
            ? default
            : _interruption.Token.Register(() => progress.Report(new StopRequested(_interruption.Signal!)));
        return await verb(engine, progress, _interruption.Token).ConfigureAwait(false);
    }

    private void Write(MirrorEvent value, LogDetail detail)
    {
        _log.Write(value, detail);
        if (value is WarningRaised warning)
        {
            Annotate(warning.Fault, isWarning: true);
        }
    }

    /// <summary>
    /// Every fault is an error of the log, where it happens: a script that goes on after a failure
    /// (<c>ContinueOnError</c>) shows no exception. So the exception, which ends all other scripts, only names them.
    /// </summary>
    private CakeException FailureOf(MirrorException exception)
    {
        foreach (Fault fault in exception.Faults)
        {
            _log.Fail(fault);
            Annotate(fault, isWarning: false);
        }

        string codes = string.Join(", ", exception.Faults.Select(fault => fault.Code).Distinct());
        return new CakeException(
            ExitCodeOf(exception), $"The mirror failed: {codes}. The errors are in the log above.", exception)
        {
            HelpLink = exception.HelpLink,
        };
    }

    private void Annotate(Fault fault, bool isWarning)
    {
        foreach (CommandRaised command in _annotations.Create(fault, isWarning, CakeNames.NameOf))
        {
            _log.Write(command, LogDetail.Normal);
        }
    }

    /// <summary>For a script that decides by it: shells know 130 as Ctrl+C, and 2 as a wrong use.</summary>
    private static int ExitCodeOf(MirrorException exception) =>
        exception.Faults.Any(fault => fault.Code == FaultCode.Cancelled) ? 130
        : exception.Faults.All(fault => fault.Code.StartsWith("D8M1", StringComparison.Ordinal)) ? 2
        : 1;
}
