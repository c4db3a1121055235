using System.Text.Json;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>What a pull says of the bundle that was in its folder.</summary>
public sealed class PullChangesTests
{
    [Fact]
    public async Task A_plan_and_a_pull_tell_what_is_new_since_the_bundle_that_was_there()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await MiniSource.StartAsync();
        EngineRun first = Run(source, folder, "=v1.37.2");
        await first.PullAsync();
        Assert.DoesNotContain(first.Events, line => line.Message.Contains("that was here", StringComparison.Ordinal));
        Assert.False(Report(folder).TryGetProperty("changes", out _));

        EngineRun plan = Run(source, folder, "=v1.38.0");
        await plan.PlanAsync();
        string[] planned = Tags(Report(folder, "plan"), "added");
        EngineRun second = Run(source, folder, "=v1.38.0");
        await second.PullAsync();

        Assert.Contains("modules/console:v1.38.0", planned);
        Assert.Equal(planned, Tags(Report(folder), "added"));
        Assert.Contains("modules/console:v1.37.2", Tags(Report(folder), "gone"));
        Assert.Contains("modules/console/release:stable", Tags(Report(folder), "moved"));
        Assert.Single(second.Events, line => line.Message.StartsWith("Since the bundle", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_pull_of_the_same_says_that_nothing_is_new()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await MiniSource.StartAsync();
        await Run(source, folder, "=v1.37.2").PullAsync();
        EngineRun again = Run(source, folder, "=v1.37.2");

        await again.PullAsync();

        Assert.Single(again.Events, line => line.Message == "Nothing is new since the bundle that was here.");
    }

    [Fact]
    public async Task An_inventory_that_cannot_be_read_leaves_nothing_to_compare_with()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await MiniSource.StartAsync();
        await Run(source, folder, "=v1.37.2").PullAsync();
        await File.WriteAllTextAsync(
            folder.Combine("bundle", "module-console.tar.json"), "{", TestContext.Current.CancellationToken);

        await Run(source, folder, "=v1.37.2").PlanAsync();

        Assert.False(Report(folder, "plan").TryGetProperty("changes", out _));
    }

    [Fact]
    public async Task The_inventories_of_a_bundle_are_enough_to_compare_with_it()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await MiniSource.StartAsync();
        await Run(source, folder, "=v1.37.2").PullAsync();
        Directory.GetFiles(folder.Combine("bundle"), "*.tar").ToList().ForEach(File.Delete);
        EngineRun second = Run(source, folder, "=v1.38.0");
        second.Settings = second.Settings with { Force = false };

        await second.PullAsync();

        Assert.Contains("modules/console:v1.38.0", Tags(Report(folder), "added"));
        Assert.Contains("modules/console:v1.37.2", Tags(Report(folder), "gone"));
    }

    private static EngineRun Run(TestRegistry source, TemporaryFolder folder, string version)
    {
        EngineRun run = EngineRun.Of(source, folder.Combine("bundle"));
        run.Settings = run.Settings with
        {
            Components = MirrorComponents.Modules,
            IncludeModules = [$"console@{version}"],
            Force = true,
            ReportFile = folder.Combine("{verb}.json"),
        };
        return run;
    }

    private static JsonElement Report(TemporaryFolder folder, string verb = "pull")
    {
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(folder.Combine($"{verb}.json")));
        return report.RootElement.Clone();
    }

    private static string[] Tags(JsonElement report, string kind) =>
    [
        .. report.GetProperty("changes").GetProperty(kind).EnumerateArray()
            .Select(image => $"{image.GetProperty("path").GetString()}:{image.GetProperty("tag").GetString()}"),
    ];
}
