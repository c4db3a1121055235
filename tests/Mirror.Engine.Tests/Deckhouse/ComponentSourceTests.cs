using System.Text.Json;
using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Registry;
using Xunit;
using EngineFault = Mirror.Engine.Fault;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>Component images, attestations, the installer and the databases of unusual sources.</summary>
public sealed class ComponentSourceTests
{
    private const string Release = "v1.69.0";
    private const string Digests = "deckhouse/candi/images_digests.json";
    private const string Tags = "deckhouse/candi/images_tags.json";

    [Fact]
    public async Task Components_that_are_named_by_tag_have_the_attestations_of_their_digest()
    {
        SketchedSource source = new();
        source.Platform(Release);
        string digest = source.Image(SketchedSource.Edition, ["abc123"], ("component", "x"));
        string attestation = $"sha256-{digest["sha256:".Length..]}.att";
        source.Image(SketchedSource.Edition, [attestation]);
        source.Image(SketchedSource.Edition, ["abc123.att"]);
        source.Image($"{SketchedSource.Edition}/install", [Release], (Tags, """{"m":{"x":"abc123"}}"""));

        Assert.Equal(["abc123", attestation, Release], await ImagesAsync(skipVex: false));
        Assert.Equal(["abc123", Release], await ImagesAsync(skipVex: true));

        async Task<IEnumerable<string>> ImagesAsync(bool skipVex) =>
            (await PlanAsync(source, settings => settings with { DeckhouseTag = Release, SkipVexImages = skipVex }))
                .Plan!.Images("platform.tar", "").Select(image => image.Tag).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_component_that_does_not_exist_is_a_fault_that_names_it()
    {
        SketchedSource source = new();
        source.Platform(Release);
        source.Image($"{SketchedSource.Edition}/install", [Release], (Tags, """{"m":{"x":"nowhere"}}"""));

        EngineFault fault = Assert.Single(
            (await PlanAsync(source, settings => settings with { DeckhouseTag = Release })).Faults);

        Assert.Equal(FaultCode.ComponentMissing, fault.Code);
        Assert.Contains("/r/ee:nowhere", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_for_several_machines_are_kept_whole_and_read_for_linux_on_amd64()
    {
        SketchedSource source = new();
        source.Platform(Release);
        const string Install = $"{SketchedSource.Edition}/install";
        string component = source.Index(
            SketchedSource.Edition, "component", ("amd64", source.Image(SketchedSource.Edition, [], ("c", "amd"))));
        string list = JsonSerializer.Serialize(new { m = new { x = component } });
        string arm = source.Image(Install, [], (Digests, "{}"), ("arm", "64"));
        string amd = source.Image(Install, [], (Digests, list));
        string index = source.Index(Install, Release, ("arm64", arm), ("amd64", amd));

        MirrorPlan plan = (await PlanAsync(source, settings => settings with { DeckhouseTag = Release })).Plan!;

        Assert.Equal(index, Assert.Single(plan.Images("platform.tar", "install")).Digest.ToString());
        Assert.Contains(component["sha256:".Length..], plan.Images("platform.tar", "").Select(image => image.Tag));
        Assert.Subset(
            plan.Archives[0].Layouts.Single(layout => layout.Path == "install").Blobs
                .Select(blob => blob.Digest.ToString()).ToHashSet(),
            new HashSet<string> { index, arm, amd });
    }

    [Theory]
    [InlineData(401, FaultCode.Unauthorized, true)]
    [InlineData(403, FaultCode.Forbidden, true)]
    [InlineData(503, FaultCode.ServerError, false)]
    public async Task An_installer_that_is_denied_is_a_fault_that_says_how_to_leave_it_out(
        int status, string code, bool isDenied)
    {
        SketchedSource source = new();
        source.Image("r/installer", ["latest"]);
        await using TestRegistry registry = await source.StartAsync();
        registry.Faults.Add(request => request.IsManifest("r/installer"), new RegistryFault { Status = status });

        EngineFault fault = Assert.Single(
            (await CaseOutcome.OfAsync(registry, MirrorComponents.Installer)).Faults);

        Assert.Equal(code, fault.Code);
        Assert.Equal(isDenied, fault.Advice.Contains("Components without Installer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_security_database_that_is_missing_is_noted()
    {
        SketchedSource source = new();
        source.Image($"{SketchedSource.Edition}/security/trivy-db", ["2"]);
        source.Image($"{SketchedSource.Edition}/security/trivy-checks", ["0"]);
        source.Image($"{SketchedSource.Edition}/security/trivy-bdu", ["2"]);
        await using TestRegistry registry = await source.StartAsync();

        MirrorPlan plan = (await CaseOutcome.OfAsync(registry, MirrorComponents.SecurityDb)).Plan!;

        Assert.Equal(
            ["security/trivy-checks", "security/trivy-db"],
            plan.Archives[0].Layouts.Where(layout => layout.Images.Length > 0).Select(layout => layout.Path));
        Assert.Equal(
            [$"{registry.Host}/r/ee/security/trivy-bdu:1", $"{registry.Host}/r/ee/security/trivy-java-db:1"],
            plan.Notes.Select(note => note.Message.Split(' ')[0]));
        Assert.Equal([FaultCode.OptionalImageMissing], plan.NoteCodes());
    }

    [Fact]
    public async Task Without_the_main_database_there_are_none_and_what_is_left_out_is_named()
    {
        SketchedSource source = new();
        source.Image("r/installer", ["latest"]);
        source.Image($"{SketchedSource.Edition}/security/trivy-bdu", ["1"]);
        await using TestRegistry registry = await source.StartAsync();

        MirrorPlan plan = (await CaseOutcome.OfAsync(
            registry, MirrorComponents.SecurityDb | MirrorComponents.Installer)).Plan!;

        Assert.Equal(["installer.tar"], plan.Archives());
        EngineFault note = Assert.Single(plan.Notes);
        Assert.Equal(FaultCode.NoSecurityDatabases, note.Code);
        Assert.Contains("security/trivy-db:2 does not exist", note.Message, StringComparison.Ordinal);
        Assert.Contains("security/trivy-bdu:1.", note.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trivy-db", "2")]
    [InlineData("trivy-java-db", "1")]
    public async Task A_database_that_cannot_be_asked_for_is_a_fault(string name, string tag)
    {
        SketchedSource source = new();
        source.Image($"{SketchedSource.Edition}/security/trivy-db", ["2"]);
        await using TestRegistry registry = await source.StartAsync();
        registry.Faults.Add(
            request => request.IsManifest($"{SketchedSource.Edition}/security/{name}", tag),
            new RegistryFault { Status = 403 });

        Assert.Equal(
            [FaultCode.Forbidden],
            (await CaseOutcome.OfAsync(registry, MirrorComponents.SecurityDb)).Faults.Select(fault => fault.Code));
    }

    private static async Task<CaseOutcome> PlanAsync(
        SketchedSource source, Func<MirrorPullSettings, MirrorPullSettings> change)
    {
        await using TestRegistry registry = await source.StartAsync();
        return await CaseOutcome.OfAsync(registry, MirrorComponents.Platform, change);
    }
}
