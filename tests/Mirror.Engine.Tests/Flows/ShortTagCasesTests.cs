using System.Text.Json;
using System.Text.Json.Nodes;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The cases about the tags of an index and what is pushed of them.</summary>
public sealed class ShortTagCasesTests
{
    private const string Layout = "modules/console/";
    private const string Artifact = "application/vnd.oci.artifact.manifest.v1+json";

    public static TheoryData<string> Lists { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "short-tag" && spec.Input.TryGetProperty("tags", out _));

    public static TheoryData<string> Repeated { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "short-tag" && spec.Input.TryGetProperty("descriptors", out _));

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Every_entry_of_an_index_must_have_a_tag(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string?[] tags = [.. spec.Input.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString())];
        using BadArchiveRun run = new();

        // The release image is there so that there is something to push when the case has nothing.
        new DrawnArchive()
            .Layout(Layout, [.. tags.Select(tag => (tag, $"image of {tag}"))])
            .Layout($"{Layout}release/", ("release", "release"))
            .Write(run.PathOf("module-console.tar"));
        string answer = await run.AnswerAsync();

        // Without a tag d8 0.33 passes an image over in silence; required is an error, also in place of "latest".
        bool isRefused = tags.Contains(null);
        string expected = isRefused ? $"False {FaultCode.LayoutMalformed}" : "True";
        CaseFile.Check(
            spec,
            $"{expected} {(isRefused ? "" : string.Join(' ', SpecCase.Strings(spec.Wanted, "pushed")))}",
            $"{answer} {string.Join(' ', TagsOf(run))}");
    }

    [Theory]
    [MemberData(nameof(Repeated))]
    public async Task The_last_of_several_entries_with_a_tag_is_pushed_and_the_conflict_told(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using BadArchiveRun run = new();
        DrawnArchive drawn = new();
        List<(string Tag, string Image)> images = [.. spec.Input.GetProperty("descriptors").EnumerateArray()
            .Select(entry => (SpecCase.Text(entry, "tag")!, SpecCase.Text(entry, "image")!))];
        Dictionary<string, string> labels = images.Select(image => image.Image)
            .ToDictionary(image => drawn.Manifest(Layout, image)["digest"]!.GetValue<string>(), image => image);
        drawn.Layout(Layout, [.. images.Select(image => ((string?)image.Tag, image.Image))])
            .Write(run.PathOf("module-console.tar"));

        Assert.Equal("True", await run.AnswerAsync());

        IEnumerable<string> expected = spec.Expected.TryGetProperty("order", out JsonElement order)
            ? order.EnumerateArray().Select(pair => $"{pair[0].GetString()} {pair[1].GetString()}")
            : spec.Wanted.GetProperty("pushed").EnumerateObject().Select(tag => $"{tag.Name} {tag.Value.GetString()}");
        CaseFile.CheckSet(
            spec,
            expected,
            run.Images.Where(tag => tag.Repository == "modules/console")
                .Select(tag => $"{tag.Tag} {labels[tag.Digest]}"));
        Fault warning = Assert.Single(run.Warnings);
        Assert.Equal(FaultCode.TagListedTwice, warning.Code);
        Assert.Contains($"modules/console:{images[^1].Tag} twice", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tag-nested-index")]
    public async Task A_nested_index_is_pushed_as_it_is_with_its_children(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using BadArchiveRun run = new();
        DrawnArchive drawn = new();
        byte[] index = ForgedArchive.Json(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ForgedArchive.OciIndex,
            ["manifests"] = new JsonArray(Child(drawn, "linux", "amd64"), Child(drawn, "darwin", "arm64")),
            ["annotations"] = new JsonObject { ["contract"] = "kept" },
        });
        drawn.Descriptors(
            Layout, DrawnArchive.Tagged(drawn.Archive.Put(Layout, index, ForgedArchive.OciIndex), "v1.0.0"))
            .Write(run.PathOf("module-console.tar"));

        Assert.Equal("True", await run.AnswerAsync());

        CaseFile.Check(
            spec,
            $"{SpecCase.Any(spec.Expected, "digestUnchanged")} {SpecCase.Any(spec.Expected, "children")}",
            $"{run.Images.Single(tag => tag.Tag == "v1.0.0").Digest == ForgedArchive.DigestOf(index)} "
                + $"{run.ManifestWrites - run.Images.Count}");
    }

    [Theory]
    [InlineData("tag-unknown-media-type")]
    public async Task A_manifest_of_another_kind_is_pushed_as_it_is(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        Assert.Equal(Artifact, SpecCase.Text(spec.Input, "descriptorMediaType"));
        using BadArchiveRun run = new();
        DrawnArchive drawn = new();
        byte[] manifest = ForgedArchive.Json(new JsonObject
        {
            ["mediaType"] = Artifact,
            ["blobs"] = new JsonArray(drawn.Archive.Put(Layout, [1, 2, 3], "text/plain")),
        });
        drawn.Descriptors(Layout, DrawnArchive.Tagged(drawn.Archive.Put(Layout, manifest, Artifact), "v1.0.0"))
            .Write(run.PathOf("module-console.tar"));

        string answer = await run.AnswerAsync();

        CaseFile.Check(
            spec,
            $"{SpecCase.Any(spec.Wanted, "pushedAsOpaque")} {ForgedArchive.DigestOf(manifest)}",
            $"{answer} {run.Images.Single(tag => tag.Tag == "v1.0.0").Digest}");
    }

    [Theory]
    [InlineData("tag-content-type")]
    public async Task A_descriptor_that_contradicts_its_manifest_is_refused(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using BadArchiveRun run = new();
        DrawnArchive drawn = new DrawnArchive().Layout(Layout, ("v1.0.0", "console"));
        drawn.Archive.ChangeDescriptor(Layout, descriptor =>
            descriptor["mediaType"] = "application/vnd.docker.distribution.manifest.v2+json");
        drawn.Write(run.PathOf("module-console.tar"));

        CaseFile.Check(spec, BadArchiveRun.Expected(spec), await run.AnswerAsync());
    }

    private static string[] TagsOf(BadArchiveRun run) =>
        [.. run.Images.Where(tag => tag.Repository == "modules/console").Select(tag => tag.Tag!)];

    private static JsonObject Child(DrawnArchive drawn, string system, string architecture)
    {
        JsonObject child = drawn.Manifest(Layout, $"{system} {architecture}");
        child["platform"] = new JsonObject { ["os"] = system, ["architecture"] = architecture };
        return child;
    }
}
