using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>The ways in which MSBuild runs and shows tasks.</summary>
[Collection(SharedPackage.Name)]
public sealed class HostTests(PlainProjects projects) : IClassFixture<PlainProjects>
{
    private static readonly TimeSpan _together = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_verbosity_of_both_loggers_shows_its_share_and_no_more()
    {
        await using TestRegistry registry = await StartAsync();
        string file = projects.Write("verbosity", SecurityProject.Of(registry.Host, "verbosity"));
        DotNetRun first = await projects.BuildAsync(file, "-t:D8MirrorPull", "-nodeReuse:false");
        Assert.True(first.ExitCode == 0, first.Output);

        foreach ((string verbosity, bool showsMilestones, bool showsRequests) in (IEnumerable<(string, bool, bool)>)
            [("q", false, false), ("m", true, false), ("n", true, false), ("d", true, true), ("diag", true, true)])
        {
            DotNetRun console = await projects.BuildAsync(
                file, "-t:D8MirrorPull", "-tl:off", $"-v:{verbosity}", "-nodeReuse:false");
            Assert.True(console.ExitCode == 0, console.Output);
            Assert.Equal(showsMilestones, console.LinesWith("Up to date: 4 images ").Any());
            Assert.Equal(
                showsMilestones, console.LinesWith($"verbosity -> {projects.Combine("verbosity")}").Any());
            Assert.Equal(showsRequests, console.LinesWith("/v2/deckhouse/ee/security/").Any());

            DotNetRun terminal = await projects.BuildAsync(
                file, "-t:D8MirrorPull", "-tl:on", $"-v:{verbosity}", "-nodeReuse:false");
            Assert.True(terminal.ExitCode == 0, terminal.Output);
            // It shows the most important messages from detailed on, and no others.
            Assert.Equal(showsRequests, terminal.LinesWith("Up to date: 4 images ").Any());
            Assert.DoesNotContain("/v2/deckhouse/ee/security/", terminal.Output);
            if (showsMilestones)
            {
                Assert.Contains(terminal.LinesWith("verbosity"), line => line.Contains("succeeded"));
            }

            // An error is shown by all; the two ends stand for those between.
            foreach (string logger in verbosity is "q" or "diag" ? (string[])["-tl:off", "-tl:on"] : [])
            {
                DotNetRun failed = await projects.BuildAsync(
                    file, "-t:D8MirrorPull", logger, $"-v:{verbosity}", "-nodeReuse:false", "-p:D8MirrorForce=perhaps");
                Assert.Equal(1, failed.ExitCode);
                Assert.Contains("D8M1002", failed.Output);
                Assert.Contains("D8MirrorForce", failed.Output);
            }
        }
    }

    [Theory]
    [InlineData("processes")]
    [InlineData("threads", "-mt")]
    public async Task Two_projects_of_one_build_mirror_at_the_same_time(string name, params string[] more)
    {
        await using TestRegistry first = await StartAsync();
        await using TestRegistry second = await StartAsync();
        RequestGate[] gates = [Hold(first), Hold(second)];
        projects.Write(name + "-first", SecurityProject.Of(first.Host, name + "-first"));
        projects.Write(name + "-second", SecurityProject.Of(second.Host, name + "-second"));
        string both = projects.Write(name, $"""
              <Target Name="Both">
                <MSBuild
                  Projects="{name}-first.proj;{name}-second.proj"
                  Targets="D8MirrorPull"
                  BuildInParallel="true" />
              </Target>
            """);

        Task<DotNetRun> run = projects.BuildAsync(both, ["-t:Both", "-m:2", "-tl:off", "-nodeReuse:false", .. more]);
        await Task.WhenAny(run, Task.WhenAll(gates.Select(gate => gate.Reached))).WaitAsync(_together, Cancellation);
        bool areTogether = gates.All(gate => gate.Reached.IsCompletedSuccessfully);
        gates[0].Open();
        gates[1].Open();
        DotNetRun build = await run;

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.True(areTogether, "One pull ended before the other one began.");
        byte[][] archives =
        [
            .. ((string[])["-first", "-second"]).Select(
                part => File.ReadAllBytes(Path.Combine(projects.Combine(name + part), "security.tar"))),
        ];
        Assert.Equal(archives[0].Length, archives[1].Length);
    }

