using Mirror.Engine.Plan;
using Mirror.Engine.Plan.Have;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Delta;

/// <summary>A delta on its base makes the target what a full bundle makes of it, or nothing is written.</summary>
public sealed class DeltaPushTests
{
    [Fact]
    public async Task A_full_bundle_and_a_delta_make_the_target_that_a_full_bundle_makes()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        MirrorReport delta = await run.PrepareDeltaAsync();

        await run.PushAsync("delta");

        await using TestRegistry other = await PushRun.StartTargetAsync();
        await run.PullAsync("full", []);
        await run.Engine.PushAsync(
            run.PushSettings("a") with { Target = new RegistryEndpoint($"{other.Host}/mirror/ee") },
            null,
            TestContext.Current.CancellationToken);
        await run.Engine.PushAsync(
            run.PushSettings("full") with { Target = new RegistryEndpoint($"{other.Host}/mirror/ee") },
            null,
            TestContext.Current.CancellationToken);
        Assert.Equal(DeltaRun.Snapshot(other), DeltaRun.Snapshot(run.Target));
        Assert.True(delta.Plan.OmittedBlobs > 0);
        Assert.True(delta.Plan.FileBytes < delta.Plan.FullBytes);
    }

    [Fact]
    public async Task Each_layer_that_is_left_out_is_demanded_of_the_target_before_anything_is_written()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        MirrorReport delta = await run.PrepareDeltaAsync();
        HashSet<(string Repository, Digest Digest)> omitted =
        [
            .. delta.Plan.Archives.SelectMany(archive => archive.Layouts)
                .SelectMany(layout => layout.Omitted, (layout, blob) => (
                    layout.Path.Length == 0 ? "mirror/ee" : $"mirror/ee/{layout.Path}", blob.Digest)),
        ];
        Assert.NotEmpty(omitted);
        string before = DeltaRun.Snapshot(run.Target);
        foreach ((string repository, Digest digest) in omitted)
        {
            RepositoryContent content = run.Target.Content.Repository(repository);
            BlobContent blob = content.Blobs.Single(one => one.Digest == $"{digest}");
            BlobContent[] elsewhere = [.. run.Target.Content.Repositories
                .Where(other => other.Blobs.Any(one => one.Digest == blob.Digest))
                .Select(_ => blob)];
            foreach (RepositoryContent other in run.Target.Content.Repositories)
            {
                other.RemoveBlob(blob.Digest);
            }

            run.Target.Requests.Clear();

            Fault fault = Assert.Single(
                (await Assert.ThrowsAsync<MirrorException>(() => run.PushAsync("delta"))).Faults);

            Assert.Equal(FaultCode.TargetLacksBase, fault.Code);
            Assert.Empty(DeltaRun.Writes(run.Target));
            foreach (string name in omitted.Where(item => item.Digest == digest).Select(item => item.Repository))
            {
                run.Target.Content.Repository(name).AddBlob(blob);
            }

            Assert.NotEmpty(elsewhere);
        }

        Assert.Equal(before, DeltaRun.Snapshot(run.Target));
        await run.PushAsync("delta");
    }

    [Fact]
    public async Task A_layer_that_only_another_repository_of_the_target_has_is_mounted()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        RepositoryContent install = run.Target.Content.Repository("mirror/ee/install");
        RepositoryContent standalone = run.Target.Content.Repository("mirror/ee/install-standalone");
        string shared = install.Blobs.Select(blob => blob.Digest)
            .Intersect(standalone.Blobs.Select(blob => blob.Digest)).Single();
        install.RemoveBlob(shared);

        await run.PushAsync("delta");

        Assert.Contains(
            run.Target.Requests.Uploads("mirror/ee/install"),
            record => record.Request.Query.Contains($"mount={shared}", StringComparison.Ordinal)
                || record.Request.Query.Contains(Uri.EscapeDataString(shared), StringComparison.Ordinal));
        Assert.Contains(install.Blobs, blob => blob.Digest == shared);
    }

    [Fact]
    public async Task Where_the_target_does_not_mount_the_layer_is_copied_within_it()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        RepositoryContent install = run.Target.Content.Repository("mirror/ee/install");
        RepositoryContent standalone = run.Target.Content.Repository("mirror/ee/install-standalone");
        string shared = install.Blobs.Select(blob => blob.Digest)
            .Intersect(standalone.Blobs.Select(blob => blob.Digest)).Single();
        install.RemoveBlob(shared);
        run.Target.Faults.Add(
            request => request.Query.Contains("mount=", StringComparison.Ordinal), new RegistryFault { Status = 405 });

        await run.PushAsync("delta");

        Assert.Contains(install.Blobs, blob => blob.Digest == shared);
    }

    [Fact]
    public async Task The_receipt_of_a_push_the_prediction_of_its_pull_and_the_bundle_have_one_state()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        MirrorReport pulled = await run.PullAsync(
            "a", [], settings => settings with { InventoryFile = run.Path("predicted.json") });

        await run.PushAsync("a", "receipt.json");

        HaveFile receipt = Read(run, "receipt.json");
        HaveFile predicted = Read(run, "predicted.json");
        Assert.Equal(pulled.Plan.StateId, receipt.StateId);
        Assert.Equal(pulled.Plan.StateId, predicted.StateId);
        Assert.Equal(HaveBasis.Receipt, receipt.Basis);
        Assert.Equal(HaveBasis.Predicted, predicted.Basis);
        Assert.Equal($"{run.Target.Host}/mirror/ee", receipt.Target);
        Assert.Equal(predicted.Repositories.Keys, receipt.Repositories.Keys);
        Assert.All(receipt.Repositories, pair => Assert.Equal(
            pair.Value.Blobs.Select(blob => $"{blob}"),
            predicted.Repositories[pair.Key].Blobs.Select(blob => $"{blob}")));
    }

    [Fact]
    public async Task The_prediction_of_a_delta_has_the_content_of_its_base_and_the_tags_of_its_plan()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", [], settings => settings with { InventoryFile = run.Path("a.json") });
        run.PublishNext();

        MirrorReport delta = await run.PullAsync(
            "delta", ["a.json"], settings => settings with { InventoryFile = run.Path("b.json") });

        HaveFile first = Read(run, "a.json");
        HaveFile second = Read(run, "b.json");
        Assert.Equal(delta.Plan.StateId, second.StateId);
        Assert.Equal(first.StateId, delta.Plan.DeltaBase);
        Assert.All(first.Repositories, pair => Assert.Empty(
            pair.Value.Blobs.Except(second.Repositories[pair.Key].Blobs)));
    }

    [Fact]
    public async Task A_sync_leaves_the_receipt_that_a_push_of_the_same_leaves()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        await run.PushAsync("a", "pushed.json");
        MirrorSyncSettings settings = new()
        {
            Source = run.PullSettings("").Source,
            Target = run.PushSettings("").Target,
            Insecure = true,
            Components = MirrorComponents.Platform,
            TmpDirectory = run.Path("tmp"),
        };

        await run.Engine.SyncAsync(
            settings with { InventoryFile = run.Path("synced.json") }, null, TestContext.Current.CancellationToken);
        await run.Engine.SyncAsync(settings, null, TestContext.Current.CancellationToken);

        HaveFile pushed = Read(run, "pushed.json");
        HaveFile synced = Read(run, "synced.json");
        Assert.Equal(HaveWriter.Write(pushed with { Taken = null }), HaveWriter.Write(synced with { Taken = null }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_inventory_that_cannot_be_written_ends_a_run_before_anything_is_moved(bool isPull)
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        await File.WriteAllTextAsync(run.Path("file"), "", TestContext.Current.CancellationToken);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => isPull
            ? run.PullAsync("b", [], settings => settings with { InventoryFile = run.Path("file/b.json") })
            : run.PushAsync("a", "file/b.json"));

        Assert.Equal("InventoryFile", Assert.Single(failure.Faults).Settings[0].Member);
        Assert.False(Directory.Exists(run.Path("b")));
        Assert.Empty(DeltaRun.Writes(run.Target));
    }

    [Fact]
    public async Task A_receipt_is_compared_with_the_bundle_that_was_pushed()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        await run.PushAsync("a", "a.have.json");
        run.PublishNext();
        await run.PullAsync("b", []);

        MirrorDiff same = await DiffAsync(run, "a.have.json", "a");
        MirrorDiff next = await DiffAsync(run, "a.have.json", "b");

        Assert.True(same.IsEmpty);
        Assert.Equal("have", same.From.Kind);
        Assert.Contains(next.Moved, image => image.Name == "release-channel:stable");
    }

    [Fact]
    public async Task A_delta_on_an_empty_target_writes_nothing()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        await using TestRegistry empty = await PushRun.StartTargetAsync();

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => run.Engine.PushAsync(
            run.PushSettings("delta") with { Target = new RegistryEndpoint($"{empty.Host}/mirror/ee") },
            null,
            TestContext.Current.CancellationToken));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.TargetLacksBase, fault.Code);
        Assert.Contains("mirror/ee:v1.71.3", fault.Message, StringComparison.Ordinal);
        Assert.Empty(DeltaRun.Writes(empty));
        Assert.Empty(empty.Content.Repositories);
    }

    private static Task<MirrorDiff> DiffAsync(DeltaRun run, string from, string to) => run.Engine.DiffAsync(
        new MirrorDiffSettings { From = run.Path(from), To = run.Path(to) },
        null,
        TestContext.Current.CancellationToken);

    private static HaveFile Read(DeltaRun run, string name) =>
        HaveReader.Read(File.ReadAllBytes(run.Path(name)));
}
