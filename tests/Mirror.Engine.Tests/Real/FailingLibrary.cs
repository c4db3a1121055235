using System.Collections.Immutable;
using Mirror.Engine.Tests.House;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>The library of <c>failing-calls.c</c>, compiled, and what it did in one process.</summary>
internal sealed class FailingLibrary
{
    private static readonly string Source = RepositoryTree.PathOf("tests/Mirror.Engine.Tests/Real/failing-calls.c");

    private readonly string _library;

    private FailingLibrary(string library) => _library = library;

    public static async Task<FailingLibrary> CompileAsync(string library)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library is written for Linux.");
        RealPart.OrSkip("/usr/include/stdio.h");
        ToolResult result = await Tool.RunAsync(
            RealPart.OrSkip("gcc"),
            ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, Source, "-ldl"],
            TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Errors);
        return new FailingLibrary(library);
    }

    /// <summary>Variables of a process whose calls on files below a folder are watched.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="log">The file for <see cref="ReadLog"/>.</param>
    /// <param name="call">The call that fails from the start.</param>
    public ImmutableArray<string> Variables(string folder, string log, FailedCall call) =>
        [$"LD_PRELOAD={_library}", $"FAIL_BELOW={folder}", $"FAIL_LOG={log}", $"{FailingRuns.Call}={call.Arguments}"];

    /// <summary>A letter for each call in order, in capitals for those that failed.</summary>
    public static string ReadLog(string log) => File.Exists(log) ? File.ReadAllText(log) : "";
}
