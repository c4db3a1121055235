using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>
/// The commands of docs/carry.md: on a machine that reaches a feed, and on one that only has what they collected.
/// </summary>
[Collection(SharedPackages.Name)]
public sealed class CarriedFolderTests(PackedPackages packages) : IDisposable
{
    private const string FirstVersion = "0.1.0";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task With_the_collected_folder_as_its_only_source_the_script_of_the_readme_plans_on_an_empty_machine()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are for a Unix shell.");
        string page = await ReadAsync("docs/carry.md");
        EnginePackages engine = await EnginePackages.ReadAsync(TestContext.Current.CancellationToken);
        string collect = page[page.IndexOf("## Collect", StringComparison.Ordinal)..];
        await using (SparseFeed feed = await SparseFeed.StartAsync(
            engine.All.Append(("Cake.Tool", "7.0.0")), TestContext.Current.CancellationToken))
        {
            Write("NuGet.config", $"""
                <configuration>
                  <packageSources>
                    <clear />
                    <add key="reachable" value="{feed.Index}" allowInsecureConnections="true" />
                  </packageSources>
                </configuration>
                """);
            CopyPackages();
            await RunAsync("collecting", ".", CodeBlocks.After(collect, "## Collect"));
            Write("carry/cake.proj", CodeBlocks.After(collect, "`carry/cake.proj`"));
            await RunAsync("collecting", ".", CodeBlocks.After(collect, "This restores them"));
        }

        await using TestRegistry source = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
        Write("carry/NuGet.config", CodeBlocks.After(collect, "`NuGet.config`"));
        Write("carry/build.cake", CodeBlocks.After(await ReadAsync("README.md"), "`build.cake`:"));
        string commands = CodeBlocks.After(page, "## Mirror with Cake");
        Assert.Contains("dotnet cake --target=Push", commands);

        DotNetRun plan = await RunAsync("closed", "carry", commands.Replace(
            "--target=Push", $"--target=Plan --source=http://{source.Host}/deckhouse/ee", StringComparison.Ordinal));

        Assert.NotEmpty(plan.LinesWith("module-sds-local-volume.tar"));
        Assert.Single(Directory.GetFiles(
            _folder.Combine("carry", "tools"), "errors.md", SearchOption.AllDirectories));
    }

    private static Task<string> ReadAsync(string file) =>
        File.ReadAllTextAsync(Path.Combine(SourceTree.Root, file), TestContext.Current.CancellationToken);

    private void CopyPackages()
    {
        string made = Directory.CreateDirectory(_folder.Combine("artifacts", "packages")).FullName;
        foreach (string file in Directory.GetFiles(packages.Feed))
        {
            File.Copy(file, Path.Combine(made, Path.GetFileName(file)));
        }
    }

    private void Write(string name, string content) => File.WriteAllText(_folder.Combine(name), Versioned(content));

    // These packages have a version of their own, because other tests use the cache of the machine.
    private string Versioned(string text) => text.Replace(FirstVersion, packages.Version, StringComparison.Ordinal);

    // Two machines: each has its own home and package cache.
    private async Task<DotNetRun> RunAsync(string machine, string folder, string commands)
    {
        DotNetRun run = await DotNetRun.StartAsync(
            _folder.Combine(folder),
            ["/bin/sh", "-e", "-c", Versioned(commands)],
            [],
            [
                new("NO_COLOR", "1"),
                new("NUGET_PACKAGES", _folder.Combine(machine, "packages")),
                new("DOTNET_CLI_HOME", _folder.Combine(machine, "home")),
            ],
            TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, run.Output);
        return run;
    }
}
