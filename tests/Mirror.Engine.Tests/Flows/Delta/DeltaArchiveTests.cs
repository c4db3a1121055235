using System.Text.Json.Nodes;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Content;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Delta;

/// <summary>
/// What an archive may lack, and what a push asks the target for: layers of a marked layout, and nothing else.
/// </summary>
public sealed class DeltaArchiveTests
{
    private const string Annotation = "io.deckhouse.mirror.delta.base";

    private static readonly string[] s_layouts = ["", "install/", "install-standalone/", "release-channel/"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a manifest")]
    [InlineData("a config")]
    [InlineData("a layer of a release image")]
    public async Task A_delta_that_lacks_more_than_layers_is_incomplete(string lost)
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        DeleteRecords(run, "delta");
        ForgedArchive.Change(run.Path("delta/platform.tar"), archive => archive.Remove(lost switch
        {
            "a manifest" => archive.ManifestOf("install/"),
            "a config" => archive.ConfigOf("install/"),
            _ => archive.LayerOf("release-channel/"),
        }));
        run.Target.Requests.Clear();

        await DemandAsync(FaultCode.ContentMissing, () => run.VerifyAsync("delta"));
        await DemandAsync(FaultCode.ContentMissing, () => run.PushAsync("delta"));

        Assert.Empty(run.Target.Requests.All);
    }

    [Fact]
    public async Task A_layer_that_is_missing_where_no_mark_says_so_is_a_fault()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        DeleteRecords(run, "delta");
        ForgedArchive.Change(run.Path("delta/platform.tar"), archive =>
        {
            foreach (string layout in s_layouts)
            {
                archive.ChangeIndex(layout, index => index.Remove("annotations"));
            }
        });

        await DemandAsync(FaultCode.ContentMissing, () => run.VerifyAsync("delta"));
        await DemandAsync(FaultCode.ContentMissing, () => run.PushAsync("delta"));
    }

    [Fact]
    public async Task A_mark_that_is_no_state_id_is_a_fault()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        DeleteRecords(run, "delta");
        ForgedArchive.Change(run.Path("delta/platform.tar"), archive => archive.ChangeIndex(
            "install/", index => index["annotations"] = new JsonObject { [Annotation] = "yesterday" }));

        await DemandAsync(FaultCode.LayoutMalformed, () => run.VerifyAsync("delta"));
    }

    [Fact]
    public async Task A_mark_on_a_full_archive_makes_the_push_ask_for_what_was_taken_out_of_it()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        DeleteRecords(run, "a");
        ForgedArchive.Change(run.Path("a/platform.tar"), archive =>
        {
            archive.ChangeIndex(
                "install/", index => index["annotations"] = new JsonObject { [Annotation] = new string('1', 64) });
            archive.Remove(archive.LayerOf("install/"));
        });

        // The other repository that needs the layer has it in the archive, so it can be sent to both.
        await run.PushAsync("a");

        RepositoryContent install = run.Target.Content.Repository("mirror/ee/install");
        Assert.All(install.Manifests, manifest => Assert.All(
            LayersOf(manifest), layer => Assert.Contains(install.Blobs, blob => blob.Digest == layer)));
    }

    [Fact]
    public async Task An_inventory_and_an_archive_that_are_not_of_one_delta_differ()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        await run.PullAsync("full", []);

        File.Copy(run.Path("full/platform.tar"), run.Path("delta/platform.tar"), overwrite: true);

        await DemandAsync(FaultCode.InventoryDiffers, () => run.VerifyAsync("delta"));
    }

    [Fact]
    public async Task A_tag_that_is_there_as_planned_needs_nothing_more_than_its_layers()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        await run.PushAsync("delta");
        run.Target.Requests.Clear();

        MirrorReport again = await run.PushAsync("delta");

        Assert.False(again.HasChanged);
        Assert.Empty(DeltaRun.Writes(run.Target));
    }

    [Fact]
    public async Task A_layer_that_the_target_loses_after_the_proof_is_told_and_no_tag_of_it_is_written()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        MirrorReport delta = await run.PrepareDeltaAsync();
        Digest lost = delta.Plan.Archives.SelectMany(archive => archive.Layouts)
            .First(layout => layout.Path == "install").Omitted[0].Digest;
        run.Target.Requests.Observe(record =>
        {
            if (record.Request.Method == "POST")
            {
                foreach (RepositoryContent repository in run.Target.Content.Repositories)
                {
                    repository.RemoveBlob($"{lost}");
                }
            }
        });

        Fault fault = await DemandAsync(FaultCode.TargetLacksBase, () => run.PushAsync("delta"));

        Assert.Contains($"{lost}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("v1.71.3", run.Target.Content.Repository("mirror/ee/install").Tags);
    }

    private static IEnumerable<string> LayersOf(StoredManifest manifest) =>
        JsonNode.Parse(manifest.Bytes.Span)!["layers"]!.AsArray().Select(layer => layer!["digest"]!.GetValue<string>());

    /// <summary>As if only the archive had come along.</summary>
    private static void DeleteRecords(DeltaRun run, string bundle) =>
        Array.ForEach(Directory.GetFiles(run.Path(bundle), "*.json"), File.Delete);

    private static async Task<Fault> DemandAsync(string code, Func<Task> run)
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(run);
        Assert.All(failure.Faults, fault => Assert.Equal(code, fault.Code));
        Cancellation.ThrowIfCancellationRequested();
        return failure.Faults[0];
    }
}
