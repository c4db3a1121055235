using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Settings;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class PushFlowTests
{
    private static readonly string Bundle = PushRun.Recorded("0.33");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_unique_blob_crosses_the_wire_once_over_all_repositories(bool isChunked)
    {
        using BundleCopy bundle = Copy(isChunked);
        await using TestRegistry target = await PushRun.StartTargetAsync();

        MirrorReport report = await new PushRun(target.Host, bundle.Folder).PushAsync();

        string[] sent = [.. Uploads(target).Select(DigestOf)];
        Assert.Equal(sent.Distinct().Count(), sent.Length);
        Assert.Equal(report.Plan.Blobs.Select(blob => $"{blob.Digest}").Order(), sent.Order());
        Assert.Equal(sent.Length, report.SentBlobs);
        Assert.True(report.MountedBlobs > 10, $"{report.MountedBlobs} mounts");
        Assert.Equal(report.Plan.TransferBytes, report.TransferredBytes);
        Assert.Equal(0, report.AlreadyThereBytes);
        Assert.True(report.MountedBytes > report.MountedBlobs);
    }

    [Fact]
    public async Task A_push_into_an_empty_registry_does_not_ask_for_every_blob_first()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();

        await new PushRun(target.Host, Bundle).PushAsync();

        int asked = target.Requests.Blobs().Count(record => record.Method == "HEAD");
        Assert.InRange(asked, 1, Uploads(target).Count() * 3 / 4);
    }

    [Fact]
    public async Task No_tag_is_written_before_the_last_blob_and_channels_come_after_all_other_tags_names_last()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();

        await new PushRun(target.Host, Bundle).PushAsync();

        string[] kinds = [.. target.Requests.All
            .Where(record => record.Request.Method == "PUT")
            .Select(record => KindOf(record.Request))];
        Assert.Equal(kinds.OrderBy(Rank), kinds);
        Assert.Equal(["blob", "image", "channel", "name"], kinds.Distinct());

        static int Rank(string kind) => Array.IndexOf(["blob", "image", "channel", "name"], kind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_push_asks_once_for_each_tag_and_nothing_else_and_reports_everything_as_already_there(
        bool isChunked)
    {
        using BundleCopy bundle = Copy(isChunked);
        await using TestRegistry target = await PushRun.StartTargetAsync();
        MirrorReport first = await new PushRun(target.Host, bundle.Folder).PushAsync();
        IReadOnlyList<SourceReference> digests = target.Dump();
        target.Requests.Clear();

        MirrorReport second = await new PushRun(target.Host, bundle.Folder).PushAsync();

        Assert.Equal(
            second.Plan.Publications.Select(tag => $"HEAD /v2/{tag.Repository}/manifests/{tag.Tag}").Order(),
            target.Requests.All.Select(record => $"{record.Request.Method} {record.Request.Path}").Order());
        Assert.Equal(digests, target.Dump());
        Assert.Equal(0, second.TransferredBytes);
        Assert.Equal(0, second.MountedBytes);
        Assert.Equal(second.Plan.TransferBytes, second.AlreadyThereBytes);
        Assert.Equal(first.Repositories.Sum(one => one.Pushed), second.Repositories.Sum(one => one.AlreadyThere));
        Assert.Equal(0, second.Repositories.Sum(one => one.Pushed));
        Assert.Equal(0, first.Repositories.Sum(one => one.AlreadyThere));
    }

    [Fact]
    public async Task A_tag_that_stands_for_something_else_is_replaced_and_a_name_for_listing_is_not()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(target.Host, Bundle).PushAsync();
        using RegistryReader reader = new(target.Host);
        IReadOnlyList<SourceReference> before = await reader.ListAsync(TestContext.Current.CancellationToken);
        RepositoryContent root = target.Content.Repository("mirror/ee");
        RepositoryContent modules = target.Content.Repository("mirror/ee/modules");
        Assert.True(root.TryGetManifest("v1.69.4", out StoredManifest? other));
        root.AddManifest(other, "v1.72.1");
        modules.AddManifest(other, "console");

        await new PushRun(target.Host, Bundle).PushAsync();

        IReadOnlyList<SourceReference> after = await reader.ListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            [new SourceReference("mirror/ee/modules", "console", other.Digest)], after.Except(before));
    }

    [Theory]
    [InlineData("Auto", "mirror/installer", "mirror/deckhouse-cli/plugins")]
    [InlineData("Target", "mirror/ee/installer", "mirror/ee/deckhouse-cli/plugins")]
    [InlineData("/tools/base/", "tools/base/installer", "tools/base/deckhouse-cli/plugins")]
    public async Task Installer_and_plugins_go_to_the_bare_root(string bareRoot, string installer, string plugins)
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun run = new(target.Host, Bundle);
        run.Settings = run.Settings with { BareRoot = SettingsTexts.RootOf(bareRoot) };

        await run.PushAsync();

        HashSet<string> repositories = [.. target.Content.Repositories.Select(repository => repository.Name)];
        Assert.Contains(installer, repositories);
        Assert.Contains(plugins, repositories);
        Assert.Contains($"{plugins}/console-tool", repositories);
        Assert.Equal(1, repositories.Count(name => name.EndsWith("/installer", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/modules", "mirror/ee/modules/console")]
    [InlineData("my/mods", "mirror/ee/my/mods/console")]
    [InlineData("/", "mirror/ee/console")]
    public async Task Modules_go_to_their_path_with_their_names_beside(string suffix, string repository)
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun run = new(target.Host, bundle.Folder);
        run.Settings = run.Settings with { ModulesPathSuffix = suffix };

        await run.PushAsync();

        Assert.True(target.Content.TryGetRepository(repository, out RepositoryContent? module));
        Assert.NotEmpty(module.Tags);
        Assert.True(target.Content.TryGetRepository(
            repository[..^"/console".Length], out RepositoryContent? catalogue));
        Assert.Contains("console", catalogue.Tags);
    }

    [Fact]
    public async Task Single_archives_and_chunk_sets_are_pushed_as_the_folder_is()
    {
        using BundleCopy bundle = new("0.33", "module-console", "security");
        bundle.Split("security.tar", 10_000);
        await using TestRegistry folder = await PushRun.StartTargetAsync();
        await using TestRegistry files = await PushRun.StartTargetAsync();
        PushRun byFiles = new(files.Host, "");
        byFiles.Settings = byFiles.Settings with
        {
            BundleDirectory = "",
            Files = [bundle.PathOf("module-console.tar"), bundle.PathOf(BundleCopy.ChunkOf("security.tar", 1))],
        };

        await new PushRun(folder.Host, bundle.Folder).PushAsync();
        await byFiles.PushAsync();

        using RegistryReader left = new(folder.Host);
        using RegistryReader right = new(files.Host);
        IReadOnlyList<SourceReference> expected = await left.ListAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, await right.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_pulled_is_what_is_pushed()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        using TemporaryFolder bundle = new();
        MirrorReport pulled = await EngineRun.Of(source, bundle.FullName).PullAsync();

        MirrorReport pushed = await new PushRun(target.Host, bundle.FullName).PushAsync();

        Assert.Equal(
            pulled.Plan.Archives.SelectMany(archive => archive.Layouts).SelectMany(
                layout => layout.Images, (layout, image) => (layout.Path, image.Tag, image.Digest)).Order(),
            pushed.Plan.Archives.SelectMany(archive => archive.Layouts).SelectMany(
                layout => layout.Images, (layout, image) => (layout.Path, image.Tag, image.Digest))
                .Where(image => image.Path != "install" || image.Tag.StartsWith('v')).Order());
        Assert.All(pushed.Plan.Archives.SelectMany(archive => archive.Layouts).SelectMany(layout => layout.Images),
            image =>
            {
                Assert.True(target.Content.Repository(image.Repository).TryGetManifest(
                    image.Tag, out StoredManifest? stored));
                Assert.Equal(image.Digest.ToString(), stored.Digest);
            });
    }

    [Fact]
    public async Task A_renamed_archive_goes_where_its_content_belongs_and_the_same_tags_twice_are_no_conflict()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        File.Copy(
            Path.Combine(PushRun.Recorded("0.33"), "module-neuvector.tar"), bundle.PathOf("module-other.tar"));
        File.Copy(
            Path.Combine(PushRun.Recorded("0.25.2"), "module-neuvector.tar"), bundle.PathOf("module-neuvector.tar"));
        await using TestRegistry target = await PushRun.StartTargetAsync();

        await new PushRun(target.Host, bundle.Folder).PushAsync();

        Assert.True(target.Content.TryGetRepository("mirror/ee/modules/neuvector", out _));
        Assert.False(target.Content.TryGetRepository("mirror/ee/modules/other", out _));
    }

    [Fact]
    public async Task An_archive_without_a_place_is_refused_with_advice()
    {
        using BundleCopy bundle = new("0.25.2", "module-console");
        File.Move(bundle.PathOf("module-console.tar"), bundle.PathOf("console.tar"));
        await using TestRegistry target = await PushRun.StartTargetAsync();

        Fault fault = Assert.Single(await new PushRun(target.Host, bundle.Folder).FailAsync());

        Assert.Equal(FaultCode.ArchiveHasNoPlace, fault.Code);
        Assert.Contains("module-<name>.tar", fault.Advice, StringComparison.Ordinal);
        Assert.Empty(target.Requests.All);
    }

    /// <summary>The recorded bundle, its largest archive in chunks if wanted.</summary>
    private static BundleCopy Copy(bool isChunked)
    {
        BundleCopy bundle = new("0.33");
        if (isChunked)
        {
            bundle.Split("platform.tar", 100_000);
        }

        return bundle;
    }

    private static IEnumerable<RequestRecord> Uploads(TestRegistry target) =>
        target.Requests.Where(request => request.IsUpload() && request.Method == "PUT");

    private static string DigestOf(RequestRecord record) =>
        Uri.UnescapeDataString(record.Request.Query.Split("digest=")[1].Split('&')[0]);

    private static string KindOf(RegistryRequest request) => request switch
    {
        _ when request.IsUpload() => "blob",
        { Route.Repository: "mirror/ee/modules" or "mirror/ee/packages" or "mirror/deckhouse-cli/plugins" } => "name",
        { Route.Reference: "alpha" or "beta" or "early-access" or "stable" or "rock-solid" or "lts" } => "channel",
        { Route.Repository: "mirror/ee/release-channel" } => "channel",
        _ => "image",
    };
}
