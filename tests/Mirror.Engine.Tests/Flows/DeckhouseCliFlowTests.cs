using Mirror.Engine.Report;
using Mirror.Engine.Tests.Report;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The Deckhouse CLI and the plugins of the platform, from a source to a target.</summary>
public sealed class DeckhouseCliFlowTests : IDisposable
{
    private const string Archive = "deckhouse-cli.tar";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_goes_through_a_bundle_whole_and_unchanged_with_the_attestations_of_its_platforms(bool isSeeded)
    {
        SeededSourceOptions seeded = new() { TotalBytes = 300_000, References = 80, Modules = 1 };
        ContentSet content = isSeeded ? SeededSource.Create(seeded).Content : DeckhouseMini.Load();
        await using TestRegistry source = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = MiniDeckhouseCli.AddTo(content) }, Token);
        await using TestRegistry target = await PushRun.StartTargetAsync();

        MirrorReport pulled = await EngineRun.Of(source, _folder.FullName).PullAsync();
        MirrorReport verified = await VerifyAsync();
        MirrorReport pushed = await new PushRun(target.Host, _folder.FullName).PushAsync();

        RepositoryContent published = source.Content.Repository(MiniDeckhouseCli.Repository);
        StoredManifest[] expected = [.. Whole(published)];
        Assert.Equal(5, expected.Length);
        RepositoryContent arrived = target.Content.Repository("mirror/deckhouse-cli");
        Assert.Equal([MiniDeckhouseCli.Newest], arrived.Tags);
        Assert.Equal(
            expected.Select(manifest => Convert.ToHexString(manifest.Bytes.Span)).Order(),
            Whole(arrived).Select(manifest => Convert.ToHexString(manifest.Bytes.Span)).Order());
        Assert.All(
            (MirrorReport[])[pulled, verified, pushed],
            report => Assert.Equal([MiniDeckhouseCli.Newest], report.Plan.Tags(Archive, "deckhouse-cli")));
        Assert.Contains(
            MiniDeckhouseCli.Newest,
            await File.ReadAllTextAsync(_folder.Combine($"{Archive}.json"), Token),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plugins_of_the_platform_come_with_it_in_versions_that_fit()
    {
        await using TestRegistry source = await MiniSource.StartWithDeckhouseCliAsync();
        EngineRun run = EngineRun.Of(source, _folder.FullName);
        run.Settings = run.Settings with { Components = MirrorComponents.Platform | MirrorComponents.Plugins };

        MirrorPlan plan = await run.PlanAsync();

        Assert.Equal(
            ["platform.tar", "plugin-delivery-kit.tar", "plugin-package.tar", "plugin-system.tar"], plan.Archives());
        Assert.Equal(["v1.0.0"], plan.Tags("plugin-package.tar", "deckhouse-cli/plugins/package"));
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public async Task Nothing_else_in_a_bundle_differs_with_it_and_without_it()
    {
        await using TestRegistry source = await MiniSource.StartWithDeckhouseCliAsync();
        EngineRun without = EngineRun.Of(source, _folder.Combine("without"));
        without.Settings = without.Settings with
        {
            Components = MirrorComponents.All & ~MirrorComponents.DeckhouseCli,
        };

        MirrorReport smaller = await without.PullAsync();
        MirrorReport larger = await EngineRun.Of(source, _folder.Combine("with")).PullAsync();

        Assert.Equal(larger.Plan.Archives().Where(name => name != Archive), smaller.Plan.Archives());
        Assert.All(smaller.Plan.Archives(), name => Assert.Equal(
            File.ReadAllBytes(_folder.Combine($"without/{name}")), File.ReadAllBytes(_folder.Combine($"with/{name}"))));
    }

    [Fact]
    public async Task A_bundle_in_the_form_of_0_25_2_has_neither_it_nor_any_plugin()
    {
        await using TestRegistry source = await MiniSource.StartWithDeckhouseCliAsync();
        EngineRun run = EngineRun.Of(source, _folder.FullName);
        run.Settings = run.Settings with { BundleFormat = BundleFormat.Legacy025 };

        MirrorPlan plan = await run.PlanAsync();

        Assert.DoesNotContain(
            plan.Archives(), name => name == Archive || name.StartsWith("plugin-", StringComparison.Ordinal));
        Assert.DoesNotContain(
            source.Requests.All, record => record.Path.Contains("deckhouse-cli", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("absent", "deckhouse/deckhouse-cli does not exist")]
    [InlineData("without a stable version", "no stable version among its 6 tags")]
    [InlineData("denied", "is denied (D8M2007)")]
    [InlineData("behind a proxy", "a proxy registry does not list the tags")]
    public async Task Where_it_cannot_be_taken_the_rest_is_and_the_report_says_why(string state, string why)
    {
        ContentSet content = DeckhouseMini.Load();
        if (state != "absent")
        {
            MiniDeckhouseCli.AddTo(content);
        }

        if (state == "without a stable version")
        {
            content.Repository(MiniDeckhouseCli.Repository).RemoveTag(MiniDeckhouseCli.Newest);
            content.Repository(MiniDeckhouseCli.Repository).RemoveTag(MiniDeckhouseCli.Older);
        }

        await using TestRegistry source = await MiniSource.StartAsync(content);
        if (state == "denied")
        {
            source.Faults.Add(
                request => request.Route.Repository == MiniDeckhouseCli.Repository, new RegistryFault { Status = 403 });
        }

        EngineRun run = EngineRun.Of(source, _folder.FullName);
        run.Settings = run.Settings with
        {
            Components = MirrorComponents.DeckhouseCli | MirrorComponents.Installer | MirrorComponents.Packages,
            IncludePackages = ["pkg-two@=v1.0.0"],
            ProxyRegistry = state == "behind a proxy",
        };

        MirrorPlan plan = await run.PlanAsync();

        Assert.Equal(["installer.tar", "package-pkg-two.tar", "package-versions.tar"], plan.Archives());
        Assert.Equal(FaultCode.DeckhouseCliLeftOut, Assert.Single(plan.Notes).Code);
        Assert.Contains(why, ReportMarkdown.Render(SmallPlan.Planned, plan, null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MiniDeckhouseCli.Older, null)]
    [InlineData("v9.9.9", FaultCode.TagMissing)]
    public async Task A_tag_that_is_named_is_taken_and_is_a_fault_if_it_is_missing(string tag, string? code)
    {
        await using TestRegistry source = await MiniSource.StartWithDeckhouseCliAsync();
        EngineRun run = EngineRun.Of(source, _folder.FullName);
        run.Settings = run.Settings with { Components = MirrorComponents.DeckhouseCli, DeckhouseCliTag = tag };

        if (code is not null)
        {
            Assert.Equal([code], await run.RefusedAsync());
            return;
        }

        Assert.Equal([tag], (await run.PlanAsync()).Tags(Archive, "deckhouse-cli"));
    }

    [Fact]
    public async Task Only_extra_images_are_pulled_without_it()
    {
        await using TestRegistry source = await MiniSource.StartWithDeckhouseCliAsync();
        EngineRun run = EngineRun.Of(source, _folder.FullName);
        run.Settings = run.Settings with { OnlyExtraImages = true };

        MirrorPlan plan = await run.PlanAsync();

        Assert.DoesNotContain(Archive, plan.Archives());
        Assert.Empty(source.Requests.TagLists(MiniDeckhouseCli.Repository));
    }

    [Fact]
    public async Task A_sync_puts_it_where_a_push_does()
    {
        await using TestRegistry source = await MiniSource.StartWithDeckhouseCliAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();

        await new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System).SyncAsync(
            new MirrorSyncSettings
            {
                Source = $"{source.Host}/deckhouse/ee",
                Target = $"{target.Host}/mirror/ee",
                Insecure = true,
                TmpDirectory = _folder.Combine("tmp"),
                Components = MirrorComponents.DeckhouseCli,
            },
            null,
            Token);

        RepositoryContent arrived = Assert.Single(target.Content.Repositories);
        Assert.Equal(("mirror/deckhouse-cli", 5), (arrived.Name, Whole(arrived).Count()));
    }

    [Fact]
    public async Task A_target_that_is_an_edition_and_nothing_else_keeps_all_of_it_and_is_a_source_again()
    {
        await using TestRegistry source = await MiniSource.StartWithDeckhouseCliAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        MirrorReport pulled = await EngineRun.Of(source, _folder.Combine("bundle")).PullAsync();
        PushRun push = new(target.Host, _folder.Combine("bundle"));
        push.Settings = push.Settings with { Target = new RegistryEndpoint($"{target.Host}/ee") };

        await push.PushAsync();

        Assert.All(
            target.Content.Repositories,
            repository => Assert.True(
                repository.Name == "ee" || repository.Name.StartsWith("ee/", StringComparison.Ordinal),
                repository.Name));
        EngineRun again = EngineRun.Of(target, _folder.Combine("again"));
        again.Settings = again.Settings with { Source = new RegistryEndpoint($"{target.Host}/ee") };
        Assert.Equal(pulled.Plan.Archives(), (await again.PlanAsync()).Archives());
    }

    [Fact]
    public async Task A_push_tells_it_in_its_summary()
    {
        await using TestRegistry source = await MiniSource.StartWithDeckhouseCliAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        EngineRun pull = EngineRun.Of(source, _folder.FullName);
        pull.Settings = pull.Settings with { Components = MirrorComponents.DeckhouseCli };
        await pull.PullAsync();
        PushRun push = new(target.Host, _folder.FullName);

        await push.PushAsync();

        Assert.Contains(push.Events, line => line.Message.Contains("Deckhouse CLI: pushed", StringComparison.Ordinal));
        Assert.Contains(push.Events, line => line.Message.Contains("Other: not present", StringComparison.Ordinal));
    }

    private static IEnumerable<StoredManifest> Whole(RepositoryContent repository)
    {
        Assert.True(repository.TryGetManifest(MiniDeckhouseCli.Newest, out StoredManifest? index));
        yield return index;
        foreach (string child in index.Links.Manifests)
        {
            Assert.True(repository.TryGetManifest(child, out StoredManifest? manifest));
            yield return manifest;
        }
    }

    private Task<MirrorReport> VerifyAsync() => new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System)
        .VerifyAsync(new MirrorVerifySettings { BundleDirectory = _folder.FullName }, null, Token);
}
