using System.Text.Json;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>
/// A script of somebody who uses the addin: in a clean folder, with Cake as a local tool and empty tools and addins
/// folders.
/// </summary>
internal sealed class CakeScript : IDisposable
{
    private const string Manifest = ".config/dotnet-tools.json";

    private readonly TemporaryFolder _folder = new();
    private readonly PackedPackages _packages;

    /// <summary>Writes a script.</summary>
    public CakeScript(PackedPackages packages, string content)
    {
        _packages = packages;
        Directory.CreateDirectory(_folder.Combine(".config"));
        File.Copy(Path.Combine(SourceTree.Root, Manifest), _folder.Combine(Manifest));
        File.WriteAllText(_folder.Combine("build.cake"), content);
    }

    public string Folder => _folder.FullName;

    /// <summary>Copies the script of <c>examples/cake</c>, as a user would.</summary>
    public static CakeScript Example(PackedPackages packages) => new(packages, ReadExample("cake/build.cake"));

    /// <summary>The text of a file of <c>examples</c>.</summary>
    public static string ReadExample(string file) =>
        File.ReadAllText(Path.Combine(SourceTree.Root, "examples", file));

    /// <summary>Runs the script with the packages' folder as its only source.</summary>
    public Task<DotNetRun> RunAsync(
        IEnumerable<KeyValuePair<string, string>> variables, params IEnumerable<string> arguments) =>
        RunUnderAsync([], variables, arguments);

    /// <summary>
    /// Runs the script as on a machine that never restored a package: with an empty cache that only gets Cake itself.
    /// </summary>
    /// <param name="feed">A source besides the packages' folder.</param>
    /// <param name="arguments">The command line after the script.</param>
    public async Task<DotNetRun> RunOnNewMachineAsync(string feed, params IEnumerable<string> arguments)
    {
        KeyValuePair<string, string>[] machine =
        [
            new("NUGET_PACKAGES", _folder.Combine("packages")),
            new("DOTNET_CLI_HOME", _folder.Combine("home")),
            new("CAKE_NUGET_SOURCE", $"{_packages.Feed};{feed}"),
        ];
        PackageFile cake = PackageFile.Restored("Cake.Tool", CakeVersion());
        string configuration = Directory.CreateDirectory(_folder.Combine("tool")).FullName + "/NuGet.config";
        await File.WriteAllTextAsync(
            configuration,
            $"""
            <configuration>
              <packageSources><clear /><add key="cake" value="{Path.GetDirectoryName(cake.Path)}" /></packageSources>
            </configuration>
            """);
        DotNetRun restore = await DotNetRun.StartAsync(
            Folder,
            ["tool", "restore", "--configfile", configuration],
            machine,
            TestContext.Current.CancellationToken);
        Assert.True(restore.ExitCode == 0, restore.Output);
        return await RunAsync(machine, arguments);
    }

    /// <summary>Runs the script under another program, whose command line it ends.</summary>
    public Task<DotNetRun> RunUnderAsync(
        IReadOnlyList<string> wrapper,
        IEnumerable<KeyValuePair<string, string>> variables,
        params IEnumerable<string> arguments) =>
        DotNetRun.StartAsync(
            Folder,
            wrapper,
            ["cake", "build.cake", .. arguments],
            [
                new("NO_COLOR", "1"),
                new("CAKE_NUGET_SOURCE", _packages.Feed),
                new("CAKE_NUGET_LOADDEPENDENCIES", "true"),
                new("CAKE_PATHS_TOOLS", _folder.Combine("cake-tools")),
                new("CAKE_PATHS_ADDINS", _folder.Combine("cake-addins")),
                .. variables,
            ],
            TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();

    private static string CakeVersion()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, Manifest)));
        return manifest.RootElement.GetProperty("tools").GetProperty("cake.tool").GetProperty("version").GetString()!;
    }
}
