using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// A project of somebody who uses the package: in a clean folder, with an empty package cache, the package's folder
/// added to whatever sources the machine has.
/// </summary>
internal sealed class ConsumerProject : IDisposable
{
    private readonly PackedPackage _package;
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mirror-consumer-");

    private ConsumerProject(PackedPackage package, string fileName)
    {
        _package = package;
        File = Path.Combine(Folder, fileName);
    }

    public string Folder => Path.Combine(_root.FullName, "project");

    public string File { get; }

    /// <summary>The number of the one line of the project's file that has a text.</summary>
    public int LineOf(string text) => System.IO.File.ReadLines(File).Index()
        .Single(line => line.Item.Contains(text, StringComparison.Ordinal)).Index + 1;

    /// <summary>Makes a project.</summary>
    /// <param name="package">The package it uses.</param>
    /// <param name="content">Properties, items and targets, as XML.</param>
    /// <param name="frameworks">More than one: a project with an outer build.</param>
    /// <param name="fileName">The project's file.</param>
    public static ConsumerProject Create(
        PackedPackage package, string content, string frameworks = "net10.0", string fileName = "airgap.proj")
    {
        ConsumerProject project = new(package, fileName);
        Directory.CreateDirectory(project.Folder);
        string property = frameworks.Contains(';', StringComparison.Ordinal) ? "TargetFrameworks" : "TargetFramework";
        System.IO.File.WriteAllText(project.File, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <{property}>{frameworks}</{property}>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{PackedPackage.Id}" Version="{package.Version}" PrivateAssets="all" />
              </ItemGroup>
            {content}
            </Project>
            """);
        return project;
    }

    /// <summary>Makes a project of any form; a file beside it makes the package's folder a source of SDKs.</summary>
    public static ConsumerProject Write(PackedPackage package, string fileName, string content)
    {
        ConsumerProject project = new(package, fileName);
        Directory.CreateDirectory(project.Folder);
        System.IO.File.WriteAllText(project.File, content);
        System.IO.File.WriteAllText(Path.Combine(project.Folder, "NuGet.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{package.Folder}" />
              </packageSources>
            </configuration>
            """);
        return project;
    }

    /// <summary>Copies a folder of <c>examples</c>, as a user would.</summary>
    public static ConsumerProject Copy(PackedPackage package, string example)
    {
        string from = Path.Combine(SourceTree.Root, "examples", example);
        ConsumerProject project = new(package, Path.GetFileName(Directory.GetFiles(from, "*.proj").Single()));
        Directory.CreateDirectory(project.Folder);
        foreach (string file in Directory.GetFiles(from))
        {
            System.IO.File.Copy(file, Path.Combine(project.Folder, Path.GetFileName(file)));
        }

        return project;
    }

    /// <summary>Runs <c>dotnet build</c> on the project.</summary>
    /// <param name="target">The target to build; <see langword="null"/>: what the project builds by default.</param>
    /// <param name="arguments">More arguments.</param>
    public Task<DotNetRun> BuildAsync(string? target, params string[] arguments) => BuildAsync(target, [], arguments);

    /// <summary>Runs <c>dotnet build</c> on the project with variables, for example a licence.</summary>
    /// <param name="target">The target to build; <see langword="null"/>: what the project builds by default.</param>
    /// <param name="variables">Environment variables.</param>
    /// <param name="arguments">More arguments.</param>
    public Task<DotNetRun> BuildAsync(
        string? target, IEnumerable<KeyValuePair<string, string>> variables, params string[] arguments) =>
        BuildUnderAsync([], target, variables, arguments);

    /// <summary>Runs <c>dotnet build</c> on the project under another program.</summary>
    /// <param name="wrapper">That program and its arguments; the build's command line is appended.</param>
    /// <param name="target">The target to build; <see langword="null"/>: what the project builds by default.</param>
    /// <param name="variables">Environment variables.</param>
    /// <param name="arguments">More arguments.</param>
    public Task<DotNetRun> BuildUnderAsync(
        IReadOnlyList<string> wrapper,
        string? target,
        IEnumerable<KeyValuePair<string, string>> variables,
        params string[] arguments) =>
        DotNetRun.StartAsync(
            Folder,
            wrapper,
            [
                "build",
                File,
                .. target is null ? (string[])[] : [$"-t:{target}"],
                "-nologo",
                "-tl:off",
                "-nodeReuse:false",
                $"-p:RestoreAdditionalProjectSources={_package.Folder}",
                .. arguments,
            ],
            variables.Append(new("NUGET_PACKAGES", Path.Combine(_root.FullName, "cache"))),
            TestContext.Current.CancellationToken);

    /// <summary>Runs <c>dotnet msbuild</c> on the restored project; cancelling kills it and all its workers.</summary>
    /// <param name="target">The target to build.</param>
    /// <param name="arguments">More arguments.</param>
    /// <param name="cancellationToken">Kills, with no chance to end orderly.</param>
    public Task<DotNetRun> MSBuildAsync(
        string target, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        DotNetRun.StartAsync(
            Folder,
            ["msbuild", File, $"-t:{target}", "-nologo", "-tl:off", "-nodeReuse:false", .. arguments],
            [new("NUGET_PACKAGES", Path.Combine(_root.FullName, "cache"))],
            cancellationToken);

    /// <summary>Runs a script that lies beside the project and hands its arguments on to <c>dotnet build</c>.</summary>
    /// <param name="script">The file's name, and what it takes before those arguments.</param>
    /// <param name="variables">Environment variables.</param>
    /// <param name="arguments">Arguments for the build.</param>
    public Task<DotNetRun> RunScriptAsync(
        IEnumerable<string> script,
        IEnumerable<KeyValuePair<string, string>> variables,
        params string[] arguments) =>
        DotNetRun.StartAsync(
            Folder,
            // The first argument is the SDK's program, which the script finds by itself.
            ["/bin/sh", "-c", "shift; exec /bin/sh \"$@\"", "sh"],
            [
                .. script,
                $"-p:RestoreAdditionalProjectSources={_package.Folder}",
                $"-p:DeckhouseMirrorVersion={_package.Version}",
                .. arguments,
            ],
            variables.Append(new("NUGET_PACKAGES", Path.Combine(_root.FullName, "cache"))),
            TestContext.Current.CancellationToken);

    public void Dispose() => _root.Delete(recursive: true);
}
