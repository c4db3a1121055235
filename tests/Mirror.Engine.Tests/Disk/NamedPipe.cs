using System.Diagnostics;
using Xunit;

namespace Mirror.Engine.Tests.Disk;

/// <summary>A pipe in the file system, that nobody writes to; not on Windows.</summary>
internal static class NamedPipe
{
    /// <summary>Makes one.</summary>
    /// <returns>Its path.</returns>
    public static string Make(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return path;
    }
}
