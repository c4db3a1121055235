using System.Diagnostics;

namespace Mirror.TestKit.Processes;

/// <summary>
/// One call of the SDK in a process of its own. Of this build's environment it has the packages' cache, nothing else.
/// </summary>
/// <param name="ExitCode">0: it succeeded.</param>
/// <param name="Output">What it printed on both streams.</param>
public sealed record DotNetRun(int ExitCode, string Output)
{
    private static readonly string[] _foreign =
        ["CAKE_", "MSBUILD", "VSTEST", "TESTINGPLATFORM", "D8_", "D8MIRROR", "MIRROR_", "GITHUB_", "NO_COLOR"];

    private static readonly string[] _foreignNames =
        ["CI", "TF_BUILD", "GITLAB_CI", "TEAMCITY_VERSION", "DOTNET_CLI_USE_MSBUILD_SERVER", "DOTNET_HOST_PATH"];

    /// <summary>Runs the SDK to its end.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="arguments">The command line after <c>dotnet</c>.</param>
    /// <param name="variables">Environment variables to set.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public static Task<DotNetRun> StartAsync(
        string folder,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>> variables,
        CancellationToken cancellationToken) => StartAsync(folder, [], arguments, variables, cancellationToken);

    /// <summary>Runs the SDK under another program, such as <c>strace</c>, whose command line it ends.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="wrapper">That program and its arguments.</param>
    /// <param name="arguments">The command line after <c>dotnet</c>.</param>
    /// <param name="variables">Environment variables to set.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public static Task<DotNetRun> StartAsync(
        string folder,
        IReadOnlyList<string> wrapper,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>> variables,
        CancellationToken cancellationToken) =>
        StartAsync(folder, wrapper, arguments, variables, static _ => { }, cancellationToken);

    /// <summary>Runs the SDK so that signals can be sent to it.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="wrapper">Another program and its arguments; none: the SDK itself.</param>
    /// <param name="arguments">The command line after <c>dotnet</c>.</param>
    /// <param name="variables">Environment variables to set.</param>
    /// <param name="started">Is told the number of the process.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public static async Task<DotNetRun> StartAsync(
        string folder,
        IReadOnlyList<string> wrapper,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>> variables,
        Action<int> started,
        CancellationToken cancellationToken)
    {
        string[] command = [.. wrapper, DotNet(), .. arguments];
        ProcessStartInfo start = new(command[0])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string name in start.Environment.Keys.Where(IsForeign).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = InterruptSignal.StartInterruptible(start);
        started(process.Id);
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            output += await errors;
            await process.WaitForExitAsync(cancellationToken);
            return new DotNetRun(process.ExitCode, output);
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled may count on it: nothing runs any more when this returns.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>The lines that have a text.</summary>
    /// <param name="text">The text.</param>
    public IEnumerable<string> LinesWith(string text) =>
        Output.Split('\n').Select(line => line.Trim()).Where(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>The lines that have a text, each once: the console logger repeats errors in its summary.</summary>
    /// <param name="text">The text.</param>
    public IEnumerable<string> DistinctLinesWith(string text) => LinesWith(text).Distinct();

    private static string DotNet() => Environment.ProcessPath is { } host && IsDotNet(host) ? host : "dotnet";

    private static bool IsForeign(string name) =>
        _foreignNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || _foreign.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static bool IsDotNet(string path) =>
        string.Equals(Path.GetFileNameWithoutExtension(path), "dotnet", StringComparison.OrdinalIgnoreCase);
}
