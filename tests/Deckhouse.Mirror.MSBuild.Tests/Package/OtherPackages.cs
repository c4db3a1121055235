using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// A task of somebody else that brings assemblies of the names that ours brings, in another version and with nothing in
/// them that ours could use.
/// </summary>
internal static class OtherPackages
{
    /// <summary>The names of assemblies, and the version that the other one has.</summary>
    public static readonly string[] Names =
        ["BouncyCastle.Cryptography", "Mirror.Engine", "Polly", "Polly.Core", "Semver", "YamlDotNet", "ZstdSharp"];

    private const string Version = "0.0.1.0";

    private const string Task = """
        using Microsoft.Build.Framework;

        public sealed class ShowOthers : Microsoft.Build.Utilities.Task
        {
            public override bool Execute()
            {
                foreach (var type in new[] { TYPES })
                {
                    var name = type.Assembly.GetName();
                    Log.LogMessage(MessageImportance.High, $"other {name.Name} {name.Version}");
                }

                return true;
            }
        }
        """;

    /// <summary>What the task shows.</summary>
    public static IEnumerable<string> Lines => Names.Select(name => $"other {name} {Version}");

    /// <summary>Builds the task.</summary>
    /// <param name="folder">Where.</param>
    /// <returns>The path of its assembly.</returns>
    public static async Task<string> BuildAsync(string folder)
    {
        foreach (string name in Names)
        {
            string place = Path.Combine(folder, name);
            Directory.CreateDirectory(place);
            await File.WriteAllTextAsync(
                Path.Combine(place, "other.cs"), $"namespace Other{TypeOf(name)}; public sealed class Marker;");
            await WriteProjectAsync(place, name, "");
        }

        string task = Path.Combine(folder, "task");
        Directory.CreateDirectory(task);
        string types = string.Join(", ", Names.Select(name => $"typeof(Other{TypeOf(name)}.Marker)"));
        await File.WriteAllTextAsync(Path.Combine(task, "ShowOthers.cs"), Task.Replace("TYPES", types));
        string references = string.Concat(
            Names.Select(name => $"""<ProjectReference Include="../{name}/{name}.csproj" />"""));
        string project = await WriteProjectAsync(task, "ShowOthers", $"""
            <PackageReference Include="Microsoft.Build.Utilities.Core" Version="18.0.2" ExcludeAssets="runtime" />
            {references}
            """);
        DotNetRun build = await DotNetRun.StartAsync(
            folder,
            ["build", project, "-nologo", "-v:q", "-nodeReuse:false", "-p:UseSharedCompilation=false"],
            [],
            TestContext.Current.CancellationToken);
        Assert.True(build.ExitCode == 0, build.Output);
        return Path.Combine(task, "bin", "Debug", "net10.0", "ShowOthers.dll");
    }

    private static string TypeOf(string name) => name.Replace(".", "", StringComparison.Ordinal);

    private static async Task<string> WriteProjectAsync(string folder, string name, string references)
    {
        string project = Path.Combine(folder, name + ".csproj");
        await File.WriteAllTextAsync(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <EnableDynamicLoading>true</EnableDynamicLoading>
                <AssemblyName>{name}</AssemblyName>
                <AssemblyVersion>{Version}</AssemblyVersion>
              </PropertyGroup>
              <ItemGroup>
                {references}
              </ItemGroup>
            </Project>
            """);
        return project;
    }
}
