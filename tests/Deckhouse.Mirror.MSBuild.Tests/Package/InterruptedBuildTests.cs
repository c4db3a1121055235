using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>Ctrl+C while blobs move, and builds whose worker outlives them.</summary>
[Collection(SharedPackage.Name)]
public sealed class InterruptedBuildTests(PlainProjects projects) : IClassFixture<PlainProjects>
{
    private const int Connections = 3;
    private const string Apart = "apart";
    private const string NoSignals = "Windows has no signals.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain")]
    [InlineData("mt", "-mt")]
    [InlineData(Apart)]
    public async Task An_interrupted_pull_fails_asks_nothing_more_and_is_finished_by_the_next(
        string name, params string[] more)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NoSignals);
        await using TestRegistry source = await StartAsync();
        string file = Write($"{name}-pull", source.Host, "no.target");
        string whole = projects.Combine($"{name}-whole");
        await SucceedAsync(file, "D8MirrorPull", whole);
        HeldRequests held = Hold(source, HalfOfBlobs(source), request => request.IsBlob());
        string bundle = projects.Combine($"{name}-interrupted");

        DotNetRun build = await InterruptAsync(
            file, "D8MirrorPull", bundle, held, name == Apart ? PlainProjects.TasksApart : [], more);

        AssertCancelled(build, file, "pull");
        Assert.Empty(held.Since);
        Assert.Empty(FaultProject.FinalFiles(bundle));
        source.Faults.Clear();
        held.Gate.Open();
        DotNetRun again = await SucceedAsync(file, "D8MirrorPull", bundle);
        Assert.Single(again.DistinctLinesWith("Resuming: "));
        Assert.Equal(BundleDigests.Of(whole), BundleDigests.Of(bundle));
    }

    [Fact]
    public async Task An_interrupted_push_fails_drops_its_open_uploads_asks_nothing_else_and_is_finished_by_the_next()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NoSignals);
        await using TestRegistry source = await StartAsync();
        await using TestRegistry target = await TestRegistry.StartAsync(cancellationToken: Cancellation);
        string file = Write("push", source.Host, target.Host);
        string bundle = projects.Combine("push-bundle");
        await SucceedAsync(file, "D8MirrorPull", bundle);
        int uploads = 0;
        HeldRequests held = Hold(
            target,
            request => SendsBlob(request) && ++uploads == 40,
            SendsBlob);

        DotNetRun build = await InterruptAsync(file, "D8MirrorPush", bundle, held, [], []);

        AssertCancelled(build, file, "push");
        Assert.Equal(
            held.Since.Select(request => $"DELETE {request.Path}").Distinct(),
            held.Since.Select(request => $"{request.Method} {request.Path}"));
        Assert.All(held.Since, request => Assert.True(request.IsUpload()));
        Assert.InRange(held.Since.Count(), 0, Connections);
        Assert.DoesNotContain(target.Dump(), image => image.Tag is not null);
        int sent = target.UploadedBlobs.Count;
        Assert.InRange(sent, 30, 40);
        target.Faults.Clear();
        held.Gate.Open();
        await SucceedAsync(file, "D8MirrorPush", bundle);
        Assert.Equal(
            BundleListing.AtTarget(bundle, "mirror/ee"),
            BundleListing.InOrder(target.Dump().Where(image => image.Tag is not null
                && !BundleListing.NamesAtTarget(bundle, "mirror/ee").Contains((image.Repository, image.Tag)))));
        Assert.Equal(target.UploadedBlobs.Count, target.UploadedBlobs.Distinct().Count());
    }

    [Fact]
    public async Task A_pull_is_interrupted_even_where_the_caller_ignores_SIGINT_as_a_background_job_does()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NoSignals);
        await using TestRegistry source = await StartAsync();
        string file = Write("background-pull", source.Host, "no.target");
        int blobs = 0;
        HeldRequests held = Hold(source, request => request.IsBlob() && ++blobs == 60, request => request.IsBlob());
        using IDisposable ignored = InterruptSignal.Ignore();

        DotNetRun build = await InterruptAsync(
            file, "D8MirrorPull", projects.Combine("background"), held, [], []);

        AssertCancelled(build, file, "pull");
        Assert.True(InterruptSignal.IsIgnored);
        held.Gate.Open();
    }

    [Fact]
    public async Task A_worker_that_outlives_its_killed_build_does_no_harm_to_the_next_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Workers are found by /proc.");
        await using TestRegistry source = await StartAsync();
        string file = Write("outlived", source.Host, "no.target");
        string whole = projects.Combine("outlived-whole");
        await SucceedAsync(file, "D8MirrorPull", whole);
        HeldRequests held = Hold(source, HalfOfBlobs(source), request => request.IsBlob());
        string bundle = projects.Combine("outlived");
        using WorkerNodes workers = new();
        int number = 0;
        Task<DotNetRun> killed = projects.BuildAsync(
            file, workers.Variables, started => number = started, Arguments("D8MirrorPull", bundle));
        await held.WaitAsync(killed, Cancellation);

        int worker = Assert.Single(workers.Find(), process => process != number);
        await PlainProjects.SignalAsync("KILL", number);
        Assert.Contains(worker, workers.Find());
        source.Faults.Clear();
        held.Gate.Open();
        DotNetRun next = await projects.BuildAsync(file, Arguments("D8MirrorPull", bundle));

        // The worker may hold the bundle longer than the next build is willing to wait.
        for (int tries = 0; next.ExitCode != 0 && tries < 5; tries++)
        {
            Assert.Contains("D8M6003", Assert.Single(next.DistinctLinesWith(": error ")));
            next = await projects.BuildAsync(file, Arguments("D8MirrorPull", bundle));
        }

        Assert.True(next.ExitCode == 0, next.Output);
        Assert.NotEqual(0, (await killed).ExitCode);
        Assert.Equal(BundleDigests.Of(whole), BundleDigests.Of(bundle));
    }

    private static string[] Arguments(string target, string bundle, params string[] more) =>
        [$"-t:{target}", $"-p:D8MirrorBundleDirectory={bundle}", "-tl:off", "-nodeReuse:false", .. more];

    private static void AssertCancelled(DotNetRun build, string file, string verb)
    {
        Assert.Equal(1, build.ExitCode);
        string error = Assert.Single(build.DistinctLinesWith(": error "));
        Assert.StartsWith($"{ErrorForm.At(file, 1, "D8M8002")}The {verb} was cancelled. ", error);
    }

    /// <summary>Meets the request that stands in the middle of what was asked so far.</summary>
    private static Func<RegistryRequest, bool> HalfOfBlobs(TestRegistry registry)
    {
        IReadOnlyList<RequestRecord> blobs = registry.Requests.Blobs();
        string middle = blobs[blobs.Count / 2].Path;
        return request => request.Path == middle;
    }

    private static HeldRequests Hold(
        TestRegistry registry, Func<RegistryRequest, bool> first, Func<RegistryRequest, bool> held) =>
        new(registry, first, held, Connections);

    private static bool SendsBlob(RegistryRequest request) => request.Method is "PUT" or "PATCH" && request.IsUpload();

    private static Task<TestRegistry> StartAsync() =>
        TestRegistry.StartAsync(new TestRegistryOptions { Content = DeckhouseMini.Load() }, Cancellation);

    private string Write(string name, string source, string target) => projects.Write(name, $"""
          <PropertyGroup>
            <D8MirrorSource>{source}/deckhouse/ee</D8MirrorSource>
            <D8MirrorTarget>{target}/mirror/ee</D8MirrorTarget>
            <D8MirrorInsecure>true</D8MirrorInsecure>
            <D8MirrorNoPackages>true</D8MirrorNoPackages>
            <D8MirrorMaxConnections>{Connections}</D8MirrorMaxConnections>
          </PropertyGroup>
        """);

    private async Task<DotNetRun> InterruptAsync(
        string file,
        string target,
        string bundle,
        HeldRequests held,
        IEnumerable<KeyValuePair<string, string>> variables,
        string[] more)
    {
        int number = 0;
        Task<DotNetRun> run = projects.BuildAsync(
            file, variables, started => number = started, Arguments(target, bundle, more));
        await held.WaitAsync(run, Cancellation);
        await PlainProjects.SignalAsync("INT", number);
        return await run;
    }

    private async Task<DotNetRun> SucceedAsync(string file, string target, string bundle)
    {
        DotNetRun build = await projects.BuildAsync(file, Arguments(target, bundle));
        Assert.True(build.ExitCode == 0, build.Output);
        return build;
    }
}
