using System.IO.Compression;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>Every way to use the package, from a clean folder and an empty cache, against a registry.</summary>
[Collection(SharedPackage.Name)]
public sealed class UsageFormTests(PackedPackage package)
{
    private const string SecurityOnly = """
          <PropertyGroup>
            <D8MirrorBundleDirectory>bundle</D8MirrorBundleDirectory>
            <D8MirrorInsecure>true</D8MirrorInsecure>
            <D8MirrorNoPlatform>true</D8MirrorNoPlatform>
            <D8MirrorNoModules>true</D8MirrorNoModules>
            <D8MirrorNoPackages>true</D8MirrorNoPackages>
            <D8MirrorNoInstaller>true</D8MirrorNoInstaller>
            <D8MirrorNoPlugins>true</D8MirrorNoPlugins>
            <D8MirrorNoDeckhouseCli>true</D8MirrorNoDeckhouseCli>
          </PropertyGroup>
        """;

    private const string ShowPull = """
          <Target Name="ShowPull" DependsOnTargets="D8MirrorPull">
            <Message Importance="high" Text="framework '$(TargetFramework)'" />
            <Message
              Importance="high"
              Text="image %(D8MirrorImage.Repository):%(Tag) %(Digest) %(MediaType) %(Size) in %(Archive)" />
          </Target>
        """;

    public static TheoryData<string> Forms => [.. UsageForms.Names];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_project_of_each_form_pulls_and_gives_its_images_to_later_targets(string form)
    {
        await using TestRegistry registry = await StartAsync();
        using ConsumerProject project = UsageForms.Create(form, package, SecurityOnly + ShowPull);
        await ZipFile.ExtractToDirectoryAsync(
            package.File, Path.Combine(project.Folder, "unpacked"), TestContext.Current.CancellationToken);

        DotNetRun build = await project.BuildAsync("ShowPull", $"-p:D8MirrorSource={registry.Host}/deckhouse/ee");

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.All(build.DistinctLinesWith("warning "), line => Assert.Contains(": warning D8M2019: ", line));
        string bundle = Path.Combine(project.Folder, "bundle");
        Assert.Equal(
            BundleListing.Read(bundle)
                .Select(image => $"image deckhouse/ee/{image.Repository}:{image.Tag} {image.Digest} in security.tar")
                .Order(StringComparer.Ordinal),
            build.DistinctLinesWith("image deckhouse/").Select(WithoutKindAndSize).Order(StringComparer.Ordinal));
        Assert.Equal(4, BundleListing.Read(bundle).Count());
        string framework = form.StartsWith("several", StringComparison.Ordinal)
            || form.StartsWith("plain", StringComparison.Ordinal) ? "" : "net10.0";
        Assert.Equal([$"framework '{framework}'"], build.DistinctLinesWith("framework '"));
        Assert.Contains(
            $"{Path.GetFileNameWithoutExtension(project.File)} -> {bundle}", build.DistinctLinesWith(" -> "));
    }

    [Fact]
    public async Task The_nine_lines_of_the_page_do_nothing_by_themselves_and_plan_and_pull_when_asked_to()
    {
        string lines = SnippetOfThePage();
        Assert.Equal(9, lines.Split('\n').Length);
        await using TestRegistry registry = await StartAsync();
        using ConsumerProject project = ConsumerProject.Write(
            package, "airgap.proj", lines.Replace("/...\"", $"/{package.Version}\""));
        string[] settings =
        [
            $"-p:D8MirrorSource={registry.Host}/deckhouse/ee",
            "-p:D8MirrorInsecure=true",
            "-p:D8MirrorNoPlatform=true",
        ];

        DotNetRun build = await project.BuildAsync(target: null, settings);

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Contains("airgap has nothing to build. Name a target", build.Output);
        Assert.Empty(registry.Requests.All);

        DotNetRun plan = await project.BuildAsync(
            "D8MirrorPlan", [.. settings, "-p:D8MirrorIncludeModule=stronghold%3Btest-module@*"]);

        Assert.True(plan.ExitCode == 0, plan.Output);
        Assert.All(
            (string[])["console", "sds-local-volume", "stronghold", "test-module"],
            module => Assert.Contains($"module-{module}.tar", plan.Output));
        Assert.DoesNotContain("neuvector", plan.Output);
        Assert.Empty(Directory.GetFiles(project.Folder, "*.tar", SearchOption.AllDirectories));

        DotNetRun pull = await project.BuildAsync("D8MirrorPull;D8MirrorVerify", settings);

        Assert.True(pull.ExitCode == 0, pull.Output);
        Assert.True(File.Exists(Path.Combine(project.Folder, "bundle", "module-console.tar")), pull.Output);
        Assert.Single(pull.DistinctLinesWith("Verified "));
    }

