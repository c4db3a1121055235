using Mirror.Engine.Plan.Have;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>A real registry that was filled by a push, looked at, and damaged behind its back.</summary>
public sealed class DockerRegistryCheckTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_real_registry_is_whole_after_a_push_until_something_is_taken_from_its_store()
    {
        string program = RealPart.OrSkip("docker-registry");
        await using DockerRegistry target = await DockerRegistry.StartAsync(program, cancellationToken: Cancellation);
        using TemporaryFolder folder = new();
        PushRun push = new(target.Host, PushRun.Recorded("0.33"));
        push.Settings = push.Settings with { InventoryFile = folder.Combine("receipt.json") };
        MirrorReport pushed = await push.PushAsync();
        MirrorEngine engine = new();

        MirrorInventory inventory = await engine.InventoryAsync(
            new MirrorInventorySettings
            {
                Target = push.Settings.Target,
                Insecure = true,
                InventoryFile = folder.Combine("inventory.json"),
                CheckDepth = CheckDepth.Blobs,
            },
            cancellationToken: Cancellation);
        MirrorCheckResult whole = await CheckAsync(CheckDepth.Blobs);

        Assert.Equal(pushed.Plan.StateId, inventory.StateId);
        Assert.Equal(pushed.Plan.StateId, whole.StateId);
        Assert.Equal(Repositories("receipt.json"), Repositories("inventory.json"));

        // The bytes of one layer are replaced, and then lost, in the folder of the registry.
        string blob = Directory
            .EnumerateFiles(Path.Combine(target.StoreFolder, "docker/registry/v2/blobs"), "data", new EnumerationOptions
            {
                RecurseSubdirectories = true,
            })
            .MaxBy(file => new FileInfo(file).Length)!;
        await File.WriteAllBytesAsync(blob, new byte[new FileInfo(blob).Length], Cancellation);
        await CheckAsync(CheckDepth.Manifests);
        Fault damaged = await FailAsync(CheckDepth.Blobs);
        File.Delete(blob);
        await CheckAsync(CheckDepth.Tags);
        Fault missing = await FailAsync(CheckDepth.Manifests);

        string hex = Path.GetFileName(Path.GetDirectoryName(blob)!);
        Assert.Equal(FaultCode.TargetImageDamaged, damaged.Code);
        Assert.Contains(hex, damaged.Message, StringComparison.Ordinal);
        Assert.Contains("is damaged", damaged.Message, StringComparison.Ordinal);
        Assert.Equal(FaultCode.TargetImageDamaged, missing.Code);
        Assert.Contains(hex, missing.Message, StringComparison.Ordinal);
        Assert.Contains("is missing", missing.Message, StringComparison.Ordinal);

        Task<MirrorCheckResult> CheckAsync(CheckDepth depth) => engine.CheckAsync(
            new MirrorCheckSettings
            {
                Target = push.Settings.Target,
                Insecure = true,
                BundleDirectory = push.Settings.BundleDirectory,
                InventoryFile = folder.Combine("receipt.json"),
                CheckDepth = depth,
            },
            cancellationToken: Cancellation);

        async Task<Fault> FailAsync(CheckDepth depth) =>
            Assert.Single((await Assert.ThrowsAsync<MirrorException>(() => CheckAsync(depth))).Faults);

        string[] Repositories(string name) =>
        [
            .. from repository in HaveReader.Read(File.ReadAllBytes(folder.Combine(name))).Repositories
               let tags = string.Join(',', repository.Value.Tags)
               select $"{repository.Key} {tags} {string.Join(',', repository.Value.Blobs)}",
        ];
    }
}
