using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;
using EngineFault = Mirror.Engine.Fault;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Nothing is left out of a bundle because of an answer that does not prove that it does not exist.</summary>
public sealed class AbsenceAtSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<RegistryFault> HeadFaults =>
    [
        new RegistryFault { Status = 404, ErrorCode = "MANIFEST_UNKNOWN" },
        new RegistryFault { Status = 403, ErrorCode = "DENIED" },
        new RegistryFault { Status = 501 },
        new RegistryFault { Drop = true },
        new RegistryFault { HideDigest = true },
        new RegistryFault { Status = 200, Page = "<html>" },
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(HeadFaults))]
    public async Task A_source_with_a_HEAD_of_no_use_gives_the_same_bundle_at_each_pull(RegistryFault fault)
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        MirrorReport expected = await EngineRun.Of(source, _folder.Combine("plain")).PullAsync();
        source.Faults.Add(request => request.Method == "HEAD", fault);
        EngineRun partly = EngineRun.Of(source, _folder.Combine("bundle"));
        partly.Settings = partly.Settings with { Components = MirrorComponents.Platform };

        await partly.PullAsync();
        MirrorReport again = await EngineRun.Of(source, _folder.Combine("bundle")).PullAsync();
        MirrorReport last = await EngineRun.Of(source, _folder.Combine("bundle")).PullAsync();

        Assert.Equal(References(expected.Plan), References(again.Plan));
        Assert.Equal(References(expected.Plan), References(last.Plan));
        Assert.Equal(expected.Warnings.Select(one => one.Message), last.Warnings.Select(one => one.Message));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_source_that_cuts_its_lists_without_a_word_gives_the_same_plan(int length)
    {
        await using TestRegistry whole = await MiniSource.StartAsync();
        await using TestRegistry cut = await TestRegistry.StartAsync(
            new TestRegistryOptions
            {
                Content = DeckhouseMini.Load(),
                MaxPageSize = length,
                LinksPages = false,
            },
            TestContext.Current.CancellationToken);

        MirrorPlan expected = await PlanAsync(whole);
        MirrorPlan plan = await PlanAsync(cut);

        Assert.Equal(References(expected), References(plan));
        Assert.Equal(expected.Notes.Length, plan.Notes.Length);

        Task<MirrorPlan> PlanAsync(TestRegistry registry)
        {
            EngineRun run = EngineRun.Of(registry, _folder.Combine(registry.Host.Split(':')[1]));
            run.Settings = run.Settings with { IncludeModules = ["console@>=1.36.0", "neuvector"] };
            return run.PlanAsync();
        }
    }

    [Theory]
    [InlineData("deckhouse/ee/modules/console")]
    [InlineData("deckhouse/ee/modules/console/release")]
    [InlineData("deckhouse/ee/modules/neuvector/extra/scanner")]
    [InlineData("deckhouse/ee/security/trivy-bdu")]
    [InlineData("deckhouse/installer")]
    public async Task A_gateway_that_answers_404_leaves_nothing_out(string repository)
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        FaultRule rule = source.Faults.Add(
            request => request.IsManifest(repository) && request.Method == "GET",
            new RegistryFault { Status = 404, Page = "<html>default backend - 404</html>" });
        ManualTimeProvider time = new();
        EngineRun run = new(source.Host, _folder.Combine("bundle")) { Time = time };

        Task<MirrorReport> pulling = run.PullAsync();
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => time.DrivePausesAsync(pulling));

        Assert.True(rule.Applied > 0);
        Assert.All(failure.Faults, fault => Assert.Equal(FaultCode.AbsenceUnproven, fault.Code));
        Assert.DoesNotContain(run.Events, one => one is WarningRaised { Fault.Code: FaultCode.ItemLeftOut });
    }

    [Fact]
    public async Task A_gateway_that_answers_404_for_a_moment_costs_nothing()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        MirrorReport expected = await EngineRun.Of(source, _folder.Combine("plain")).PullAsync();
        source.Faults.Add(
            request => request.IsManifest("deckhouse/ee/modules/console/release") && request.Method == "GET",
            new RegistryFault { Status = 404, Page = "<html>" },
            times: 2);
        ManualTimeProvider time = new();

        Task<MirrorReport> pulling = new EngineRun(source.Host, _folder.Combine("bundle")) { Time = time }.PullAsync();
        await time.DrivePausesAsync(pulling);

        Assert.Equal(References(expected.Plan), References((await pulling).Plan));
    }

    private static IEnumerable<string> References(MirrorPlan plan) => plan.Archives
        .SelectMany(archive => archive.Layouts)
        .SelectMany(layout => layout.Images, (layout, image) => $"{layout.Path}:{image.Tag}@{image.Digest}")
        .Order(StringComparer.Ordinal);
}
