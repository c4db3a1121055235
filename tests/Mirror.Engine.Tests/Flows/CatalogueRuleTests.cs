using Mirror.Engine.Report;
using Mirror.Engine.Tests.Deckhouse;
using Mirror.Engine.Tests.Report;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>What excludes, suffixes, attestations and reasons do to a plan of modules.</summary>
public sealed class CatalogueRuleTests
{
    [Theory]
    [InlineData("m@1.0.0", "v1.2.0 v2.0.0", "alpha stable")]
    [InlineData("m@^1.0.0", "v2.0.0", "alpha")]
    [InlineData("m@=v1.2.0", "v1.0.0 v2.0.0", "alpha rock-solid")]
    [InlineData("m@1.0.1", "v1.0.0 v1.2.0 v2.0.0", "alpha rock-solid stable")]
    public async Task An_exclude_leaves_out_the_versions_that_satisfy_it_and_their_channels(
        string rule, string versions, string channels)
    {
        await using SketchRun run = await SketchRun.StartAsync(Source());

        MirrorPlan plan = await ExcludeAsync(run, rule);

        Assert.Equal(versions, string.Join(' ', plan.Tags("module-m.tar", "modules/m")));
        Assert.Equal(
            $"{channels} {versions}", string.Join(' ', plan.Tags("module-m.tar", "modules/m/release")));
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public async Task An_exclude_that_leaves_nothing_leaves_no_archive_and_is_noted()
    {
        await using SketchRun run = await SketchRun.StartAsync(Source());

        MirrorPlan plan = await ExcludeAsync(run, "m@>=1.0.0 <2.0.0", "m@=v2.0.0");

        Assert.Equal(["installer.tar", "module-other.tar"], plan.Archives());
        Fault note = Assert.Single(plan.Notes);
        Assert.Equal(FaultCode.ItemExcludedWhole, note.Code);
        Assert.Contains("module 'm'", note.Message, StringComparison.Ordinal);
        Assert.Contains("excluded by 'm@=v2.0.0', 'm@>=1.0.0 <2.0.0'", note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exclude_of_what_does_not_exist_is_noted()
    {
        await using SketchRun run = await SketchRun.StartAsync(Source());

        MirrorPlan plan = await ExcludeAsync(run, "othre", "m@=v7.0.0");

        Assert.Equal(["installer.tar", "module-m.tar", "module-other.tar"], plan.Archives());
        Fault note = Assert.Single(plan.Notes);
        Assert.Equal(FaultCode.ExcludesNothing, note.Code);
        Assert.Contains("'othre'", note.Message, StringComparison.Ordinal);
        Assert.EndsWith(" but 'm', 'other'.", note.Message, StringComparison.Ordinal);
        Assert.StartsWith("Did you mean 'other'? ", note.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_include_wins_over_an_exclude_and_says_so()
    {
        await using SketchRun run = await SketchRun.StartAsync(Source());

        MirrorPlan plan = await run.PlanAsync(
            MirrorComponents.Modules,
            settings => settings with { IncludeModules = ["m@=v1.0.0"], ExcludeModules = ["m", "typo"] });

        Assert.Equal(["v1.0.0"], plan.Tags("module-m.tar", "modules/m"));
        Assert.Contains(
            run.Events, raised => raised is WarningRaised warning
                && warning.Fault.Code == FaultCode.IncludeWinsOverExclude);
        Assert.Empty(plan.Notes);
    }

    [Theory]
    [InlineData("/", "")]
    [InlineData("/my/mods/", "/my/mods")]
    public async Task Modules_are_read_below_any_path(string suffix, string path)
    {
        SketchedSource source = new();
        source.Platform("v1.69.0");
        source.Image($"r/ee{path}", ["deep", "alpha"]);
        source.Image($"r/ee{path}/deep", ["v1.0.0"]);
        source.Release($"r/ee{path}/deep/release", "v1.0.0", "v1.0.0");
        source.Release($"r/ee{path}/deep/release", "stable", "v1.0.0");
        await using SketchRun run = await SketchRun.StartAsync(source);

        MirrorPlan plan = await run.PlanAsync(
            MirrorComponents.Modules, settings => settings with { ModulesPathSuffix = suffix });

        Assert.Equal(["installer.tar", "module-deep.tar"], plan.Archives());
        Assert.Equal($"r/ee{path}/deep", plan.Images("module-deep.tar", "modules/deep")[0].Repository);
        Assert.Contains(FaultCode.ModulesPathMoved, plan.NoteCodes());
        Assert.Equal(path.Length == 0, !plan.NoteCodes().Contains(FaultCode.ItemLeftOut));
        Assert.DoesNotContain(
            run.Registry.Requests.All, record => record.Path.Contains("/v1.69.0/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attestations_of_extra_images_are_in_the_layout_of_the_extra_unless_they_are_switched_off()
    {
        SketchedSource source = Source();
        source.Version("modules", "m", "v2.0.0", ("extra_images.json", """{"scanner":"5"}"""));
        string scanner = source.Image("r/ee/modules/m/extra/scanner", ["5"]);
        string attestation = Tag(scanner);
        source.Image("r/ee/modules/m/extra/scanner", [attestation]);
        await using SketchRun run = await SketchRun.StartAsync(source);

        MirrorPlan with = await run.PlanAsync(MirrorComponents.Modules);
        MirrorPlan without = await run.PlanAsync(
            MirrorComponents.Modules, settings => settings with { SkipVexImages = true });
        MirrorPlan only = await run.PlanAsync(
            MirrorComponents.Modules, settings => settings with { OnlyExtraImages = true });

        const string layout = "modules/m/extra/scanner";
        Assert.Equal(["5", attestation], with.Images("module-m.tar", layout).Select(image => image.Tag));
        Assert.Equal(["5"], without.Images("module-m.tar", layout).Select(image => image.Tag));
        Assert.Equal(["5", attestation], only.Images("module-m.tar", layout).Select(image => image.Tag));
    }

    [Fact]
    public async Task Attestations_are_found_in_lists_and_also_those_of_the_images_in_an_index()
    {
        SketchedSource source = new();
        source.Version("modules", "m", "v1.0.0");
        source.Channel("modules", "m", "stable", "v1.0.0");
        string child = source.Image("r/ee/modules/m", [], ("child", "yes"));
        source.Index("r/ee/modules/m", "v1.0.0", child);
        source.Image("r/ee/modules/m", [Tag(child)]);
        await using SketchRun run = await SketchRun.StartAsync(source);

        MirrorPlan plan = await run.PlanAsync(MirrorComponents.Modules);

        Assert.Equal([Tag(child), "v1.0.0"], plan.Images("module-m.tar", "modules/m").Select(image => image.Tag));
        Assert.Equal(
            [Tag(child)],
            run.Registry.Requests.Manifests("r/ee/modules/m")
                .Select(record => record.Request.Route.Reference)
                .Where(reference => reference.EndsWith(".att", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_image_says_everything_that_it_is_wanted_for()
    {
        SketchedSource source = Source();
        string component = source.Image("r/ee/modules/m", [], ("component", "yes"));
        source.Image("r/ee/modules/m", [Tag(component)]);
        source.Version(
            "modules", "m", "v1.2.0",
            ("images_digests.json", $"\"{component}\""), ("extra_images.json", """{"scanner":5}"""));
        source.Image("r/ee/modules/m/extra/scanner", ["5"]);
        await using SketchRun run = await SketchRun.StartAsync(source);

        MirrorPlan plan = await run.PlanAsync(
            MirrorComponents.Modules, settings => settings with { IncludeModules = ["m@~1.2.0", "m@^1.1.0"] });

        string[] reasons =
        [
            .. plan.Archives.Single(archive => archive.Name == "module-m.tar").Layouts
                .SelectMany(layout => layout.Images, (layout, image) => $"{layout.Path}:{image.Tag} {image.Reason}")
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(
            new[]
            {
                $"modules/m/extra/scanner:5 extra image of v1.2.0",
                "modules/m/release:alpha channel alpha",
                "modules/m/release:rock-solid channel rock-solid",
                "modules/m/release:stable channel stable",
                "modules/m/release:v1.0.0 channel rock-solid",
                "modules/m/release:v1.2.0 channel stable; rule m@~1.2.0, m@^1.1.0",
                "modules/m/release:v2.0.0 channel alpha",
                $"modules/m:{Tag(component)} attestation of {component["sha256:".Length..][..12]}",
                $"modules/m:{component["sha256:".Length..]} component of v1.2.0",
                "modules/m:v1.0.0 channel rock-solid",
                "modules/m:v1.2.0 channel stable; rule m@~1.2.0, m@^1.1.0",
                "modules/m:v2.0.0 channel alpha",
            }.Order(StringComparer.Ordinal),
            reasons);
        Assert.Contains(
            "\"reason\": \"channel stable; rule m@~1.2.0, m@^1.1.0\"",
            ReportJson.Render(SmallPlan.Planned, plan, null),
            StringComparison.Ordinal);
        Assert.Contains(
            "| channel stable; rule m@~1.2.0, m@^1.1.0 |",
            ReportMarkdown.Render(SmallPlan.Planned, plan, null),
            StringComparison.Ordinal);
    }

    private static string Tag(string digest) => $"{digest.Replace(':', '-')}.att";

    private static Task<MirrorPlan> ExcludeAsync(SketchRun run, params string[] rules) => run.PlanAsync(
        MirrorComponents.Modules,
        settings => settings with { ExcludeModules = [.. rules.Select(ComponentRule.FromString)] });

    /// <summary>The module m on three channels, and another one.</summary>
    private static SketchedSource Source()
    {
        SketchedSource source = new();
        foreach ((string channel, string version) in new[]
        {
            ("rock-solid", "v1.0.0"), ("stable", "v1.2.0"), ("alpha", "v2.0.0"),
        })
        {
            source.Version("modules", "m", version);
            source.Channel("modules", "m", channel, version);
        }

        source.Version("modules", "other", "v1.0.0");
        source.Channel("modules", "other", "stable", "v1.0.0");
        return source;
    }
}
