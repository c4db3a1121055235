using System.Text.Json.Nodes;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Cases;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The cases about the order of a push's requests.</summary>
public sealed class PushSequenceCasesTests
{
    private const string Layout = "install/";

    [Theory]
    [InlineData("wire-index-children-first")]
    public async Task Children_are_there_before_their_index_and_blobs_before_them(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        DrawnArchive drawn = new();
        byte[] index = ForgedArchive.Json(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ForgedArchive.OciIndex,
            ["manifests"] = new JsonArray(drawn.Manifest(Layout, "one"), drawn.Manifest(Layout, "two")),
        });
        drawn.Descriptors(
            Layout, DrawnArchive.Tagged(drawn.Archive.Put(Layout, index, ForgedArchive.OciIndex), "v1.69.0"));

        IReadOnlyList<RequestRecord> puts = await PutsAsync(drawn);

        IEnumerable<string> order = puts.Select(record =>
            record.Request.IsUpload() ? "children blobs"
            : record.Request.IsManifest(null, "v1.69.0") ? "index by tag"
            : "children manifests by digest");
        List<string> steps = [];
        foreach (string step in order)
        {
            if (steps.LastOrDefault() != step)
            {
                steps.Add(step);
            }
        }

        CaseFile.Check(spec, string.Join(", ", SpecCase.Strings(spec.Wanted, "order")), string.Join(", ", steps));
    }

    [Theory]
    [InlineData("wire-foreign-layer")]
    public async Task A_layer_that_may_not_be_distributed_is_not_sent(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        DrawnArchive drawn = new();
        JsonObject config = drawn.Archive.Put(Layout, "{}"u8.ToArray(), DrawnArchive.Config);
        drawn.Descriptors(Layout, DrawnArchive.Tagged(
            drawn.Archive.Put(Layout, ForgedArchive.Json(new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = ForgedArchive.OciManifest,
                ["config"] = config,
                ["layers"] = new JsonArray(new JsonObject
                {
                    ["mediaType"] = SpecCase.Text(spec.Input, "layerMediaType"),
                    ["digest"] = ForgedArchive.DigestOf([1]),
                    ["size"] = 1,
                    ["urls"] = new JsonArray("https://layers.example/1"),
                }),
            })),
            "v1.69.0"));

        IReadOnlyList<RequestRecord> puts = await PutsAsync(drawn);

        CaseFile.Check(
            spec,
            SpecCase.Any(spec.Wanted, "uploaded")!,
            $"{puts.Count(record => record.Request.IsUpload()) > 1}");
    }

    [Theory]
    [InlineData("wire-sequence-already-present")]
    public async Task An_image_that_is_there_costs_one_head(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.Combine("bundle"));
        new DrawnArchive().Layout(Layout, ("v1.69.0", "install")).Write(folder.Combine("bundle/platform.tar"));
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(target.Host, folder.Combine("bundle")).PushAsync();
        target.Requests.Clear();

        await new PushRun(target.Host, folder.Combine("bundle")).PushAsync();

        CaseFile.Check(
            spec,
            string.Join(", ", SpecCase.Strings(spec.Wanted, "requests")),
            string.Join(", ", target.Requests.Where(request => !request.IsTagList()).Select(record =>
                record.Request.IsManifest(null, "v1.69.0") ? $"{record.Method} manifest by tag" : record.Path)));
    }

    // What an access check asks is left out by the setting; the tag is read back at the end, which d8 does not do.
    [Theory]
    [InlineData("wire-sequence-one-image")]
    public async Task An_image_that_is_not_there_costs_what_it_has_to(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.Combine("bundle"));
        new DrawnArchive().Layout(Layout, ("v1.69.0", "install")).Write(folder.Combine("bundle/platform.tar"));
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun run = new(target.Host, folder.Combine("bundle"));
        run.Settings = run.Settings with { SkipAccessCheck = true };

        await run.PushAsync();

        string[] asked = [.. target.Requests.Where(_ => true).Select(record =>
            record.Request.IsManifest(null, "v1.69.0") && record.Method == "HEAD" ? "HEAD manifest by tag"
            : record.Request.IsManifest(null, "v1.69.0") ? $"{record.Method} manifest"
            : record.Method == "PUT" && record.RequestBytes > 0 ? "PUT with body"
            : record.Method == "HEAD" ? "HEAD blob"
            : record.Method)];
        Assert.Equal("HEAD manifest by tag", asked[^1]);
        IEnumerable<string> counted = asked[..^1].CountBy(request => request)
            .Select(count => count.Value == 1 ? count.Key : $"{count.Key} x{count.Value}");
        CaseFile.Check(
            spec,
            string.Join(", ", SpecCase.Strings(spec.Wanted, "requests"))
                .Replace(" (or PATCH + PUT)", "", StringComparison.Ordinal),
            string.Join(", ", counted));
    }

    private static async Task<IReadOnlyList<RequestRecord>> PutsAsync(DrawnArchive drawn)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.Combine("bundle"));
        drawn.Write(folder.Combine("bundle/platform.tar"));
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(target.Host, folder.Combine("bundle")).PushAsync();
        return target.Requests.Where(request => request.Method == "PUT");
    }
}
