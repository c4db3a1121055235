using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

public sealed class ReleaseManifestCasesTests
{
    public static TheoryData<string> Documents => CaseFile.Pull.Ids(spec =>
        spec.Kind == "release-manifest" && SpecCase.Any(spec.Input, "options") is null);

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_holds_what_d8_puts_into_it(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        JsonObject expected = JsonNode.Parse(spec.Expected.GetRawText())!.AsObject();

        CaseFile.Check(
            spec,
            expected.ToJsonString(),
            Answer(spec, [.. expected.Select(member => member.Key)]).ToJsonString());
    }

    [Theory]
    [InlineData("manifest-tag-mode")]
    public async Task No_file_is_written_where_d8_writes_none(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        string tag = spec.Input.GetProperty("options").GetProperty("deckhouse_tag").GetString()!;
        SketchedSource source = new();
        source.Platform(tag);
        source.Release($"{SketchedSource.Edition}/release-channel", "stable", tag);
        await using TestRegistry registry = await source.StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = new(registry.Host, folder.Combine("bundle"));
        run.Settings = run.Settings with
        {
            Source = new($"{registry.Host}/{SketchedSource.Edition}"),
            DeckhouseTag = tag,
        };

        await run.PullAsync();

        JsonObject actual = new()
        {
            ["file_written"] = File.Exists(folder.Combine("bundle/deckhousereleases.yaml")),
        };
        CaseFile.Check(spec, JsonNode.Parse(spec.Expected.GetRawText())!.ToJsonString(), actual.ToJsonString());
    }

    private static JsonObject Answer(SpecCase spec, string[] members)
    {
        try
        {
            JsonObject document = ReleaseManifest.Create(
                SpecCase.Text(spec.Input, "version")!, Json(spec.Input, "version_json"), Json(spec.Input, "changelog"));
            JsonObject answer = [];
            foreach (string member in members)
            {
                answer[member] = member switch
                {
                    "kind" => document["kind"]!.DeepClone(),
                    "name" => document["metadata"]!["name"]!.DeepClone(),
                    _ => document["spec"]![member]?.DeepClone(),
                };
            }

            return answer;
        }
        catch (FormatException)
        {
            return new JsonObject { ["error"] = true };
        }
    }

    private static byte[] Json(JsonElement input, string member) => Encoding.UTF8.GetBytes(
        input.TryGetProperty(member, out JsonElement value) ? value.GetRawText() : "{}");
}
