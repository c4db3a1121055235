using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

[Collection(SharedPackage.Name)]
public sealed class IsolationTests(PlainProjects projects) : IClassFixture<PlainProjects>
{
    [Fact]
    public async Task Another_task_with_other_versions_of_the_same_assemblies_does_no_harm_and_takes_none()
    {
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
        string task = await OtherPackages.BuildAsync(projects.Combine("other"));
        string file = projects.Write("together", $"""
              <UsingTask TaskName="ShowOthers" AssemblyFile="{task}" />
              <PropertyGroup>
                <D8MirrorSource>{registry.Host}/deckhouse/ee</D8MirrorSource>
                <D8MirrorInsecure>true</D8MirrorInsecure>
                <D8MirrorGostDigest>true</D8MirrorGostDigest>
                <D8MirrorBundleDirectory>together</D8MirrorBundleDirectory>
              </PropertyGroup>
              <ItemGroup><D8MirrorIncludeModule Include="console" Version="^1.0.0" /></ItemGroup>
              <Target Name="Together">
                <ShowOthers />
                <CallTarget Targets="D8MirrorPull;VerifyGostDigest;D8MirrorVerify" />
                <ShowOthers />
              </Target>
            """);

        DotNetRun build = await projects.BuildAsync(file, "-t:Together", "-tl:off", "-nodeReuse:false");

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Equal(OtherPackages.Lines.Concat(OtherPackages.Lines), build.LinesWith("other "));
        Assert.True(File.Exists(Path.Combine(projects.Combine("together"), "module-console.tar")), build.Output);
        Assert.Single(build.DistinctLinesWith("Verified "));
    }
}
