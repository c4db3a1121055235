using System.ComponentModel;
using System.Diagnostics;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Credentials;

/// <summary>The real program: no shell, no window, nothing of this process's environment, input or output.</summary>
internal sealed class HelperProcess : IHelperProgram
{
    private readonly Process _process;

    private HelperProcess(Process process)
    {
        _process = process;

        // Read, or the helper blocks on a full pipe; dropped, since it may hold secrets. Not awaited: what a helper
        // leaves running may keep the pipe open.
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Starts <c>docker-credential-x get</c>.</summary>
    public static HelperProcess Start(string path, RunEnvironment environment)
    {
        ProcessStartInfo start = new(path, ["get"])
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // Not the build's folder, out of which Windows would load libraries.
            WorkingDirectory = Path.GetDirectoryName(path)!,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in environment.Variables)
        {
            start.Environment[name] = value;
        }

        return new HelperProcess(Process.Start(start)!);
    }

    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception exception) when (exception is AggregateException or Win32Exception)
        {
            // It ended by itself meanwhile, or became another user's: either way it is no longer ours.
        }

        _process.Dispose();
    }
}
