using System.Diagnostics;
using System.Text.Json;
using Mirror.Engine.Tests.Kit;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// A process with <see cref="FailingLibrary"/> in front, which makes one run after the other: the start of the runtime
/// takes longer than a run. A new process follows when one ended, and after a number of runs.
/// </summary>
internal sealed class FailingProcess(FailingLibrary library, string watched, string log) : IDisposable
{
    private const int RunsOfOneProcess = 100;

    private Process? _process;
    private Task<string> _errors = Task.FromResult("");
    private int _runs;

    /// <summary>Makes one run.</summary>
    /// <param name="variables">What it does, as <see cref="ChildProcess"/> reads it.</param>
    /// <param name="call">The call that fails.</param>
    public async Task<FailingResult> RunAsync(IEnumerable<string> variables, FailedCall call)
    {
        if (_runs == RunsOfOneProcess)
        {
            Dispose();
        }

        _process ??= Start();
        _runs++;
        string[] request = [.. variables, $"{FailingRuns.Call}={call.Arguments}"];
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request));
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(FailingRuns.Result, StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize<FailingResult>(line[FailingRuns.Result.Length..])!;
            }
        }

        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        FailingResult crash = new(_process.ExitCode, await _errors);
        Dispose();
        return crash;
    }

    public void Dispose()
    {
        if (_process is { } process)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            _process = null;
            _runs = 0;
        }
    }

    private Process Start()
    {
        ProcessStartInfo start = new(ChildProcess.CommandLine[0], ChildProcess.CommandLine.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] variables =
            [.. ChildProcess.FailingRunVariables(), .. library.Variables(watched, log, FailedCall.None)];
        foreach (string[] variable in variables.Select(variable => variable.Split('=', 2)))
        {
            start.Environment[variable[0]] = variable[1];
        }

        Process process = Process.Start(start)!;
        _errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        return process;
    }
}
