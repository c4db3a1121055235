using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;
using static System.StringComparison;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>One build that runs a project for each documented fault, after one that pulled a bundle.</summary>
public sealed class DocumentedErrorsBuild(PackedPackage package) : IAsyncLifetime
{
    private const string Settings = """
          <PropertyGroup>
            <D8MirrorSource>$(SourceHost)/deckhouse/ee</D8MirrorSource>
            <D8MirrorTarget>$(TargetHost)/mirror/ee</D8MirrorTarget>
            <D8MirrorInsecure>true</D8MirrorInsecure>
            <D8MirrorBundleDirectory>pulled</D8MirrorBundleDirectory>
          </PropertyGroup>

        """;

    private readonly PlainProjects _projects = new(package);

    internal DotNetRun Build { get; private set; } = new(-1, "");

    public async ValueTask InitializeAsync()
    {
        await _projects.InitializeAsync();
        await using TestRegistry source = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
        await using TestRegistry target = await TestRegistry.StartAsync(
            cancellationToken: TestContext.Current.CancellationToken);
        _projects.Write("pulled", Settings);
        foreach (DocumentedCase fault in DocumentedErrors.All)
        {
            _projects.Write(fault.Code, Settings + fault.Content);
        }

        string steps = string.Concat(DocumentedErrors.All.Select(fault =>
            $"""
            <MSBuild Projects="{fault.Code}.proj" Targets="{fault.Target}" ContinueOnError="ErrorAndContinue" />

            """));
        string all = _projects.Write("all", $"""
              <Target Name="All">
                <MSBuild Projects="pulled.proj" Targets="D8MirrorPull" />
            {steps}
              </Target>
            """);
        Build = await _projects.BuildAsync(
            all,
            [new("MY_LICENCE", "licence"), new("D8_MIRROR_SOURCE_PASSWORD", "password")],
            static _ => { },
            "-t:All",
            "-m:1",
            "-tl:off",
            "-nodeReuse:false",
            $"-p:SourceHost={source.Host}",
            $"-p:TargetHost={target.Host}");
    }

    public ValueTask DisposeAsync() => _projects.DisposeAsync();

    /// <summary>The project of a fault.</summary>
    internal string FileOf(string code) => _projects.Combine(code + ".proj");

    /// <summary>What the build says of that project.</summary>
    internal IReadOnlyList<string> LinesOf(string code) =>
        [.. Build.DistinctLinesWith(FileOf(code)).Where(line => line.StartsWith($"{FileOf(code)}(", Ordinal))];

    /// <summary>The line that a fault has to be shown at.</summary>
    internal int LineOf(DocumentedCase fault) => fault.At.Length == 0
        ? 1
        : File.ReadLines(FileOf(fault.Code)).Index()
            .Last(line => line.Item.Contains(fault.At, Ordinal)).Index + 1;
}
