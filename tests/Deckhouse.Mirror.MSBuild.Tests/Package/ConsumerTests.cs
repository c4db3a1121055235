using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

[Collection(SharedPackage.Name)]
public sealed class ConsumerTests(PackedPackage package)
{
    private const string ThreeMistakes = """
          <PropertyGroup>
            <D8MirrorBundleDirectory>bundle</D8MirrorBundleDirectory>
            <D8MirrorMaxConnections>many</D8MirrorMaxConnections>
            <D8MirrorTimeout>soon</D8MirrorTimeout>
          </PropertyGroup>
          <ItemGroup>
            <D8MirrorIncludeModule Include="console" Version="not a version" />
          </ItemGroup>
        """;

    [Theory]
    [InlineData("D8MirrorPlan")]
    [InlineData("D8MirrorPull", "-mt")]
    public async Task Three_malformed_settings_give_three_errors_of_the_project(string target, params string[] more)
    {
        using ConsumerProject project = ConsumerProject.Create(package, ThreeMistakes);

        DotNetRun build = await project.BuildAsync(target, more);

        Assert.Equal(1, build.ExitCode);
        List<string> errors = [.. build.DistinctLinesWith(": error ")];
        Assert.True(errors.Count == 3, build.Output);
        Assert.Single(errors, error => At("<D8MirrorMaxConnections>", "D8M1002", error));
        Assert.Single(errors, error => At("<D8MirrorTimeout>", "D8M1002", error));
        Assert.Single(errors, error => At("\"not a version\"", "D8M1010", error));
        Assert.False(Directory.Exists(Path.Combine(project.Folder, "bundle")));

        bool At(string text, string code, string error) => error.StartsWith(
            ErrorForm.At(project.File, project.LineOf(text), code), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task A_mistake_is_shown_in_the_file_that_makes_it_wherever_the_task_runs(string isApart)
    {
        using ConsumerProject project = ConsumerProject.Create(package, ThreeMistakes);
        string imported = Path.Combine(project.Folder, "Directory.Build.props");
        await File.WriteAllTextAsync(
            imported,
            """
            <Project><PropertyGroup>
              <D8MirrorForce>perhaps</D8MirrorForce>
              <D8MirrorForse>true</D8MirrorForse>
            </PropertyGroup></Project>
            """,
            TestContext.Current.CancellationToken);

        DotNetRun build = await project.BuildAsync(
            "D8MirrorPull",
            [new("MSBUILDFORCEALLTASKSOUTOFPROC", isApart), new("D8MirrorSuorce", "registry.example")],
            "-p:D8MirrorTimeout=later",
            "-p:D8MirrorNoModul=true");

        List<string> errors = [.. build.DistinctLinesWith(": error ")];
        Assert.True(errors.Count == 7, build.Output);
        Assert.Single(errors, error => error.StartsWith(
            $"{ErrorForm.At(imported, 3, "D8M1002")}There is no property 'D8MirrorForse'", StringComparison.Ordinal));
        Assert.Single(errors, error => error.StartsWith(
            $"{ErrorForm.WithoutLine(project.File, "D8M1002")}There is no property 'D8MirrorNoModul', which the "
                + "command line sets. Did you mean 'D8MirrorNoModules'?", StringComparison.Ordinal));
        Assert.Single(errors, error => error.StartsWith(
            $"{ErrorForm.WithoutLine(project.File, "D8M1002")}There is no property 'D8MirrorSuorce', which an "
                + "environment variable sets. Did you mean 'D8MirrorSource'?", StringComparison.Ordinal));
        Assert.Single(errors, error => error.StartsWith(
            $"{ErrorForm.At(imported, 2, "D8M1002")}D8MirrorForce is 'perhaps'", StringComparison.Ordinal));
        Assert.Single(errors, error => error.StartsWith(
            $"{ErrorForm.WithoutLine(project.File, "D8M1002")}D8MirrorTimeout is 'later'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_project_with_several_target_frameworks_runs_a_target_once()
    {
        using ConsumerProject project = ConsumerProject.Create(
            package,
            ThreeMistakes + """
                  <PropertyGroup>
                    <D8MirrorPlanDependsOn>SayHello</D8MirrorPlanDependsOn>
                  </PropertyGroup>
                  <Target Name="SayHello"><Message Importance="high" Text="hook of '$(TargetFramework)'" /></Target>
                """,
            "net10.0;netstandard2.0");

        DotNetRun build = await project.BuildAsync("D8MirrorPlan");

        Assert.Equal(["hook of ''"], build.DistinctLinesWith("hook of"));
        Assert.Equal(3, build.DistinctLinesWith(": error D8M10").Count());
    }

    [Fact]
    public async Task Secrets_as_properties_are_refused_without_their_values_together_with_other_mistakes()
    {
        using ConsumerProject project = ConsumerProject.Create(package, ThreeMistakes);

        DotNetRun build = await project.BuildAsync(
            "D8MirrorPull",
            [new("D8MirrorPassword", "canary-variable")],
            "-p:D8MirrorLicenseToken=canary-property");

        Assert.Equal(1, build.ExitCode);
        List<string> errors = [.. build.DistinctLinesWith(": error ")];
        Assert.True(errors.Count == 5, build.Output);
        Assert.Single(errors, error => error.Contains(": error D8M1008: D8MirrorPassword is set, "));
        string start = ErrorForm.WithoutLine(project.File, "D8M1008") + "D8MirrorLicenseToken is set, ";
        string license = Assert.Single(errors, error => error.StartsWith(start, StringComparison.Ordinal));
        Assert.Contains("D8_MIRROR_LICENSE_TOKEN", license);
        Assert.DoesNotContain("canary", build.Output);
    }

    [Fact]
    public async Task An_MSBuild_that_is_too_old_is_told_what_to_use()
    {
        using ConsumerProject project = ConsumerProject.Create(package, ThreeMistakes);

        DotNetRun build = await project.BuildAsync("D8MirrorPlan", "-p:_D8MirrorHostVersion=17.14.8");

        Assert.Equal(1, build.ExitCode);
        string error = Assert.Single(build.DistinctLinesWith(": error "));
        Assert.StartsWith($"{project.File} : error D8M8001: MSBuild 17.14.8 ", error);
    }

    [Fact]
    public async Task An_ordinary_build_mirrors_nothing()
    {
        using ConsumerProject project =
            ConsumerProject.Create(package, ThreeMistakes, fileName: "library.csproj");

        DotNetRun build = await project.BuildAsync("Build", "-p:UseSharedCompilation=false");

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.DoesNotContain("D8M", build.Output);
    }

    [Fact]
    public async Task The_copied_example_finds_the_newest_package_and_by_default_plans()
    {
        using ConsumerProject project = ConsumerProject.Copy(package, "msbuild");

        DotNetRun build = await project.BuildAsync(target: null, "-p:D8MirrorMaxConnections=many");

        Assert.Equal(1, build.ExitCode);
        string error = Assert.Single(build.DistinctLinesWith(": error "));
        Assert.StartsWith(ErrorForm.WithoutLine(project.File, "D8M1002"), error);
    }
}
