using System.Diagnostics;

namespace Mirror.TestKit.Processes;

/// <summary>Runs a program to its end.</summary>
public static class Tool
{
    /// <summary>Runs a program and collects what it writes. Cancelling ends the process.</summary>
    public static async Task<ToolResult> RunAsync(
        string path,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(path, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        try
        {
            using var output = new MemoryStream();
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
            var text = await errors;
            await process.WaitForExitAsync(cancellationToken);
            return new ToolResult(process.ExitCode, output.ToArray(), text);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
