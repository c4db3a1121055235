using System.Text.Json;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases about what a module's image names: extra images, components, and their attestations.</summary>
public sealed class ExtraImagesCasesTests
{
    private const string Repository = "r/ee/modules/m";
    private const string Archive = "module-m.tar";

    public static TheoryData<string, string> Texts => Rows(spec =>
        spec.Input.TryGetProperty("json", out _) || spec.Input.TryGetProperty("file_absent", out _)
        || spec.Input.TryGetProperty("image_absent", out _));

    public static TheoryData<string> Failures => CaseFile.Pull.Ids(spec => spec.Kind == "extra-images"
        && SpecCase.Any(spec.Expected, "images") is null && !spec.Input.TryGetProperty("json", out _));

    public static TheoryData<string> Digests => CaseFile.Pull.Ids("images-digests");

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Extra_images_are_those_that_d8_reads_out_of_the_file(string id, string d8)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = new();
        string? json = spec.Input.TryGetProperty("image_absent", out _) ? """{"scanner":"1"}"""
            : SpecCase.Text(spec.Input, "json");
        source.Version("modules", "m", "v1.0.0", json is null ? [] : [(ExtraImages.FileName, json)]);
        if (SpecCase.Text(spec.Input, "json") is { } text)
        {
            Draw(source, text);
        }

        await using SketchRun run = await SketchRun.StartAsync(source);

        MirrorPlan plan = await PlanAsync(run);

        string expected = SpecCase.Any(spec.Expected, "error") is null
            ? string.Join(' ', spec.Expected.GetProperty("images").EnumerateObject()
                .SelectMany(extra => extra.Value.EnumerateArray()).Select(image => image.GetString())
                .Order(StringComparer.Ordinal))
            : "refused";
        CaseFile.Check(
            spec,
            expected,
            string.Join(' ', plan.Archives.SelectMany(archive => archive.Layouts)
                .Where(layout => layout.Path.Contains("/extra/", StringComparison.Ordinal))
                .SelectMany(layout => layout.Images)
                .Select(image => image.Reference.Replace($"{run.Registry.Host}/r/ee", "R", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)),
            d8);
        Assert.Equal(spec.Id == "extra-missing-image" ? [FaultCode.OptionalImageMissing] : [], plan.NoteCodes());
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_file_that_cannot_be_read_is_asked_for_again_and_never_absent(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = new();
        source.Version("modules", "m", "v1.0.0", (ExtraImages.FileName, """{"scanner":"1"}"""));
        source.Image($"{Repository}/extra/scanner", ["1"]);
        await using SketchRun run = await SketchRun.StartAsync(source);
        bool isBroken = spec.Input.TryGetProperty("layer_stream_breaks", out _);
        run.Registry.Faults.Add(
            request => request.IsBlob() && request.Route.Repository == Repository,
            isBroken ? new RegistryFault { CutBodyAfter = 0 } : new RegistryFault { Status = 503 },
            spec.Input.TryGetProperty("failures_before_success", out JsonElement times)
                ? times.GetInt32()
                : int.MaxValue);

        string result;
        try
        {
            MirrorPlan plan = await PlanAsync(run);
            result = "found: " + string.Join(' ', plan.Tags(Archive, "modules/m/extra/scanner"));
        }
        catch (MirrorException refusal)
        {
            Assert.StartsWith("D8M2", refusal.Faults[0].Code, StringComparison.Ordinal);
            result = "refused";
        }

        string expected = SpecCase.Any(spec.Expected, "images_found") == "True" ? "found: 1" : "refused";
        CaseFile.Check(
            spec,
            $"{expected} {SpecCase.Any(spec.Expected, "requests")}",
            $"{result} {(isBroken ? "" : run.Registry.Requests.Blobs().Count)}");
    }

    [Theory]
    [MemberData(nameof(Digests))]
    public void Components_are_the_digests_that_d8_finds_in_the_file(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        CaseFile.CheckSet(
            spec,
            SpecCase.Strings(spec.Expected, "digests"),
            ImageDigests.Read(System.Text.Encoding.UTF8.GetBytes(SpecCase.Text(spec.Input, "json")!))
                .Select(digest => digest.ToString()));
    }

    [Theory]
    [InlineData("vex-digest")]
    public void The_attestation_of_a_digest_has_the_tag_that_d8_looks_for(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        string[] image = SpecCase.Text(spec.Input, "image")!.Split('@');
        string tag = Attestations.TagOf(Digest.Parse(image[1]));

        CaseFile.Check(
            spec,
            $"{SpecCase.Text(spec.Expected, "vex_reference")} {SpecCase.Text(spec.Expected, "short_tag")}",
            $"{image[0]}:{tag} {tag}");
    }

    [Theory]
    [InlineData("vex-tag")]
    public async Task The_attestation_of_a_tag_is_that_of_its_digest(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = new();
        source.Version("modules", "m", "v1.0.0");
        await using SketchRun run = await SketchRun.StartAsync(source);
        Assert.True(run.Repository("modules/m").TryGetManifest("v1.0.0", out var main));
        source.Image(Repository, ["v1.0.0.att", main.Digest.Replace(':', '-') + ".att"]);

        MirrorPlan plan = await PlanAsync(run);

        PlannedImage attestation = Assert.Single(
            plan.Images(Archive, "modules/m"), image => image.Tag.EndsWith(".att", StringComparison.Ordinal));
        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Expected, "vex_reference")!,
            attestation.Reference.Replace($"{run.Registry.Host}/r/", "R/", StringComparison.Ordinal));
        Assert.Equal("attestation of v1.0.0", attestation.Reason);
    }

    private static Task<MirrorPlan> PlanAsync(SketchRun run) => run.PlanAsync(
        MirrorComponents.Modules, settings => settings with { IncludeModules = ["m@=v1.0.0"] });

    /// <summary>Whatever the file may be read to name exists.</summary>
    private static void Draw(SketchedSource source, string json)
    {
        using JsonDocument file = JsonDocument.Parse(json);
        foreach (JsonProperty extra in file.RootElement.EnumerateObject()
            .Where(extra => extra.Value.ValueKind != JsonValueKind.Null))
        {
            source.Image(
                $"{Repository}/extra/{extra.Name}",
                [extra.Value.ToString(), extra.Value.ToString().Split('.')[0]]);
        }
    }

    private static TheoryData<string, string> Rows(Func<SpecCase, bool> wanted)
    {
        TheoryData<string, string> rows = [];
        foreach (SpecCase spec in CaseFile.Pull.Cases.Where(spec => spec.Kind == "extra-images" && wanted(spec)))
        {
            foreach (string version in spec.Applies)
            {
                rows.Add(spec.Id, version);
            }
        }

        return rows;
    }
}
