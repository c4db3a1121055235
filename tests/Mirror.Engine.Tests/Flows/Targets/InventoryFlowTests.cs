using Mirror.Engine.Plan.Have;
using Mirror.Engine.Tests.Flows.Delta;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Targets;

/// <summary>An inventory says what a target holds, however it was found out.</summary>
public sealed class InventoryFlowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_a_bundle_a_lock_and_a_receipt_say_the_same()
    {
        await using CheckRun run = await CheckRun.StartAsync();

        MirrorInventory listed = await run.InventoryAsync("listed.json");
        await run.InventoryAsync(
            "bundle.json", settings => settings with { BundleDirectory = run.Path("bundle") });
        await run.InventoryAsync(
            "lock.json", settings => settings with { LockFile = run.Path("mirror.lock.json") });
        await run.InventoryAsync("files.json", settings => settings with
        {
            Files = [run.Path("bundle/platform.tar"), run.Path("bundle/module-console.tar")],
        });

        byte[] wanted = Bytes(run, "receipt.json");
        Assert.Equal(wanted, Bytes(run, "listed.json"));
        Assert.Equal(wanted, Bytes(run, "bundle.json"));
        Assert.Equal(wanted, Bytes(run, "lock.json"));
        Assert.Equal(wanted, Bytes(run, "files.json"));
        HaveFile have = Read(run, "listed.json");
        Assert.Equal(listed.StateId, have.StateId);
        Assert.Equal(listed.Tags, have.Repositories.Sum(repository => repository.Value.Tags.Count));
        Assert.Equal(HaveBasis.Target, have.Basis);
        Assert.Contains("modules/console/extra/helper", have.Repositories.Keys);
        Assert.NotNull(have.Taken);
        Assert.Empty(DeltaRun.Writes(run.Target));
    }

    [Fact]
    public async Task A_bundle_of_one_module_is_looked_for_alone()
    {
        await using CheckRun run = await CheckRun.StartAsync();

        await run.InventoryAsync(
            "module.json", settings => settings with { Files = [run.Path("bundle/module-console.tar")] });

        Assert.All(
            Read(run, "module.json").Repositories.Keys,
            path => Assert.StartsWith("modules/console", path, StringComparison.Ordinal));
        Assert.Empty(run.Target.Requests.TagLists());
    }

    [Fact]
    public async Task A_target_that_lists_no_tags_is_a_fault_that_says_what_to_name()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        run.Target.Faults.Add(
            request => request.Path.EndsWith("/tags/list", StringComparison.Ordinal),
            new RegistryFault { Status = 403 });

        MirrorException failure =
            await Assert.ThrowsAsync<MirrorException>(() => run.InventoryAsync("listed.json"));
        await run.InventoryAsync(
            "lock.json", settings => settings with { LockFile = run.Path("mirror.lock.json") });

        Assert.Contains("LockFile", failure.Faults[0].Advice, StringComparison.Ordinal);
        Assert.False(File.Exists(run.Path("listed.json")));
    }

    [Theory]
    [InlineData(CheckDepth.Tags, true)]
    [InlineData(CheckDepth.Manifests, false)]
    [InlineData(CheckDepth.Blobs, false)]
    public async Task A_target_that_lacks_a_layer_gets_no_inventory_where_that_was_looked_for(
        CheckDepth depth, bool isWritten)
    {
        await using CheckRun run = await CheckRun.StartAsync();
        RepositoryContent install = run.Target.Content.Repository("mirror/ee/install");
        install.RemoveBlob(install.Blobs[0].Digest);

        Task<MirrorInventory> taking = run.InventoryAsync(
            "have.json", settings => settings with { CheckDepth = depth });

        if (isWritten)
        {
            await taking;
            Assert.Equal(depth, Read(run, "have.json").Checked);
        }
        else
        {
            Fault fault = Assert.Single((await Assert.ThrowsAsync<MirrorException>(() => taking)).Faults);
            Assert.Equal(FaultCode.TargetImageDamaged, fault.Code);
            Assert.Contains("mirror/ee/install:v1.70.4", fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal(isWritten, File.Exists(run.Path("have.json")));
    }

    [Fact]
    public async Task A_path_of_modules_that_is_the_edition_itself_is_told_apart_from_its_releases()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        await using TestRegistry other = await PushRun.StartTargetAsync();
        await new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System).PushAsync(
            new MirrorPushSettings
            {
                Target = new RegistryEndpoint($"{other.Host}/mirror/ee"),
                Insecure = true,
                BundleDirectory = run.Path("bundle"),
                ModulesPathSuffix = "/",
            },
            null,
            Cancellation);

        await run.InventoryAsync("shared.json", settings => settings with
        {
            Target = new RegistryEndpoint($"{other.Host}/mirror/ee"),
            ModulesPathSuffix = "/",
        });

        Assert.Equal(Bytes(run, "receipt.json"), Bytes(run, "shared.json"));
    }

    [Fact]
    public async Task The_log_says_how_many_of_the_tags_that_were_looked_for_are_there()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        run.Target.Content.Repository("mirror/ee/install").RemoveTag("v1.70.4");

        MirrorInventory inventory = await run.InventoryAsync(
            "have.json", settings => settings with { LockFile = run.Path("mirror.lock.json") });

        Assert.Contains($"{inventory.Tags} of {inventory.Tags + 1} tags are there.", run.Messages);
    }

    [Fact]
    public async Task A_temporary_folder_that_is_no_full_path_is_refused()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        MirrorEngine engine = new(new Dictionary<string, string> { ["TMPDIR"] = "tmp" }, TimeProvider.System);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => engine.InventoryAsync(
            new MirrorInventorySettings
            {
                Target = run.Settings.Target,
                Insecure = true,
                InventoryFile = run.Path("have.json"),
            },
            null,
            Cancellation));

        Assert.Contains("'tmp'", Assert.Single(failure.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bare_root_says_where_the_installer_is_looked_for()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(target.Host, PushRun.Recorded("0.33")).PushAsync();
        await using CheckRun run = await CheckRun.StartAsync();
        MirrorInventorySettings In(MirrorInventorySettings settings) =>
            settings with { Target = new RegistryEndpoint($"{target.Host}/mirror/ee") };

        await run.InventoryAsync("above.json", In);
        await run.InventoryAsync("below.json", settings => In(settings) with { BareRoot = BareRoot.Target });

        Assert.Contains("installer", Read(run, "above.json").Repositories.Keys);
        Assert.DoesNotContain("installer", Read(run, "below.json").Repositories.Keys);
    }

    [Fact]
    public async Task A_delta_against_an_inventory_is_that_against_the_receipt()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        await run.PushAsync("a", "receipt.json");
        await run.Engine.InventoryAsync(
            new MirrorInventorySettings
            {
                Target = run.PushSettings("a").Target,
                Insecure = true,
                InventoryFile = run.Path("inventory.json"),
            },
            null,
            Cancellation);
        run.PublishNext();

        MirrorReport first = await run.PullAsync("first", ["receipt.json"]);
        MirrorReport second = await run.PullAsync("second", ["inventory.json"]);

        Assert.Equal(first.Plan.DeltaBase, second.Plan.DeltaBase);
        Assert.Equal(first.Plan.OmittedBlobs, second.Plan.OmittedBlobs);
        Assert.Equal(
            await File.ReadAllBytesAsync(run.Path("first/platform.tar"), Cancellation),
            await File.ReadAllBytesAsync(run.Path("second/platform.tar"), Cancellation));
    }

    private static HaveFile Read(CheckRun run, string name) => HaveReader.Read(File.ReadAllBytes(run.Path(name)));

    /// <summary>The content, whoever found it out when.</summary>
    private static byte[] Bytes(CheckRun run, string name) => HaveWriter.Write(Read(run, name) with
    {
        Source = null,
        Target = null,
        Basis = HaveBasis.Target,
        Checked = null,
        Taken = null,
    });
}
