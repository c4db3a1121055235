using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>What was done before is not done again, and the build says so.</summary>
[Collection(SharedPackage.Name)]
public sealed class UnchangedTests(PlainProjects projects) : IClassFixture<PlainProjects>
{
    private const string Kept = "unchanged since they were verified";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unchanged_pull_and_push_move_nothing_and_say_so()
    {
        await using TestRegistry source = await StartAsync();
        await using TestRegistry target = await TestRegistry.StartAsync(cancellationToken: Cancellation);
        string file = projects.Write("moved", $"""
            {SecurityProject.Of(source.Host, "moved")}
              <PropertyGroup><D8MirrorTarget>{target.Host}/mirror/ee</D8MirrorTarget></PropertyGroup>
            """);
        await SucceedAsync(file, "D8MirrorPull;D8MirrorPush");
        int uploads = target.UploadedBlobs.Count;
        source.Requests.Clear();
        target.Requests.Clear();

        DotNetRun again = await SucceedAsync(file, "D8MirrorPull;D8MirrorPush");

        Assert.NotEqual(0, uploads);
        Assert.Empty(source.Requests.Blobs());
        Assert.Equal(uploads, target.UploadedBlobs.Count);
        Assert.Empty(target.Requests.Where(request => request.Method is not ("GET" or "HEAD")));
        Assert.Single(again.DistinctLinesWith("security.tar is already there as planned and is kept."));
        Assert.Single(again.DistinctLinesWith("4 of 4 tags already there; nothing is left to send."));
    }

    [Fact]
    public async Task D8MirrorVerifyChanged_reads_a_bundle_once_and_again_when_it_has_changed()
    {
        await using TestRegistry registry = await StartAsync();
        string file = projects.Write("verified", SecurityProject.Of(registry.Host, "verified"));
        string archive = Path.Combine(projects.Combine("verified"), "security.tar");
        await SucceedAsync(file, "D8MirrorPull");

        DotNetRun first = await SucceedAsync(file, "D8MirrorVerifyChanged");
        DotNetRun second = await SucceedAsync(file, "D8MirrorVerifyChanged");
        DotNetRun whole = await SucceedAsync(file, "D8MirrorVerify");

        Assert.Equal((1, 0), (Count(first, "Verified 4 images"), Count(first, Kept)));
        Assert.Equal((0, 1), (Count(second, "Verified 4 images"), Count(second, Kept)));
        Assert.Equal((1, 0), (Count(whole, "Verified 4 images"), Count(whole, Kept)));

        byte[] content = await File.ReadAllBytesAsync(archive, Cancellation);
        content[content.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(archive, content, Cancellation);

        for (int run = 0; run < 2; run++)
        {
            DotNetRun damaged = await BuildAsync(file, "D8MirrorVerifyChanged");
            Assert.Equal(1, damaged.ExitCode);
            Assert.Contains(": error D8M", damaged.Output);
            Assert.Equal(0, Count(damaged, Kept));
        }
    }

    private static int Count(DotNetRun build, string text) => build.DistinctLinesWith(text).Count();

    private static Task<TestRegistry> StartAsync() =>
        TestRegistry.StartAsync(new TestRegistryOptions { Content = DeckhouseMini.Load() }, Cancellation);

    private Task<DotNetRun> BuildAsync(string file, string targets) =>
        projects.BuildAsync(file, $"-t:{targets}", "-tl:off", "-nodeReuse:false");

    private async Task<DotNetRun> SucceedAsync(string file, string targets)
    {
        DotNetRun build = await BuildAsync(file, targets);
        Assert.True(build.ExitCode == 0, build.Output);
        return build;
    }
}
