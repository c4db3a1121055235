using System.Diagnostics;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>One call of the SDK in a process of its own, with nothing of this build in its environment.</summary>
/// <param name="ExitCode">0: it succeeded.</param>
/// <param name="Output">What it printed on both streams.</param>
internal sealed record DotNetRun(int ExitCode, string Output)
{
    // NUGET_PACKAGES stays: Cake itself and the dependencies of the packages are taken from there.
    private static readonly string[] _foreign =
        ["CAKE_", "MSBUILD", "VSTEST", "TESTINGPLATFORM", "D8_", "D8MIRROR", "MIRROR_", "GITHUB_"];

    private static readonly string[] _foreignNames =
        ["CI", "TF_BUILD", "GITLAB_CI", "TEAMCITY_VERSION", "DOTNET_CLI_USE_MSBUILD_SERVER", "DOTNET_HOST_PATH"];

    public static async Task<DotNetRun> StartAsync(
        string folder,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>> variables,
        CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(DotNet(), arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsForeign).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["NO_COLOR"] = "1";
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
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
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public IEnumerable<string> LinesWith(string text) =>
        Output.Split('\n').Select(line => line.Trim()).Where(line => line.Contains(text));

    private static string DotNet() => Environment.ProcessPath is { } host && IsDotNet(host) ? host : "dotnet";

    private static bool IsForeign(string name) =>
        _foreignNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || _foreign.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static bool IsDotNet(string path) =>
        string.Equals(Path.GetFileNameWithoutExtension(path), "dotnet", StringComparison.OrdinalIgnoreCase);
}
