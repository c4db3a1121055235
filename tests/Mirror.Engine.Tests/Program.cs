using Mirror.Engine.Tests.Kit;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Mirror.Engine.Tests;

/// <summary>Where the process begins: as the tests, or as a child that a test started.</summary>
internal static class Program
{
    // The second half is what xunit would generate.
    public static async Task<int> Main(string[] arguments)
    {
        if (ChildProcess.RunInsteadOfTests())
        {
            return Environment.ExitCode;
        }

        return arguments.Any(argument => argument is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(arguments);
    }
}
