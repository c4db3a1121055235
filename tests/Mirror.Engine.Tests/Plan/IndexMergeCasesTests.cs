using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Flows;
using Xunit;

namespace Mirror.Engine.Tests.Plan;

/// <summary>The cases about indexes of one path in several archives: they become one set of tags.</summary>
public sealed class IndexMergeCasesTests
{
    private const string Layout = "modules/console/";

    private static readonly ImmutableArray<string> Broken = ["merge-invalid-incoming", "merge-missing-incoming"];

    public static TheoryData<string> Merges { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "index-merge" && !Broken.Contains(spec.Id) && !CaseFile.NotApplicable.ContainsKey(spec.Id));

    [Theory]
    [MemberData(nameof(Merges))]
    public void Indexes_of_one_path_become_one_set_of_tags(string id)
    {
        SpecCase spec = CaseFile.Push[id];

        string answer = Answer([.. Indexes(spec.Input)]);

        CaseFile.Check(spec, Expected(spec), answer);
    }

    [Theory]
    [InlineData("merge-invalid-incoming")]
    [InlineData("merge-missing-incoming")]
    public async Task An_index_that_cannot_be_read_fails_the_push(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using BadArchiveRun run = new();
        new DrawnArchive().Layout(Layout, ("v1.0.0", "console")).Write(run.PathOf("a.tar"));
        DrawnArchive incoming = new DrawnArchive().Layout(Layout, ("v1.1.0", "console"));
        if (SpecCase.Text(spec.Input.GetProperty("incoming"), "raw") is { } raw)
        {
            incoming.Archive.Replace($"{Layout}index.json", Encoding.UTF8.GetBytes(raw));
        }
        else
        {
            incoming.Archive.Remove($"{Layout}index.json");
        }

        incoming.Write(run.PathOf("b.tar"));

        CaseFile.Check(
            spec, $"{SpecCase.Any(spec.Wanted, "ok")} {FaultCode.LayoutMalformed}", await run.AnswerAsync());
    }

    private static string Expected(SpecCase spec) => spec.Id switch
    {
        "merge-sorted" => Sorted(SpecCase.Strings(spec.Wanted, "refs").Select(reference => reference[2..])),
        "merge-no-annotations-same-digest" or "merge-sha512-incoming" => $"{SpecCase.Any(spec.Wanted, "count")} tags",
        "merge-both-null" => FaultCode.PlanEmpty,
        _ when SpecCase.Any(spec.Wanted, "conflictReported") == "True" =>
            $"{FaultCode.TagHasTwoDigests} {SpecCase.Text(spec.Wanted, "pushWinner")}".TrimEnd(),
        _ => Sorted(SpecCase.Strings(spec.Wanted, "tags")),
    };

    /// <summary>What the planner of a push makes of archives that have these indexes at one path.</summary>
    private static string Answer(ImmutableArray<byte[]> indexes)
    {
        try
        {
            TargetPlanner planner = new(new RegistryAccess("target", "registry.example", "ee"), null);
            MirrorPlan plan = planner.Plan("bundle", [.. indexes.Select((index, number) => new ArchiveContent(
                $"{number}.tar",
                [new LayoutContent(Layout.TrimEnd('/'), [.. LayoutIndex.Read(index).Select(Image)])]))]);
            string[] tags = [.. plan.Publications.Where(tag => tag.Stage != PublishStage.Discovery)
                .Select(tag => tag.Tag)];
            return tags.Contains("sha512") ? $"{tags.Length} tags" : Sorted(tags);
        }
        catch (MirrorException failure)
        {
            return Assert.Single(failure.Faults).Code;
        }
        catch (FormatException)
        {
            return FaultCode.LayoutMalformed;
        }
    }

    private static ImageContent Image(IndexedImage image) =>
        new("", image.Tag, [new Manifest(image.Descriptor)], "test");

    private static IEnumerable<byte[]> Indexes(JsonElement input)
    {
        foreach (string member in new[] { "existing", "incoming" })
        {
            JsonElement side = input.GetProperty(member);
            if (side.ValueKind == JsonValueKind.Array && side[0].ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement archive in side.EnumerateArray())
                {
                    yield return Index(archive.EnumerateArray().Select(Descriptor));
                }
            }
            else if (side.ValueKind == JsonValueKind.Array)
            {
                yield return Index(side.EnumerateArray().Select(Descriptor));
            }
            else if (side.ValueKind == JsonValueKind.Object)
            {
                yield return side.TryGetProperty("tags", out JsonElement tags)
                    ? Index(tags.EnumerateObject().Select(tag => Descriptor(tag.Value.GetString()!, tag.Name)))
                    : Raw(SpecCase.Text(side, "raw")!);
            }
        }
    }

    private static byte[] Raw(string text) => text switch
    {
        "manifests null" => """{"manifests":null}"""u8.ToArray(),
        "one descriptor with sha512 digest" => Index([Descriptor($"sha512:{new string('5', 128)}", "sha512")]),
        _ => Encoding.UTF8.GetBytes(text),
    };

    private static byte[] Index(IEnumerable<JsonNode> descriptors) => ForgedArchive.Json(new JsonObject
    {
        ["schemaVersion"] = 2,
        ["manifests"] = new JsonArray([.. descriptors]),
    });

    private static JsonObject Descriptor(JsonElement entry) =>
        Descriptor(SpecCase.Text(entry, "digest")!, SpecCase.Text(entry, "tag"));

    private static JsonObject Descriptor(string digest, string? tag) => DrawnArchive.Tagged(
        new JsonObject { ["mediaType"] = ForgedArchive.OciManifest, ["digest"] = digest, ["size"] = 100 }, tag);

    private static string Sorted(IEnumerable<string> tags) => string.Join(' ', tags.Order(StringComparer.Ordinal));
}
