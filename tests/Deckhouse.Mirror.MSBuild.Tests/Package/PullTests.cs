using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

[Collection(SharedPackage.Name)]
public sealed class PullTests(PackedPackage package)
{
    private const string Password = "canary-licence-77";

    private const string ShowResults = """
          <PropertyGroup>
            <D8MirrorBundleDirectory>bundle</D8MirrorBundleDirectory>
            <D8MirrorNoPackages>true</D8MirrorNoPackages>
            <D8MirrorNoInstaller>true</D8MirrorNoInstaller>
          </PropertyGroup>
          <ItemGroup>
            <D8MirrorIncludeModule Include="console" Version="=v1.37.2" />
          </ItemGroup>
          <Target Name="ShowPlan" DependsOnTargets="D8MirrorPlan">
            <Message Importance="high" Text="planned $(D8MirrorImageCount) images, $(D8MirrorBundleBytes) bytes" />
          </Target>
          <Target Name="ShowPull" DependsOnTargets="D8MirrorPlan;D8MirrorPull">
            <Message Importance="high" Text="file %(D8MirrorArchive.Filename) has %(Size) bytes" />
            <Message Importance="high" Text="image %(D8MirrorImage.Repository) %(Tag) %(Digest) in %(Archive)" />
          </Target>
        """;

    [Fact]
    public async Task A_plan_through_the_package_moves_nothing_and_a_pull_stores_it()
    {
        await using TestRegistry registry = await StartAsync();
        using ConsumerProject project = ConsumerProject.Create(package, ShowResults);
        string bundle = Path.Combine(project.Folder, "bundle");

        DotNetRun plan = await BuildAsync(project, "ShowPlan", registry, Password);

        Assert.True(plan.ExitCode == 0, plan.Output);
        Assert.Single(plan.DistinctLinesWith("planned "));
        Assert.False(Directory.Exists(bundle) && Directory.GetFiles(bundle, "*.tar*").Length > 0);

        DotNetRun pull = await BuildAsync(project, "ShowPull", registry, Password);

        Assert.True(pull.ExitCode == 0, pull.Output);
        FileInfo[] archives = new DirectoryInfo(bundle).GetFiles("*.tar");
        Assert.Equal(
            ["module-console.tar", "platform.tar", "plugin-console-tool.tar", "security.tar"],
            archives.Select(file => file.Name).Order());
        Assert.Equal(
            archives.Select(file => $"file {Path.GetFileNameWithoutExtension(file.Name)} has {file.Length} bytes")
                .Order(),
            pull.DistinctLinesWith("file ").Order());
        int images = pull.DistinctLinesWith("image deckhouse/").Count();
        long bytes = archives.Sum(file => file.Length)
            + new FileInfo(Path.Combine(bundle, "deckhousereleases.yaml")).Length;
        Assert.Equal(
            $"planned {images} images, {bytes} bytes",
            Assert.Single(plan.DistinctLinesWith("planned ")));
        Assert.Contains($"airgap -> {bundle}", pull.DistinctLinesWith("airgap -> "));
        Assert.DoesNotContain(Password, plan.Output + pull.Output);
    }

    [Fact]
    public async Task A_wrong_licence_names_its_variable_and_not_its_value()
    {
        await using TestRegistry registry = await StartAsync();
        using ConsumerProject project = ConsumerProject.Create(package, ShowResults);

        DotNetRun build = await BuildAsync(project, "D8MirrorPull", registry, "canary-wrong");

        Assert.Equal(1, build.ExitCode);
        string error = Assert.Single(build.DistinctLinesWith(": error "));
        Assert.StartsWith(ErrorForm.WithoutLine(project.File, "D8M2006"), error);
        Assert.Contains("D8_MIRROR_LICENSE_TOKEN", error);
        Assert.DoesNotContain("canary-wrong", build.Output);
        Assert.Empty(Directory.GetFiles(project.Folder, "*.tar", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_terminal_logger_shows_where_the_bundle_is()
    {
        await using TestRegistry registry = await StartAsync();
        using ConsumerProject project = ConsumerProject.Create(package, ShowResults);

        DotNetRun build = await BuildAsync(project, "D8MirrorPull", registry, Password, "-tl:on");

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Contains("airgap", build.Output);
        Assert.Contains(
            build.DistinctLinesWith("succeeded"), line => line.Contains("bundle", StringComparison.Ordinal));
    }

    private static Task<TestRegistry> StartAsync() => TestRegistry.StartAsync(new TestRegistryOptions
    {
        Content = DeckhouseMini.Load(),
        Credential = new TestCredential("license-token", Password),
    });

    // Every event that there is becomes visible, so that a secret in any of them would be, too.
    private static Task<DotNetRun> BuildAsync(
        ConsumerProject project, string target, TestRegistry registry, string licence, params string[] arguments) =>
        project.BuildAsync(
            target,
            [new("D8_MIRROR_LICENSE_TOKEN", licence), new("MIRROR_DEBUG_LOG", "4")],
            [$"-p:D8MirrorSource={registry.Host}/deckhouse/ee", "-p:D8MirrorInsecure=true", .. arguments]);
}