    [Fact]
    public async Task A_publish_mirrors_what_its_property_names_and_nothing_by_itself()
    {
        await using TestRegistry registry = await StartAsync();
        using ConsumerProject project = UsageForms.Create("one target framework", package, SecurityOnly + """
              <PropertyGroup Condition="'$(WithPlan)' == 'true'">
                <D8MirrorOnPublish>SayHello;D8MirrorPlan</D8MirrorOnPublish>
              </PropertyGroup>
              <Target Name="SayHello"><Message Importance="high" Text="hello of the publish" /></Target>
            """);
        string bundle = Path.Combine(project.Folder, "bundle");
        Task<DotNetRun> PublishAsync(params string[] more) => project.BuildAsync(
            "Publish", ["-p:UseSharedCompilation=false", $"-p:D8MirrorSource={registry.Host}/deckhouse/ee", .. more]);

        foreach (string off in (string[])["-p:D8MirrorOnPublish=", "-p:D8MirrorOnPublish=false"])
        {
            DotNetRun without = await PublishAsync(off);
            Assert.True(without.ExitCode == 0, without.Output);
            Assert.Empty(registry.Requests.All);
        }

        foreach (string wrong in (string[])["1", "Pull", "D8MirrorPlan%3B Verify"])
        {
            DotNetRun refused = await PublishAsync($"-p:D8MirrorOnPublish={wrong}");
            Assert.NotEqual(0, refused.ExitCode);
            Assert.NotEmpty(refused.LinesWith("error D8M1002: D8MirrorOnPublish is '"));
            Assert.Empty(refused.LinesWith("MSB4057"));
            Assert.Empty(registry.Requests.All);
        }

        DotNetRun plan = await PublishAsync("-p:WithPlan=true");
        Assert.True(plan.ExitCode == 0, plan.Output);
        Assert.Single(plan.DistinctLinesWith("hello of the publish"));
        Assert.NotEmpty(registry.Requests.All);
        Assert.False(File.Exists(Path.Combine(bundle, "security.tar")));

        DotNetRun pull = await PublishAsync("-p:D8MirrorOnPublish=true");
        Assert.True(pull.ExitCode == 0, pull.Output);
        Assert.True(File.Exists(Path.Combine(bundle, "security.tar")), pull.Output);
        Assert.Empty(pull.DistinctLinesWith("hello of the publish"));
    }

    private static string SnippetOfThePage()
    {
        string page = File.ReadAllText(Path.Combine(SourceTree.Root, "src", PackedPackage.Id, "README.md"));
        return page.Split("```xml\n")[1].Split("\n```")[0];
    }

    private static string WithoutKindAndSize(string line)
    {
        string[] words = line.Split(' ');
        Assert.StartsWith("application/vnd.", words[3], StringComparison.Ordinal);
        Assert.Matches("^[1-9][0-9]*$", words[4]);
        return string.Join(' ', [.. words[..3], .. words[5..]]);
    }

    private static Task<TestRegistry> StartAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
}
