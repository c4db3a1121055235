using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>A solution of five projects, one of which mirrors, and what people do with solutions.</summary>
[Collection(SharedPackage.Name)]
public sealed class SolutionTests(PackedPackage package) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_that_a_solution_is_asked_works_without_a_request_and_a_named_target_pulls()
    {
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
        WriteSolution(registry.Host);
        string[][] commands =
        [
            ["build"],
            ["build", "--no-restore", "-graph"],
            ["build", "--no-restore", "-mt"],
            ["test", "--no-restore"],
            ["pack", "--no-restore"],
            ["publish", "--no-restore"],
            ["clean"],
            ["build", "--no-restore", "-t:Rebuild"],
        ];

        foreach (string[] command in commands)
        {
            DotNetRun run = await RunAsync(command);
            Assert.True(run.ExitCode == 0, $"{string.Join(' ', command)}: {run.Output}");
            Assert.Empty(run.DistinctLinesWith("warning "));
        }

        Assert.Empty(registry.Requests.All);
        Assert.Equal(
            [_folder.Combine("Airgap", "Airgap.proj")], Directory.GetFileSystemEntries(_folder.Combine("Airgap")));
        Assert.NotEmpty(Directory.GetFiles(_folder.Combine("One"), "One.1.0.0.nupkg", SearchOption.AllDirectories));

        DotNetRun pull = await RunAsync(["build", "--no-restore", "-t:Airgap:D8MirrorPull"]);

        Assert.True(pull.ExitCode == 0, pull.Output);
        Assert.True(File.Exists(_folder.Combine("Airgap", "bundle", "security.tar")), pull.Output);
    }

    private Task<DotNetRun> RunAsync(string[] command) => DotNetRun.StartAsync(
        _folder.FullName,
        [
            command[0], "All.slnx", "-nologo", "-tl:off", "-nodeReuse:false", "-p:UseSharedCompilation=false",
            .. command[1..],
        ],
        [new("NUGET_PACKAGES", _folder.Combine("cache"))],
        TestContext.Current.CancellationToken);

    private void WriteSolution(string host)
    {
        string[] libraries = ["One", "Two", "Three", "Four"];
        foreach (string name in libraries)
        {
            Write($"{name}/{name}.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                </Project>
                """);
            Write($"{name}/Code.cs", $"namespace {name}; public class Code;");
        }

        Write("Airgap/Airgap.proj", $"""
            <Project>
              <Sdk Name="{PackedPackage.Id}" Version="{package.Version}" />
              <PropertyGroup>
                <D8MirrorSource>{host}/deckhouse/ee</D8MirrorSource>
                <D8MirrorInsecure>true</D8MirrorInsecure>
                <D8MirrorBundleDirectory>bundle</D8MirrorBundleDirectory>
                <D8MirrorNoPlatform>true</D8MirrorNoPlatform>
                <D8MirrorNoModules>true</D8MirrorNoModules>
                <D8MirrorNoPackages>true</D8MirrorNoPackages>
                <D8MirrorNoInstaller>true</D8MirrorNoInstaller>
                <D8MirrorNoPlugins>true</D8MirrorNoPlugins>
                <D8MirrorNoDeckhouseCli>true</D8MirrorNoDeckhouseCli>
              </PropertyGroup>
            </Project>
            """);
        Write("All.slnx", $"""
            <Solution>
            {string.Concat(libraries.Select(name => $"  <Project Path=\"{name}/{name}.csproj\" />\n"))}
              <Project Path="Airgap/Airgap.proj" Type="C#" />
            </Solution>
            """);
        Write("NuGet.config", $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{package.Folder}" />
              </packageSources>
            </configuration>
            """);
    }

    private void Write(string file, string content)
    {
        string path = _folder.Combine(file.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
