using Cake.Core;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

/// <summary>One run of a verb for Cake: events into its log, signals cancel it, faults as its exception.</summary>
internal sealed class MirrorCall : IDisposable
{
    private readonly Interruption _interruption;
    private readonly CakeLog _log;
    private readonly MirrorHost _host;

    public MirrorCall(ICakeContext context, IMirrorEngine? engine, Interruption interruption)
    {
        _interruption = interruption;
        IReadOnlyDictionary<string, string> variables = CakeVariables.Read(context.Environment);
        _log = new CakeLog(context.Log, new ConsoleTerminal(variables, Console.IsOutputRedirected));
        _host = new MirrorHost(
            _log.Write,
            path => new DirectoryPath(path).MakeAbsolute(context.Environment).FullPath,
            variables,
            engine);
    }

    public T Run<T>(MirrorVerb<T> verb)
    {
        try
        {
            return _host.Run((engine, progress) => verb(engine, progress, _interruption.Token));
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
            return await _host.RunAsync((engine, progress) => verb(engine, progress, _interruption.Token))
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
        _interruption.Dispose();
    }

    private static CakeException FailureOf(MirrorException exception) =>
        new(ExitCodeOf(exception), string.Join(Environment.NewLine, exception.Faults), exception);

    /// <summary>For a script that decides by it: shells know 130 as Ctrl+C, and 2 as a wrong use.</summary>
    private static int ExitCodeOf(MirrorException exception) =>
        exception.Faults.Any(fault => fault.Code == FaultCode.Cancelled) ? 130
        : exception.Faults.All(fault => fault.Code.StartsWith("D8M1", StringComparison.Ordinal)) ? 2
        : 1;
}
