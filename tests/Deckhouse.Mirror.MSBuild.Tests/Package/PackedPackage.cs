using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// The package, packed from the sources once for each test run, as a version that no cache knows, and outside the
/// source tree, so that nothing else that builds there is disturbed.
/// </summary>
public sealed class PackedPackage : IAsyncLifetime
{
    public const string Id = "Deckhouse.Mirror.MSBuild";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mirror-package-");

    public string Version { get; private set; } = "";

    /// <summary>The folder of the package, to be used as a source.</summary>
    public string Folder => Path.Combine(_root.FullName, "packages");

    public string File => Path.Combine(Folder, $"{Id}.{Version}.nupkg");

    public async ValueTask InitializeAsync()
    {
        string stamp = "t" + Guid.NewGuid().ToString("N");
        DotNetRun pack = await DotNetRun.StartAsync(
            SourceTree.Root,
            PackArguments(SourceTree.Root, stamp, Path.Combine(_root.FullName, "build"), Folder),
            variables: [],
            CancellationToken.None);
        Assert.True(pack.ExitCode == 0, pack.Output);
        Version = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Folder)))[(Id.Length + 1)..];
        Assert.EndsWith(stamp, Version);
    }

    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The command line that packs a source tree.</summary>
    /// <param name="tree">The source tree.</param>
    /// <param name="stamp">What makes the version one that no cache knows.</param>
    /// <param name="artifacts">Where it is built.</param>
    /// <param name="output">Where the package goes.</param>
    internal static IEnumerable<string> PackArguments(string tree, string stamp, string artifacts, string output) =>
    [
        "pack",
        Path.Combine(tree, "src", Id, Id + ".csproj"),
        "-nologo",
        "-v:quiet",
        "-nodeReuse:false",
        $"-p:PackStamp={stamp}",
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
