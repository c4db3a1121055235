using Mirror.Engine.Tests.Settings;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Registry to registry, without a bundle.</summary>
public sealed class SyncFlowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_target_ends_as_after_a_pull_and_a_push()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        await using TestRegistry carried = await PushRun.StartTargetAsync();
        await using TestRegistry synced = await PushRun.StartTargetAsync();
        await EngineRun.Of(source, _folder.Combine("bundle")).PullAsync();
        await new PushRun(carried.Host, _folder.Combine("bundle")).PushAsync();

        MirrorReport report = await SyncAsync(source.Host, synced.Host);

        IReadOnlyList<SourceReference> expected = await ListAsync(carried);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, await ListAsync(synced));
        Assert.Equal(expected.Count, report.Repositories.Sum(repository => repository.Pushed));
        Assert.Equal(report.Plan.TransferBytes, report.TransferredBytes);
    }

    [Fact]
    public async Task No_file_remains_but_the_lock_and_no_bundle_is_ever_made()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();

        await SyncAsync(source.Host, target.Host);

        Assert.All(
            Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories),
            file => Assert.StartsWith(".d8mirror", Path.GetFileName(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_sync_asks_the_target_for_each_tag_and_writes_nothing()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        MirrorReport first = await SyncAsync(source.Host, target.Host);
        target.Requests.Clear();

        MirrorReport second = await SyncAsync(source.Host, target.Host);

        Assert.All(target.Requests.All, record => Assert.Equal("HEAD", record.Request.Method));
        Assert.Equal(
            first.Repositories.Sum(repository => repository.Pushed),
            second.Repositories.Sum(repository => repository.AlreadyThere));
        Assert.Equal(0, second.TransferredBytes);
    }

    [Fact]
    public async Task Within_one_registry_blobs_are_mounted_and_only_planning_reads_any()
    {
        await using TestRegistry planned = await MiniSource.StartAsync();
        await using TestRegistry registry = await MiniSource.StartAsync();
        await EngineRun.Of(planned, _folder.Combine("plan")).PlanAsync();

        MirrorReport report = await SyncAsync(registry.Host, registry.Host);

        Assert.True(report.MountedBlobs > 100, $"{report.MountedBlobs} mounts");
        Assert.Equal(2, report.SentBlobs);
        Assert.Equal(Read(planned), Read(registry));
    }

    [Fact]
    public async Task Within_a_registry_that_does_not_mount_the_bytes_pass_through()
    {
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load(), AllowMounts = false }, Token);

        MirrorReport report = await SyncAsync(registry.Host, registry.Host);

        Assert.Equal(0, report.MountedBlobs);
        Assert.True(report.SentBlobs >= report.Plan.Blobs.Length);
    }

    [Fact]
    public async Task What_a_source_lacks_publishes_nothing()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        Assert.True(source.Content.TryGetRepository("deckhouse/ee/security/trivy-db", out RepositoryContent? found));
        string digest = found.Blobs.MaxBy(blob => blob.Size)!.Digest;
        source.Faults.Add(request => request.IsBlob(digest), new RegistryFault { Status = 404 });

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => SyncAsync(source.Host, target.Host));

        Assert.Equal(FaultCode.BlobUnavailable, Assert.Single(failure.Faults).Code);
        Assert.All(target.Content.Repositories, repository => Assert.Empty(repository.Tags));
    }

    [Theory]
    [InlineData("Auto", "mirror/installer")]
    [InlineData("Target", "mirror/ee/installer")]
    public async Task The_bare_root_is_that_of_a_push(string bareRoot, string repository)
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();

        await SyncAsync(source.Host, target.Host, settings => settings with
        {
            BareRoot = SettingsTexts.RootOf(bareRoot),
            Components = MirrorComponents.Installer,
        });

        Assert.Equal([repository], target.Content.Repositories.Select(one => one.Name));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task The_access_check_can_be_left_out(bool skip, int expected)
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await SyncAsync(source.Host, target.Host, settings => settings with
        {
            Components = MirrorComponents.Installer,
            SkipAccessCheck = skip,
        });

        Assert.Equal(
            expected,
            target.Requests.Uploads().Count(record => record.Request.Method == "DELETE"));
    }

    private static IEnumerable<string> Read(TestRegistry registry) => registry.Requests.Blobs()
        .Where(record => record.Request.Method == "GET")
        .Select(record => record.Request.Route.Reference).Order(StringComparer.Ordinal);

    private static async Task<IReadOnlyList<SourceReference>> ListAsync(TestRegistry registry)
    {
        using RegistryReader reader = new(registry.Host);
        return await reader.ListAsync(Token);
    }

    private Task<MirrorReport> SyncAsync(
        string source, string target, Func<MirrorSyncSettings, MirrorSyncSettings>? change = null)
    {
        MirrorSyncSettings settings = new()
        {
            Source = $"{source}/deckhouse/ee",
            Target = $"{target}/mirror/ee",
            Insecure = true,
            TmpDirectory = _folder.Combine("tmp"),
        };
        return new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System)
            .SyncAsync(change?.Invoke(settings) ?? settings, null, Token);
    }
}
