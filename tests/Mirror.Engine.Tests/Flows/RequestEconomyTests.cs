using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class RequestEconomyTests
{
    [Fact]
    public async Task A_plan_asks_for_nothing_twice()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();

        await EngineRun.Of(registry, folder.FullName).PlanAsync();

        AssertOnce(registry.Requests.All.Select(record => $"{record.Method} {record.Path}{record.Request.Query}"));

        // What does not exist is asked for by HEAD, and then by GET, which alone proves it.
        AssertOnce(registry.Requests.Manifests()
            .Where(record => record is { Status: 200 }
                && !record.Request.Route.Reference.Contains(':', StringComparison.Ordinal))
            .Select(record => record.Path));
        Assert.All(
            registry.Requests.TagLists().GroupBy(record => record.Path, StringComparer.Ordinal),
            list => Assert.InRange(list.Count(), 1, list.Any(record => record.Status == 200) ? 2 : 1));
        AssertOnce(registry.Requests.Manifests()
            .Where(record => record.Request.Route.Reference.Contains(':', StringComparison.Ordinal))
            .Select(record => record.Request.Route.Reference));
        AssertOnce(registry.Requests.Blobs().Select(record => record.Request.Route.Reference));
        Assert.InRange(registry.Requests.Where(request => request.Route.Kind == RouteKind.Base).Count, 0, 1);
    }

    [Fact]
    public async Task A_plan_tells_how_many_requests_it_took()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();

        int told = (await EngineRun.Of(registry, folder.FullName).PlanAsync()).Requests;

        Assert.Equal(registry.Requests.All.Count, told);
    }

    [Fact]
    public async Task A_pull_downloads_each_content_once_also_what_planning_read()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();

        await EngineRun.Of(registry, folder.FullName).PullAsync();

        AssertOnce(registry.Requests.Blobs().Select(record => record.Request.Route.Reference));
        AssertOnce(registry.Requests.Manifests()
            .Where(record => record is { Method: "GET", Status: 200 })
            .Where(record => record.Request.Route.Reference.Contains(':', StringComparison.Ordinal))
            .Select(record => record.Request.Route.Reference));
    }

    [Fact]
    public async Task A_pull_asks_for_the_manifest_of_a_tag_at_once_and_a_plan_after_it_for_its_digest_alone()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        EngineRun pull = EngineRun.Of(registry, folder.FullName);
        EngineRun plan = EngineRun.Of(registry, folder.FullName);
        pull.Settings = pull.Settings with { Components = MirrorComponents.All & ~MirrorComponents.Plugins };
        plan.Settings = pull.Settings;

        await pull.PullAsync();
        string[] first = TagMethods(registry, 0);
        int asked = registry.Requests.All.Count;
        await plan.PlanAsync();

        Assert.Equal(["GET"], first);
        Assert.Equal(["HEAD"], TagMethods(registry, asked));
        Assert.DoesNotContain(
            registry.Requests.All.Skip(asked),
            record => record is { Status: 200, Request.Route.Kind: RouteKind.Blob });
        AssertOnce(registry.Requests.All.Skip(asked).Select(
            record => $"{record.Method} {record.Path}{record.Request.Query}"));
        Assert.True(registry.Requests.All.Count - asked < asked);
    }

    [Fact]
    public async Task A_pull_of_what_is_there_asks_for_digests_and_lists_alone()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();

        await EngineRun.Of(registry, folder.FullName).PullAsync();
        int asked = registry.Requests.All.Count;
        await EngineRun.Of(registry, folder.FullName).PullAsync();

        Assert.Equal(["HEAD"], TagMethods(registry, asked));
        // Candidates for plugins that were looked at and not chosen are in no archive.
        Assert.All(
            registry.Requests.All.Skip(asked).Where(record => record is { Method: "GET", Status: 200 }
                && record.Request.Route.Kind is RouteKind.Manifest or RouteKind.Blob),
            record => Assert.Contains("/plugins/", record.Path, StringComparison.Ordinal));
    }

    private static string[] TagMethods(TestRegistry registry, int skipped) =>
    [
        .. registry.Requests.All.Skip(skipped)
            .Where(record => record.Request.Route.Kind == RouteKind.Manifest && record.Status == 200
                && !record.Request.Route.Reference.Contains(':', StringComparison.Ordinal))
            .Select(record => record.Method)
            .Distinct(StringComparer.Ordinal),
    ];

    private static void AssertOnce(IEnumerable<string> asked)
    {
        string[] all = [.. asked];
        Assert.NotEmpty(all);
        Assert.Empty(all.GroupBy(one => one, StringComparer.Ordinal)
            .Where(group => group.Count() > 1).Select(group => $"{group.Key}: {group.Count()}"));
    }
}
