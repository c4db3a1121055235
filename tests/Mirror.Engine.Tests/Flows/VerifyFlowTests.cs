using System.Collections.Immutable;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class VerifyFlowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.33", 202)]
    [InlineData("0.25.2", 176)]
    public async Task A_bundle_of_d8_is_whole(string version, int images)
    {
        MirrorReport report =
            await VerifyAsync(new MirrorVerifySettings { BundleDirectory = PushRun.Recorded(version) });

        Assert.Equal(images, report.Plan.ImageCount);
        Assert.True(report.TransferredBytes > 1_000_000);
        Assert.All(report.Files, file => Assert.Equal(new FileInfo(file.Path).Length, file.Bytes));
    }

    [Fact]
    public async Task What_was_pulled_is_whole_and_fits_its_inventories()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        using TemporaryFolder bundle = new();
        MirrorReport pulled = await EngineRun.Of(source, bundle.FullName).PullAsync();

        MirrorReport verified = await VerifyAsync(new MirrorVerifySettings { BundleDirectory = bundle.FullName });

        Assert.Equal(pulled.Plan.ImageCount, verified.Plan.ImageCount);
        Assert.Equal(
            pulled.Plan.Archives.Select(archive => (archive.Name, archive.FileBytes)),
            verified.Plan.Archives.Select(archive => (archive.Name, archive.FileBytes)));
        Assert.NotEmpty(pulled.Plan.Files);
    }

    [Fact]
    public async Task Every_damage_is_named_with_its_file_and_entry_at_once()
    {
        using BundleCopy bundle = new("0.33", "platform", "module-console", "security");
        (string name, long offset) = bundle.LargestBlob("platform.tar");
        (string other, long otherOffset) = bundle.LargestBlob("security.tar");
        bundle.Flip("platform.tar", offset);
        bundle.Flip("security.tar", otherOffset + 3);

        ImmutableArray<Fault> faults = await FailAsync(bundle.Folder);

        Assert.Equal(
            [$"platform.tar: {name}", $"security.tar: {other}"],
            faults.Select(fault => $"{fault.Message.Split(' ')[0]}: {fault.Message.Split(' ')[3]}"));
        Assert.All(faults, fault => Assert.Equal(FaultCode.ContentDamaged, fault.Code));
    }

    [Fact]
    public async Task One_archive_that_cannot_be_read_does_not_hide_damage_in_the_others()
    {
        using BundleCopy bundle = new("0.33", "platform", "module-console", "security");
        bundle.Truncate("module-console.tar", 4096);
        bundle.Flip("platform.tar", bundle.LargestBlob("platform.tar").Offset);
        bundle.Flip("security.tar", bundle.BodyOf("security.tar", "security/trivy-db/index.json"));

        ImmutableArray<Fault> faults = await FailAsync(bundle.Folder);

        Assert.Equal(
            [
                (FaultCode.ArchiveDamaged, "module-console.tar"), (FaultCode.LayoutMalformed, "security.tar"),
                (FaultCode.ContentDamaged, "platform.tar"),
            ],
            faults.Select(fault => (fault.Code, fault.Message.Split(' ', ':')[0])));
    }

    [Theory]
    [InlineData(4096, FaultCode.ArchiveDamaged)]
    [InlineData(1024, FaultCode.ArchiveDamaged)]
    public async Task A_cut_archive_is_damaged(int bytes, string code)
    {
        using BundleCopy bundle = new("0.33", "platform");
        bundle.Truncate("platform.tar", bytes);

        Assert.Equal(code, Assert.Single(await FailAsync(bundle.Folder)).Code);
    }

    [Fact]
    public async Task Chunks_are_verified_as_the_archive_they_are()
    {
        using BundleCopy bundle = new("0.33", "platform");
        bundle.Split("platform.tar", 50_000);

        MirrorReport report = await VerifyAsync(new MirrorVerifySettings
        {
            Files = [bundle.PathOf(BundleCopy.ChunkOf("platform.tar", 2))],
        });

        Assert.Equal("platform.tar", Assert.Single(report.Plan.Archives).Name);
        Assert.True(report.Files.Length > 10);
    }

    [Fact]
    public async Task An_archive_that_the_bundle_lists_and_that_is_not_there_is_missing()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        using TemporaryFolder bundle = new();
        await EngineRun.Of(source, bundle.FullName).PullAsync();
        File.Delete(bundle.Combine("module-console.tar"));

        Fault fault = Assert.Single(await FailAsync(bundle.FullName));

        Assert.Equal(FaultCode.ArchiveMissing, fault.Code);
        Assert.StartsWith("module-console.tar (", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"tag\": \"v1.69.4\"", "\"tag\": \"v1.69.0\"")]
    [InlineData("deckhouse-mirror/archive/1", "something else")]
    public async Task An_inventory_that_does_not_fit_its_archive_is_a_fault(string from, string to)
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        using TemporaryFolder bundle = new();
        await EngineRun.Of(source, bundle.FullName).PullAsync();
        string inventory = bundle.Combine("platform.tar.json");
        string text = await File.ReadAllTextAsync(inventory, Cancellation);
        Assert.Contains(from, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(inventory, text.Replace(from, to, StringComparison.Ordinal), Cancellation);

        Fault fault = Assert.Single(await FailAsync(bundle.FullName));

        Assert.Equal(FaultCode.InventoryDiffers, fault.Code);
        Assert.StartsWith("platform.tar.json ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report.json", "deckhouse-mirror-report/1")]
    [InlineData("report.md", "# Verification of ")]
    [InlineData("report.html", "<h1>Verification of ")]
    public async Task A_report_is_written(string name, string content)
    {
        using TemporaryFolder folder = new();

        await VerifyAsync(new MirrorVerifySettings
        {
            BundleDirectory = PushRun.Recorded("0.33"),
            ReportFile = folder.Combine(name),
        });

        Assert.Contains(
            content, await File.ReadAllTextAsync(folder.Combine(name), Cancellation), StringComparison.Ordinal);
    }

    private static Task<MirrorReport> VerifyAsync(MirrorVerifySettings settings) =>
        new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System)
            .VerifyAsync(settings, null, Cancellation);

    private static async Task<ImmutableArray<Fault>> FailAsync(string folder) =>
        (await Assert.ThrowsAsync<MirrorException>(() =>
            VerifyAsync(new MirrorVerifySettings { BundleDirectory = folder }))).Faults;
}
