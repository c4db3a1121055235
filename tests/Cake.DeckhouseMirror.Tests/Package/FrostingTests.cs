using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

[Collection(SharedPackages.Name)]
public sealed class FrostingTests(FrostingExample example) : IClassFixture<FrostingExample>
{
    private const string Licence = "canary-licence-77";

    [Fact]
    public async Task Its_tasks_plan_pull_verify_and_push()
    {
        await using TestRegistry source = await StartAsync(new TestRegistryOptions
        {
            Content = DeckhouseMini.Load(),
            Credential = new TestCredential("license-token", Licence),
        });
        await using TestRegistry target = await StartAsync(new TestRegistryOptions());
        string[] ends = [$"--source={source.Host}/deckhouse/ee", $"--registry={target.Host}/mirror/ee", "--insecure"];

        DotNetRun plan = await RunAsync(ends);
        Assert.Empty(Directory.GetFiles(example.Folder, "*.tar", SearchOption.AllDirectories));
        DotNetRun pull = await RunAsync([.. ends, "--target=Pull", "--verbosity=Diagnostic"]);
        DotNetRun push = await RunAsync([.. ends, "--target=Push"]);

        Assert.All([plan, pull, push], run => Assert.True(run.ExitCode == 0, run.Output));
        Assert.NotEmpty(plan.LinesWith(" images in "));
        Assert.All([plan, pull, push], run => Assert.DoesNotContain(Licence, run.Output));
        string bundle = Path.Combine(example.Folder, "bundle");
        Assert.NotEmpty(BundleListing.Read(bundle));
        var names = BundleListing.NamesAtTarget(bundle, "mirror/ee");
        Assert.Equal(
            BundleListing.AtTarget(bundle, "mirror/ee"),
            BundleListing.InOrder(target.Dump().Where(
                image => image.Tag is not null && !names.Contains((image.Repository, image.Tag)))));
        Assert.NotEmpty(push.LinesWith("All tasks succeeded"));
    }

    [Fact]
    public async Task A_task_that_fails_ends_the_build_with_its_code_after_the_lifetimes_teardown()
    {
        DotNetRun run = await RunAsync("--target=Verify", "--bundle=missing");

        Assert.Equal(255, run.ExitCode);
        Assert.NotEmpty(run.LinesWith("D8M"));
        Assert.NotEmpty(run.LinesWith(Path.Combine(example.Folder, "missing")));
        Assert.NotEmpty(run.LinesWith("A task failed: run it again to continue"));
    }

    private static Task<TestRegistry> StartAsync(TestRegistryOptions options) =>
        TestRegistry.StartAsync(options, TestContext.Current.CancellationToken);

    private Task<DotNetRun> RunAsync(params string[] arguments) =>
        example.RunAsync([new("D8_MIRROR_LICENSE_TOKEN", Licence)], arguments);
}
