using System.IO.Compression;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// The unpacked package and projects without an SDK that import it: they need no restore, so that one build can run
/// many of them.
/// </summary>
public sealed class PlainProjects(PackedPackage package) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Runs every task in another process, as MSBuild.exe does with tasks for .NET.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> TasksApart =>
        [new("MSBUILDFORCEALLTASKSOUTOFPROC", "1")];

    /// <summary>Where projects and bundles lie.</summary>
    internal string Folder => _folder.FullName;

    public async ValueTask InitializeAsync() => await ZipFile.ExtractToDirectoryAsync(
        package.File, _folder.Combine("unpacked"), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes a project.</summary>
    /// <param name="name">The name of its file without <c>.proj</c>.</param>
    /// <param name="content">Properties, items and targets, as XML.</param>
    /// <returns>The full path of its file.</returns>
    internal string Write(string name, string content)
    {
        string file = _folder.Combine(name + ".proj");
        File.WriteAllText(file, $"""
            <Project>
              <Import Project="unpacked/build/{PackedPackage.Id}.props" />
            {content}
              <Import Project="unpacked/build/{PackedPackage.Id}.targets" />
            </Project>
            """);
        return file;
    }

    /// <summary>The path of something in the folder.</summary>
    internal string Combine(string name) => _folder.Combine(name);

    /// <summary>Runs <c>dotnet msbuild</c> on a project.</summary>
    /// <param name="file">The project's file.</param>
    /// <param name="arguments">The rest of the command line.</param>
    internal Task<DotNetRun> BuildAsync(string file, params string[] arguments) =>
        BuildAsync(file, [], static _ => { }, arguments);

    /// <summary>As above, with variables, and so that it can be sent signals.</summary>
    internal Task<DotNetRun> BuildAsync(
        string file,
        IEnumerable<KeyValuePair<string, string>> variables,
        Action<int> started,
        params string[] arguments) =>
        DotNetRun.StartAsync(
            Folder,
            [],
            ["msbuild", file, "-nologo", .. arguments],
            variables,
            started,
            TestContext.Current.CancellationToken);

    /// <summary>Sends a signal to a process.</summary>
    internal static async Task SignalAsync(string signal, int process)
    {
        // The shell's own: the program of that name is not on every machine.
        ToolResult sent = await Tool.RunAsync(
            "/bin/sh", ["-c", $"kill -{signal} {process}"], TestContext.Current.CancellationToken);
        Assert.True(sent.ExitCode == 0, sent.Errors);
    }
}
