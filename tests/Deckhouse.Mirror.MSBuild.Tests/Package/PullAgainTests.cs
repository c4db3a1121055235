using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

[Collection(SharedPackage.Name)]
public sealed class PullAgainTests(FaultProject project) : IClassFixture<FaultProject>
{
    private const string Insecure = "-p:D8MirrorInsecure=true";

    [Fact]
    public async Task A_second_pull_keeps_every_archive_of_the_first()
    {
        await using TestRegistry registry = await StartAsync();
        string bundle = project.NewBundle();

        DotNetRun first = await project.BuildAsync("D8MirrorPull", bundle, registry.Host, Insecure);
        Assert.True(first.ExitCode == 0, first.Output);
        Dictionary<string, DateTime> written = TimesOf(bundle);
        DotNetRun second = await project.BuildAsync("D8MirrorPull", bundle, registry.Host, Insecure);

        Assert.True(second.ExitCode == 0, second.Output);
        Assert.NotEmpty(written);
        Assert.Equal(
            written.Keys.Select(path => $"{Path.GetFileName(path)} is already there as planned and is kept.").Order(),
            second.DistinctLinesWith("is already there as planned").Order());
        Assert.Empty(first.DistinctLinesWith("is already there as planned"));
        Assert.Equal(written, TimesOf(bundle));
        Assert.Equal(first.DistinctLinesWith(" -> "), second.DistinctLinesWith(" -> "));
    }

    [Fact]
    public async Task A_plan_gives_its_images_as_items_with_digest_and_archive()
    {
        await using TestRegistry registry = await StartAsync();
        string bundle = project.NewBundle();

        DotNetRun plan = await project.BuildAsync("ShowPlan", bundle, registry.Host, Insecure);

        Assert.True(plan.ExitCode == 0, plan.Output);
        List<string> images = [.. plan.DistinctLinesWith(" in ")
            .Where(line => line.StartsWith("image ", StringComparison.Ordinal))];
        string form = $"^image {registry.Host}/deckhouse/\\S+ sha256:[0-9a-f]{{64}} in \\S+\\.tar$";
        Assert.NotEmpty(images);
        Assert.All(images, image => Assert.Matches(form, image));
        Assert.Contains(images, image => image.EndsWith(" in platform.tar", StringComparison.Ordinal));
        Assert.Contains(images, image => image.EndsWith(" in module-console.tar", StringComparison.Ordinal));
        Assert.Contains($"planned {images.Count} images", plan.DistinctLinesWith("planned "));
        Assert.Empty(FaultProject.FinalFiles(bundle));
    }

    private static Dictionary<string, DateTime> TimesOf(string bundle) =>
        Directory.GetFiles(bundle, "*.tar").ToDictionary(path => path, File.GetLastWriteTimeUtc);

    private static Task<TestRegistry> StartAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
}
