using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>
/// <c>examples/frosting</c>, copied as a user would and built from its own unchanged files, with the packed addin and a
/// stand-in of Cake.Frosting as packages. The package cache is its own, so that nobody else ever meets the stand-in.
/// </summary>
public sealed class FrostingExample(PackedPackages packages) : IAsyncLifetime
{
    private readonly TemporaryFolder _root = new();

    public string Folder => _root.Combine("airgap");

    public async ValueTask InitializeAsync()
    {
        await packages.PackAsync("tests/Cake.Frosting.StandIn", _root.Combine("feed"));
        Directory.CreateDirectory(Folder);
        foreach (string file in Directory.GetFiles(Path.Combine(SourceTree.Root, "examples/frosting")))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }

        DotNetRun build = await DotNetRun.StartAsync(
            Folder,
            [
                "build",
                "Build.csproj",
                "-nologo",
                "-tl:off",
                "-nodeReuse:false",
                "-warnaserror",
                "-p:UseSharedCompilation=false",
                $"-p:DeckhouseMirrorVersion={packages.Version}",
                $"-p:RestoreSources={packages.Feed}%3B{_root.Combine("feed")}",
                $"-p:RestorePackagesPath={_root.Combine("cache")}",
                // The addin's dependencies were restored there to build the addin.
                $"-p:RestoreFallbackFolders={PackageFile.Cache}",
            ],
            variables: [],
            CancellationToken.None);
        Assert.True(build.ExitCode == 0, build.Output);
    }

    public ValueTask DisposeAsync()
    {
        _root.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs the built project.</summary>
    public Task<DotNetRun> RunAsync(
        IEnumerable<KeyValuePair<string, string>> variables, params IEnumerable<string> arguments) =>
        DotNetRun.StartAsync(
            Folder,
            [Path.Combine("bin", "Debug", "net10.0", "Build.dll"), .. arguments],
            [new("NO_COLOR", "1"), .. variables],
            TestContext.Current.CancellationToken);
}
