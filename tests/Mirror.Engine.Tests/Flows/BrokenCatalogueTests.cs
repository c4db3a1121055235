using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// One broken catalogue entry concerns only that module or package; a registry that fails is no such thing.
/// </summary>
public sealed class BrokenCatalogueTests
{
    private const MirrorComponents Catalogues = MirrorComponents.Modules | MirrorComponents.Packages;

    public static TheoryData<string> Damages =>
    [
        "no repository",
        "no version.json",
        "version.json is no JSON",
        "version.json has no version",
        "no main image",
        "no component",
        "no child of the index",
        "a layer is no tar",
        "no layer",
        "extra_images.json is no object",
        "the manifest is no manifest",
    ];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_module_that_is_broken_is_left_out_whole_and_the_others_are_planned(string damage)
    {
        await using SketchRun run = await SketchRun.StartAsync(Source("modules", damage));

        MirrorPlan plan = await run.PlanAsync(MirrorComponents.Modules);

        Assert.Equal(["installer.tar", "module-good.tar"], plan.Archives());
        Fault note = Assert.Single(plan.Notes, note => note.Code == FaultCode.ItemLeftOut);
        Assert.Contains("The module 'bad' is not in the bundle", note.Message, StringComparison.Ordinal);
        Assert.Contains("r/ee/modules/bad", note.Message, StringComparison.Ordinal);
        Assert.Contains("ExcludeModules", note.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_module_that_is_broken_and_was_asked_for_is_a_fault(string damage)
    {
        await using SketchRun run = await SketchRun.StartAsync(Source("modules", damage));

        IReadOnlyList<Fault> faults = await run.RefusedAsync(
            MirrorComponents.Modules, settings => settings with { IncludeModules = ["bad", "good"] });

        Assert.DoesNotContain("D8M31", Assert.Single(faults).Code, StringComparison.Ordinal);
        Assert.Contains("bad", faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_no_repository_can_have_is_left_out()
    {
        await using SketchRun run = await SketchRun.StartAsync(Source("modules", "no repository", bad: "Bad_Name"));

        MirrorPlan plan = await run.PlanAsync(MirrorComponents.Modules);

        Assert.Equal(["installer.tar", "module-good.tar"], plan.Archives());
        Assert.Contains("'Bad_Name'", Assert.Single(plan.Notes).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            run.Registry.Requests.All, record => record.Path.Contains("/Bad_Name/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_that_is_wrong_with_what_was_asked_for_is_told_at_once()
    {
        SketchedSource source = Source("modules", "no component");
        source.Broken("modules", "worse", "no version.json");
        await using SketchRun run = await SketchRun.StartAsync(source);

        IReadOnlyList<Fault> faults = await run.RefusedAsync(
            MirrorComponents.Modules,
            settings => settings with
            {
                IncludeModules =
                    ["bad", "worse", "absent", "good@=v7.0.0", "good@=v8.0.0", "good@^1.0.0"],
            });

        Assert.Equal(
            [
                FaultCode.ComponentMissing, FaultCode.MetadataFileMissing, FaultCode.ModuleMissing,
                FaultCode.TagMissing, FaultCode.TagMissing,
            ],
            faults.Select(fault => fault.Code));
    }

    [Theory]
    [InlineData("no main image", "package-versions.tar")]
    [InlineData("no component", "package-versions.tar")]
    public async Task A_broken_package_still_has_its_versions_listed(string damage, string versions)
    {
        await using SketchRun run = await SketchRun.StartAsync(Source("packages", damage));

        MirrorPlan plan = await run.PlanAsync(MirrorComponents.Packages);

        Assert.Equal(["installer.tar", "package-good.tar", versions], plan.Archives());
        Assert.NotEmpty(plan.Images(versions, "packages/bad/version"));
        Assert.Contains("package 'bad'", Assert.Single(plan.Notes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_whose_versions_are_broken_is_left_out_of_their_archive()
    {
        SketchedSource source = Source("packages", "no repository");
        source.Index("r/ee/packages/bad/version", "v1.0.0", $"sha256:{new string('0', 64)}");
        await using SketchRun run = await SketchRun.StartAsync(source);

        MirrorPlan plan = await run.PlanAsync(MirrorComponents.Packages);

        Assert.Equal(
            ["packages/good/version"],
            plan.Archives.Single(archive => archive.Name == "package-versions.tar")
                .Layouts.Select(layout => layout.Path));
        Assert.Contains(
            "package-versions.tar does not have the package 'bad'",
            plan.Notes.Where(note => note.Code == FaultCode.ItemLeftOut).Select(note => note.Message.Split(',')[0]));
        Assert.Contains(
            FaultCode.ComponentMissing,
            (await run.RefusedAsync(
                MirrorComponents.Packages, settings => settings with { IncludePackages = ["bad"] }))
                .Select(fault => fault.Code));
    }

    [Theory]
    [InlineData(401, "UNAUTHORIZED", FaultCode.Unauthorized)]
    [InlineData(403, "DENIED", FaultCode.Forbidden)]
    [InlineData(500, null, FaultCode.ServerError)]
    [InlineData(null, null, FaultCode.ConnectionBroken)]
    public async Task A_registry_that_fails_ends_the_run_whatever_was_asked_for(
        int? status, string? error, string code)
    {
        SketchedSource source = Source("modules", "no component");
        source.Version("modules", "other", "v1.0.0", ("extra_images.json", """{"scanner":"1"}"""));
        source.Channel("modules", "other", "stable", "v1.0.0");
        await using SketchRun run = await SketchRun.StartAsync(source);
        run.Registry.Faults.Add(
            request => request.IsManifest("r/ee/modules/other/extra/scanner"),
            new RegistryFault { Status = status, ErrorCode = error, Drop = status is null });

        IReadOnlyList<Fault> faults = await run.RefusedAsync(Catalogues);

        Assert.Equal([code], faults.Select(fault => fault.Code));
    }

    private static SketchedSource Source(string catalogue, string damage, string bad = "bad")
    {
        SketchedSource source = new();
        source.Version(catalogue, "good", "v1.0.0");
        source.Channel(catalogue, "good", "stable", "v1.0.0");
        source.Broken(catalogue, bad, damage);
        return source;
    }
}
