using System.Diagnostics;
using Xunit;

namespace Mirror.Engine.Tests.House;

/// <summary>One run of a copy of <c>build.sh</c>, in a folder whose path has spaces, started from elsewhere.</summary>
/// <param name="Root">The folder that played the checkout.</param>
/// <param name="ExitCode">The script's exit code.</param>
/// <param name="Output">What it printed on both streams, errors first.</param>
internal sealed record BuildScriptRun(string Root, int ExitCode, string Output)
{
    /// <summary>Runs the script; <paramref name="dotnet"/> is what plays the SDK, null for none.</summary>
    public static async Task<BuildScriptRun> StartAsync(string[] arguments, string? dotnet)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "build.sh needs a Unix shell");
        var stop = TestContext.Current.CancellationToken;
        var temporary = Directory.CreateTempSubdirectory("mirror build ");
        try
        {
            var root = temporary.CreateSubdirectory("check out").FullName;
            var programs = temporary.CreateSubdirectory("programs").FullName;
            File.Copy(RepositoryTree.PathOf("build.sh"), Path.Combine(root, "build.sh"));
            foreach (var tool in (string[])["dirname", "cat", "rm", "mkdir"])
            {
                File.CreateSymbolicLink(Path.Combine(programs, tool), FindProgram(tool));
            }

            if (dotnet is not null && !OperatingSystem.IsWindows())
            {
                var sdk = Path.Combine(programs, "dotnet");
                await File.WriteAllTextAsync(sdk, $"#!/bin/sh\n{dotnet}\n", stop);
                File.SetUnixFileMode(sdk, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            var start = new ProcessStartInfo("/bin/sh", [Path.Combine(root, "build.sh"), .. arguments])
            {
                UseShellExecute = false,
                WorkingDirectory = programs,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["PATH"] = programs;
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
