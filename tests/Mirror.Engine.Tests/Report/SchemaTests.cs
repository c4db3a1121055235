using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Mirror.Engine.Report;
using Mirror.Engine.Report.Diff;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Flows.Delta;
using Mirror.Engine.Tests.Flows.Targets;
using Mirror.Engine.Tests.House;
using Mirror.Engine.Tests.Report.Diff;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Report;

/// <summary>
/// <c>docs/schemas</c> describes the JSON files that users read: every real one is valid, and has no member that its
/// schema does not describe.
/// </summary>
public sealed class SchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_files_of_every_verb_are_valid_after_a_success()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        string report = _folder.Combine("{verb}.json");
        EngineRun pull = EngineRun.Of(source, _folder.Combine("bundle"));
        pull.Settings = pull.Settings with { GostDigest = true, ReportFile = report };
        PushRun push = new(target.Host, _folder.Combine("bundle"));
        push.Settings = push.Settings with { ReportFile = report };

        await pull.PlanAsync();
        await pull.PullAsync();
        await push.PushAsync();
        await Engine.SyncAsync(
            new MirrorSyncSettings
            {
                Source = new RegistryEndpoint($"{source.Host}/deckhouse/ee"),
                Target = new RegistryEndpoint($"{target.Host}/other/ee"),
                Insecure = true,
                TmpDirectory = _folder.Combine("tmp"),
                ReportFile = report,
            },
            null,
            Cancellation);
        await Engine.VerifyAsync(Bundle, null, Cancellation);
        await Engine.VerifyGostDigestAsync(
            new MirrorVerifyGostDigestSettings { BundleDirectory = Bundle.BundleDirectory, ReportFile = report },
            null,
            Cancellation);

        foreach ((string verb, string schema) in new[]
        {
            ("plan", "plan"), ("pull", "report"), ("push", "report"), ("sync", "report"), ("verify", "report"),
            ("verify-gost-digest", "gost"),
        })
        {
            JsonNode record = await DemandValidAsync(schema, _folder.Combine($"{verb}.json"));
            Assert.Equal(verb, record["verb"]!.GetValue<string>());
            Assert.Equal("succeeded", record["result"]!.GetValue<string>());
        }

        await DemandValidAsync("bundle", _folder.Combine("bundle", "bundle.json"));
        foreach (string inventory in Directory.GetFiles(_folder.Combine("bundle"), "*.tar.json"))
        {
            await DemandValidAsync("archive", inventory);
        }
    }

    [Fact]
    public async Task The_files_of_a_delta_are_valid()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        await run.PullAsync("again", ["a.have.json"], settings => settings with
        {
            ReportFile = run.Path("pull.json"),
            InventoryFile = run.Path("b.have.json"),
        });

        JsonNode record = await DemandValidAsync("report", run.Path("pull.json"));
        await DemandValidAsync("bundle", run.Path("delta/bundle.json"));
        await DemandValidAsync("archive", run.Path("delta/platform.tar.json"));
        await DemandValidAsync("have", run.Path("a.have.json"));
        await DemandValidAsync("have", run.Path("b.have.json"));
        Assert.True(record["plan"]!["delta"]!["omittedBytes"]!.GetValue<long>() > 0);
        await run.MergeAsync(
            "merged", ["a", "delta"], settings => settings with { ReportFile = run.Path("merge.json") });
        await DemandValidAsync("report", run.Path("merge.json"));
    }

    [Fact]
    public async Task The_files_of_a_check_and_of_an_inventory_are_valid()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        await run.InventoryAsync("have.json", settings => settings with { ReportFile = run.Path("inventory.json") });
        await run.CheckAsync(settings => settings with { ReportFile = run.Path("whole.json") });
        run.Target.Content.Repository("mirror/ee/install").RemoveTag("v1.70.4");
        RepositoryContent root = run.Target.Content.Repository("mirror/ee");
        root.RemoveBlob(root.Blobs[0].Digest);

        await run.FailAsync(settings => settings with
        {
            ReportFile = run.Path("check.json"),
            CheckDepth = CheckDepth.Manifests,
        });

        await DemandValidAsync("have", run.Path("have.json"));
        await DemandValidAsync("check", run.Path("inventory.json"));
        await DemandValidAsync("check", run.Path("whole.json"));
        JsonNode record = await DemandValidAsync("check", run.Path("check.json"));
        Assert.Equal("failed", record["result"]!.GetValue<string>());
        Assert.True(record["targets"]![0]!["findingCount"]!.GetValue<int>() >= 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_record_of_a_check_has_its_warnings_once(bool isWhole)
    {
        await using CheckRun run = await CheckRun.StartAsync();
        RepositoryContent install = run.Target.Content.Repository("mirror/ee/install");
        install.AddManifest(install.Manifests[0], "v0");
        MirrorCheckSettings settings = run.Settings with { ReportFile = run.Path("check.json") };
        await (isWhole
            ? (Task)run.CheckAsync(_ => settings)
            : run.FailAsync(_ => settings with { Targets = ["127.0.0.1:1/mirror/ee"] }));

        JsonNode record = await DemandValidAsync("check", run.Path("check.json"));

        Assert.Single(
            record["warnings"]!.AsArray(),
            warning => warning!["code"]!.GetValue<string>() == FaultCode.TargetHasMore);
        Assert.Equal(isWhole ? 1 : 2, record["targets"]!.AsArray().Count);
    }

    [Fact]
    public void The_file_of_a_diff_is_valid_whatever_it_holds()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            DrawnSides drawn = new(seed);
            MirrorDiff diff = DiffBuilder.Compare(drawn.Draw("target"), drawn.Draw("bundle") with
            {
                Pieces = ImmutableDictionary<Digest, ImmutableArray<DiffPiece>>.Empty,
            });
            diff = diff with
            {
                Notes =
                [
                    new DiffedNote("v1", "", DiffNoteKind.MigratedModule, "x", seed % 2 == 0 ? null : "https://x"),
                ],
                Requirements = [new DiffedRequirement("v1", "k8s", seed % 2 == 0 ? null : "1.30", null)],
                OmittedNotes = seed,
            };

            EvaluationResults results = Evaluate("diff", JsonNode.Parse(DiffFile.Write(diff))!);

            Assert.True(results.IsValid, JsonSerializer.Serialize(results));
        }
    }

    [Fact]
    public async Task The_file_of_a_run_that_failed_is_valid_too()
    {
        await Assert.ThrowsAsync<MirrorException>(() => Engine.VerifyAsync(Bundle, null, Cancellation));

        JsonNode record = await DemandValidAsync("report", _folder.Combine("verify.json"));

        Assert.Equal("failed", record["result"]!.GetValue<string>());
        Assert.Equal(FaultCode.NoArchives, record["faults"]![0]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("verb", "\"verb\": \"fetch\"")]
    [InlineData("result", "\"result\": \"passed\"")]
    [InlineData("started", "\"started\": \"yesterday\"")]
    [InlineData("faults", "\"faults\": [{ \"code\": \"E1\", \"message\": \"m\", \"advice\": \"a\" }]")]
    [InlineData("format", "\"format\": \"deckhouse-mirror-report/2\"")]
    public void A_schema_refuses_what_no_run_writes(string member, string text)
    {
        JsonObject record = JsonNode.Parse(ReportJson.Render(SmallPlan.Pulled, SmallPlan.Report))!.AsObject();
        Assert.True(IsValid("report", record));

        record[member] = JsonNode.Parse($"{{{text}}}")![member]!.DeepClone();

        Assert.False(IsValid("report", record));
    }

    [Fact]
    public void A_success_has_everything_and_no_fault_and_a_failure_has_one()
    {
        string[] members = ["plan", "files", "warnings", "tool"];
        Assert.All(members, member =>
        {
            JsonObject record = JsonNode.Parse(ReportJson.Render(SmallPlan.Pulled, SmallPlan.Report))!.AsObject();
            record.Remove(member);
            Assert.False(IsValid("report", record), member);
        });
        JsonObject failed = JsonNode.Parse(ReportJson.Render(SmallPlan.Failed))!.AsObject();
        Assert.True(IsValid("report", failed));

        failed["faults"] = new JsonArray();

        Assert.False(IsValid("report", failed));
    }

    private static MirrorEngine Engine { get; } = new(new Dictionary<string, string>(), TimeProvider.System);

    private MirrorVerifySettings Bundle =>
        new() { BundleDirectory = _folder.Combine("bundle"), ReportFile = _folder.Combine("{verb}.json") };

    private static async Task<JsonNode> DemandValidAsync(string schema, string file)
    {
        JsonNode content = JsonNode.Parse(await File.ReadAllTextAsync(file, Cancellation))!;
        EvaluationResults results = Evaluate(schema, content);
        Assert.True(results.IsValid, $"{file}: {JsonSerializer.Serialize(results)}");
        return content;
    }

    private static bool IsValid(string schema, JsonNode content) => Evaluate(schema, content).IsValid;

    // Readers must take members that later versions add; here, a member that is not described is a fault.
    private static EvaluationResults Evaluate(string schema, JsonNode content)
    {
        BuildOptions build = new() { SchemaRegistry = new SchemaRegistry() };
        Dictionary<string, JsonSchema> schemas = [];
        foreach (string name in new[] { "plan", "report", "gost", "archive", "bundle", "diff", "have", "check" })
        {
            string text = File.ReadAllText(
                Path.Combine(RepositoryTree.Root, "docs", "schemas", $"{name}.schema.json"));
            Assert.Contains("\"additionalProperties\": true", text, StringComparison.Ordinal);
            schemas[name] = JsonSchema.FromText(
                text.Replace(
                    "\"additionalProperties\": true", "\"additionalProperties\": false", StringComparison.Ordinal),
                build);
        }

        return schemas[schema].Evaluate(
            JsonSerializer.SerializeToElement(content),
            new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
    }
}
