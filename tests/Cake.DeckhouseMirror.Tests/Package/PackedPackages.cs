using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>
/// The addin's package and the engine's, packed from the sources once for each test run, as a version that no cache
/// knows, and outside the source tree, so that nothing else that builds there is disturbed.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    public const string Addin = "Cake.DeckhouseMirror";
    public const string Engine = "Deckhouse.Mirror.Engine";

    private readonly TemporaryFolder _root = new();

    public string Version { get; } = "0.1.0-dev.t" + Guid.NewGuid().ToString("N");

    /// <summary>The folder of the packages, to be used as a source.</summary>
    public string Feed => _root.Combine("feed");

    public string FileOf(string id) => Path.Combine(Feed, $"{id}.{Version}.nupkg");

    public async ValueTask InitializeAsync()
    {
        await PackAsync("src/Mirror.Engine", Feed, $"-p:Version={Version}");
        await PackAsync($"src/{Addin}", Feed, $"-p:Version={Version}");
        Assert.Single(Directory.GetFiles(Feed), FileOf(Addin));

        // For machines on which this version of Cake was never restored; a script's folder has the same manifest.
        await DotNetAsync(["tool", "restore"]);
    }

    public ValueTask DisposeAsync()
    {
        _root.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Packs another project of the repository.</summary>
    /// <param name="project">Its folder.</param>
    /// <param name="feed">Where the package goes.</param>
    /// <param name="properties">Properties, as arguments.</param>
    internal Task PackAsync(string project, string feed, params IEnumerable<string> properties) => DotNetAsync(
    [
        "pack",
        Path.Combine(SourceTree.Root, project, Path.GetFileName(project) + ".csproj"),
        "-nologo",
        "-v:quiet",
        "-nodeReuse:false",
        .. properties,
        "-p:UseSharedCompilation=false",
        // The build of the solution runs them; here they would only cost minutes.
        "-p:RunAnalyzers=false",
        "-p:UseArtifactsOutput=true",
        "--artifacts-path",
        _root.Combine("build"),
        "--output",
        feed,
    ]);

    private static async Task DotNetAsync(IEnumerable<string> arguments)
    {
        DotNetRun run = await DotNetRun.StartAsync(SourceTree.Root, arguments, variables: [], CancellationToken.None);
        Assert.True(run.ExitCode == 0, run.Output);
    }
}
