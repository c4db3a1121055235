using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.House;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The examples of docs/settings.md about constraints are those of d8's document, and true.</summary>
public sealed class DocumentedConstraintsTests
{
    private const string Module = "mymodule";

    [Fact]
    public async Task A_plan_has_the_versions_and_channels_that_the_page_says()
    {
        string[][] rows = [.. Rows()];
        SketchedSource source = new();
        foreach (string tag in (string[])["v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0", "v1.3.3", "v1.4.1", "bobV1"])
        {
            source.Version("modules", Module, tag);
        }

        foreach (string channel in (string[])["rock-solid", "stable", "early-access", "beta", "alpha"])
        {
            source.Channel("modules", Module, channel, channel is "rock-solid" or "stable" ? "v1.1.0" : "v1.4.1");
        }

        await using SketchRun run = await SketchRun.StartAsync(source);
        List<string> planned = [];
        foreach (string[] row in rows)
        {
            MirrorPlan old = await PlanAsync(run, row[0], SelectionRules.V025);
            MirrorPlan current = await PlanAsync(run, row[0], SelectionRules.V033);
            Assert.Equal(ChannelsOf(old), ChannelsOf(current));
            planned.Add(string.Join(" | ", row[0], VersionsOf(old), VersionsOf(current), ChannelsOf(old)));
        }

        Assert.Equal(8, rows.Length);
        Assert.Equal(
            string.Join('\n', rows.Select(row => string.Join(" | ", row))), string.Join('\n', planned));
    }

    private static IEnumerable<string[]> Rows() =>
        RepositoryTree.Read("docs/settings.md").Split('\n')
            .Where(line => line.StartsWith($"| `{Module}", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim('`')).ToArray());

    private static Task<MirrorPlan> PlanAsync(SketchRun run, string rule, SelectionRules rules) => run.PlanAsync(
        MirrorComponents.Modules,
        settings => settings with { SelectionRules = rules, IncludeModules = [ComponentRule.Parse(rule)] });

    private static string VersionsOf(MirrorPlan plan) => Tags(plan, $"modules/{Module}", _ => true);

    private static string ChannelsOf(MirrorPlan plan) => Tags(
        plan, $"modules/{Module}/release", tag => !tag.StartsWith('v') && tag != "bobV1");

    private static string Tags(MirrorPlan plan, string layout, Func<string, bool> isWanted) => string.Join(
        ' ',
        plan.Images($"module-{Module}.tar", layout).Select(image => image.Tag).Where(isWanted)
            .Order(StringComparer.Ordinal));
}
