using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

[Collection(SharedPackage.Name)]
public sealed class BundleGlobTests(PlainProjects projects) : IClassFixture<PlainProjects>
{
    [Theory]
    [InlineData("bundle", false)]
    [InlineData(@"out\..\bundle\", false)]
    [InlineData("elsewhere", true)]
    [InlineData(".", true)]
    [InlineData("..", true)]
    [InlineData("", true)]
    public async Task The_bundle_is_not_taken_into_a_project_by_default_globs(string bundle, bool isTaken)
    {
        // As an SDK does it: the items stand before the targets of packages, and are evaluated after all properties.
        string project = projects.Write("globs", """
              <ItemGroup><None Include="**/*.json" Exclude="$(DefaultItemExcludes)" /></ItemGroup>
            """);
        Directory.CreateDirectory(projects.Combine("bundle"));
        await File.WriteAllTextAsync(
            Path.Combine(projects.Combine("bundle"), "bundle.json"), "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(projects.Combine("own.json"), "", TestContext.Current.CancellationToken);

        DotNetRun build = await projects.BuildAsync(
            project, "-getItem:None", $"-p:D8MirrorBundleDirectory={bundle}");

        Assert.Contains("\"Identity\": \"own.json\"", build.Output);
        Assert.Equal(isTaken, build.Output.Contains("bundle.json\"", StringComparison.Ordinal));
    }
}