    [Fact]
    public async Task In_a_task_process_of_its_own_it_pulls_and_tells_the_same()
    {
        await using TestRegistry registry = await StartAsync();
        string file = projects.Write("apart", SecurityProject.Of(registry.Host, "apart"));

        DotNetRun build = await projects.BuildAsync(
            file,
            PlainProjects.TasksApart,
            static _ => { },
            "-t:D8MirrorPull",
            "-tl:off",
            "-v:diag",
            "-nodeReuse:false");

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Contains("\"D8MirrorPull\" ran in TaskHost process", build.Output);
        Assert.NotEmpty(build.LinesWith("Pulled 4 images "));
        Assert.Contains(" -> " + projects.Combine("apart"), build.Output);
        Assert.True(File.Exists(Path.Combine(projects.Combine("apart"), "security.tar")), build.Output);
    }

    [Fact]
    public async Task A_node_that_is_used_again_sees_the_variables_of_its_next_build()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Workers are found by /proc.");
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new TestRegistryOptions
            {
                Content = DeckhouseMini.Load(),
                Credential = new TestCredential("license-token", "right-one"),
            },
            Cancellation);
        string file = projects.Write("reuse", SecurityProject.Of(registry.Host, "reuse") + """
              <PropertyGroup><D8MirrorPullDependsOn>SayWorker</D8MirrorPullDependsOn></PropertyGroup>
              <Target Name="SayWorker"><Exec Command="echo worker $PPID" /></Target>
            """);
        using WorkerNodes workers = new();

        // MSBuild keeps a worker for the next build only while few others live on the machine.
        bool isUsedAgain = false;
        for (int tries = 0; !isUsedAgain && tries < 10; tries++)
        {
            DotNetRun wrong = await BuildAsync(("D8_MIRROR_LICENSE_TOKEN", "wrong-one"));
            DotNetRun right = await BuildAsync(("D8_MIRROR_LICENSE_TOKEN", "right-one"), ("MIRROR_DEBUG_LOG", "4"));
            DotNetRun none = await BuildAsync();

            Assert.Contains("D8M2006", Assert.Single(wrong.DistinctLinesWith(": error ")));
            Assert.DoesNotContain("/v2/deckhouse/ee/security/trivy-bdu", wrong.Output);
            Assert.True(right.ExitCode == 0, right.Output);
            Assert.Contains("/v2/deckhouse/ee/security/trivy-bdu", right.Output);
            Assert.Contains("D8M2006", Assert.Single(none.DistinctLinesWith(": error ")));
            Assert.DoesNotContain("/v2/deckhouse/ee/security/trivy-bdu", none.Output);
            isUsedAgain = WorkerOf(wrong) == WorkerOf(right) && WorkerOf(right) == WorkerOf(none);
        }

        Assert.True(isUsedAgain, "No worker was used again.");

        static string WorkerOf(DotNetRun build) => Assert.Single(build.DistinctLinesWith("worker "));

        Task<DotNetRun> BuildAsync(params (string Name, string Value)[] variables) => projects.BuildAsync(
            file,
            variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)).Concat(workers.Variables),
            static _ => { },
            "-t:D8MirrorPull",
            "-tl:off",
            "-nodeReuse:true");
    }

    private static RequestGate Hold(TestRegistry registry)
    {
        RequestGate gate = new();
        registry.Faults.Add(request => request.IsManifest(), new RegistryFault { Gate = gate });
        return gate;
    }

    private static Task<TestRegistry> StartAsync() =>
        TestRegistry.StartAsync(new TestRegistryOptions { Content = DeckhouseMini.Load() }, Cancellation);
}
