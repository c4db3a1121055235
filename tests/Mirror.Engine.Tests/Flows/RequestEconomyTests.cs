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

        AssertOnce(registry.Requests.All.Select(record => $"{record.Method} {record.Path}"));
        AssertOnce(registry.Requests.Manifests()
            .Where(record => !record.Request.Route.Reference.Contains(':', StringComparison.Ordinal))
            .Select(record => record.Path));
        AssertOnce(registry.Requests.Manifests()
            .Where(record => record.Method == "GET")
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
            .Select(record => record.Request.Route.Reference));
    }

    private static void AssertOnce(IEnumerable<string> asked)
    {
        string[] all = [.. asked];
        Assert.NotEmpty(all);
        Assert.Empty(all.GroupBy(one => one, StringComparer.Ordinal)
            .Where(group => group.Count() > 1).Select(group => $"{group.Key}: {group.Count()}"));
    }
}
