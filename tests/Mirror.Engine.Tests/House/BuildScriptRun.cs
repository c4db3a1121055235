using System.Diagnostics;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.House;

/// <summary>
/// One run of a copy of <c>build.sh</c> or <c>build.ps1</c>, in a folder whose path has spaces, started from elsewhere.
/// </summary>
/// <param name="Root">The folder that played the checkout.</param>
/// <param name="ExitCode">The script's exit code.</param>
/// <param name="Output">What it printed on both streams, errors first.</param>
internal sealed record BuildScriptRun(string Root, int ExitCode, string Output)
{
    public const string Sh = "build.sh";
    public const string PowerShell = "build.ps1";

    private const string ShellCaller = "PATH=$PROGRAMS_PATH exec /bin/sh \"$SCRIPT_PATH\" \"$@\"\n";

    private const string PowerShellCaller =
        "$env:PATH = $env:PROGRAMS_PATH\n& $env:SCRIPT_PATH @args\nexit $LASTEXITCODE\n";

    /// <summary>Both scripts, for tests of what they have in common.</summary>
    public static TheoryData<string> Scripts => [Sh, PowerShell];

    /// <summary>Runs the script; <paramref name="dotnet"/> is what plays the SDK, null for none.</summary>
    public static async Task<BuildScriptRun> StartAsync(string script, string[] arguments, string? dotnet)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "A shell script plays the SDK.");
        string[] shell = script == PowerShell
            ? [RealPart.OrSkip("pwsh"), "-NoLogo", "-NoProfile", "-NonInteractive", "-File"]
            : ["/bin/sh"];
        var caller = script == PowerShell ? PowerShellCaller : ShellCaller;
        var stop = TestContext.Current.CancellationToken;
        var temporary = Directory.CreateTempSubdirectory("mirror build ");
        try
        {
            var root = temporary.CreateSubdirectory("check out").FullName;
            var programs = temporary.CreateSubdirectory("programs").FullName;
            File.Copy(RepositoryTree.PathOf(script), Path.Combine(root, script));
            foreach (var tool in (string[])["dirname", "cat", "rm", "mkdir"])
            {
                File.CreateSymbolicLink(Path.Combine(programs, tool), FindProgram(tool));
            }

            if (dotnet is not null && !OperatingSystem.IsWindows())
            {
                ProgramFile.Write(Path.Combine(programs, "dotnet"), $"#!/bin/sh\n{dotnet}\n");
            }

            // The SDK starts PowerShell when that is a .NET tool; the script alone shall meet what plays the SDK.
            var call = Path.Combine(temporary.FullName, "call" + Path.GetExtension(script));
            await File.WriteAllTextAsync(call, caller, stop);
            var start = new ProcessStartInfo(shell[0], [.. shell[1..], call, .. arguments])
            {
                UseShellExecute = false,
                WorkingDirectory = temporary.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["SCRIPT_PATH"] = Path.Combine(root, script);
            start.Environment["PROGRAMS_PATH"] = programs;
            start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
            start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
            start.Environment["NO_COLOR"] = "1";
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(stop);
            var output = await process.StandardOutput.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            return new BuildScriptRun(root, process.ExitCode, await errors + output);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static string FindProgram(string name) =>
        ((string[])["/bin", "/usr/bin"]).Select(folder => Path.Combine(folder, name)).First(File.Exists);
}
