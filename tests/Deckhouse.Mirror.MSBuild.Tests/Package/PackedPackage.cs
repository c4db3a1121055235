using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// The package, packed from the sources once for each test run, as the version that README.md names, and outside the
/// source tree, so that nothing else that builds there is disturbed. Projects that use it have package caches of their
/// own.
/// </summary>
public sealed class PackedPackage : IAsyncLifetime
{
    public const string Id = "Deckhouse.Mirror.MSBuild";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mirror-package-");

    public string Version { get; } = "0.1.0";

    /// <summary>The folder of the package, to be used as a source.</summary>
    public string Folder => Path.Combine(_root.FullName, "packages");

    public string File => Path.Combine(Folder, $"{Id}.{Version}.nupkg");

    public async ValueTask InitializeAsync()
    {
        DotNetRun pack = await DotNetRun.StartAsync(
            SourceTree.Root,
            PackArguments(SourceTree.Root, Version, Path.Combine(_root.FullName, "build"), Folder),
            variables: [],
            CancellationToken.None);
        Assert.True(pack.ExitCode == 0, pack.Output);
        Assert.Equal([File], Directory.GetFiles(Folder));
    }

    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The command line that packs a source tree.</summary>
    /// <param name="tree">The source tree.</param>
    /// <param name="version">The version of the package.</param>
    /// <param name="artifacts">Where it is built.</param>
    /// <param name="output">Where the package goes.</param>
    internal static IEnumerable<string> PackArguments(string tree, string version, string artifacts, string output) =>
    [
        "pack",
        Path.Combine(tree, "src", Id, Id + ".csproj"),
        "-nologo",
        "-v:quiet",
        "-nodeReuse:false",
        $"-p:Version={version}",
        "-p:UseSharedCompilation=false",
        // The build of the solution runs them; here they would only cost minutes.
        "-p:RunAnalyzers=false",
        "-p:UseArtifactsOutput=true",
        "--artifacts-path",
        artifacts,
        "--output",
        output,
    ];
}
