using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>What a person reads of a push.</summary>
public sealed class PushMessagesTests
{
    [Fact]
    public async Task A_push_says_what_it_consisted_of_and_one_that_sends_nothing_says_that()
    {
        using BundleCopy bundle = new("0.33", "module-console", "security");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun first = new(target.Host, bundle.Folder);
        PushRun second = new(target.Host, bundle.Folder);

        await first.PushAsync();
        await second.PushAsync();

        Assert.Superset(
            new HashSet<string> { "Platform: not present", "Security: 4 databases", "Modules: 1" },
            Milestones(first).ToHashSet());
        Assert.DoesNotContain("Modules: 1", Milestones(second));
        Assert.Contains(
            Milestones(second), line => line.EndsWith("nothing is left to send.", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Milestones(first), line => line.Contains("nothing is left", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/modules", "module-console", false)]
    [InlineData("my/mods", "module-console", true)]
    [InlineData("my/mods", "security", false)]
    public async Task Modules_that_go_where_no_cluster_looks_for_them_are_told(
        string suffix, string archive, bool isTold)
    {
        using BundleCopy bundle = new("0.33", archive);
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun run = new(target.Host, bundle.Folder);
        run.Settings = run.Settings with { ModulesPathSuffix = suffix };

        await run.PushAsync();

        Assert.Equal(isTold, Milestones(run).Any(line => line.StartsWith(
            $"Modules go to {target.Host}/mirror/ee/my/mods; ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_odd_about_a_bundle_is_a_warning_of_the_report()
    {
        using TemporaryFolder folder = new();
        new DrawnArchive()
            .Layout("foo/bar/", ("v1.0.0", "foreign"))
            .Layout("install/", ("v1.0.0", "installer"))
            .Layout("release-channel/", ("alpha", "no version in it"))
            .Write(folder.Combine("platform.tar"));
        await using TestRegistry target = await PushRun.StartTargetAsync();

        MirrorReport report = await new PushRun(target.Host, folder.FullName).PushAsync();

        Assert.Equal(
            [FaultCode.PlainHttpUsed, FaultCode.LayerUnreadable, FaultCode.PathUnknown],
            report.Warnings.Select(warning => warning.Code));
        Assert.Equal(report.Warnings.Skip(1), report.Plan.Notes);
    }

    private static IEnumerable<string> Milestones(PushRun run) => run.Events
        .Where(line => line.Level == MirrorEventLevel.Milestone)
        .Select(line => line.Message);
}
