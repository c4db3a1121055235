using System.Text.Json.Nodes;
using Mirror.Engine.Report;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Kit;
using Mirror.Engine.Tests.Report;
using Mirror.TestKit.Browser;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real.Pages;

/// <summary>The pages of real runs of every verb and outcome, and one browser that shows them.</summary>
public sealed class ReportPages : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task<Chromium>> _browser;
    private readonly Dictionary<string, Task<BrowserPage>> _open = [];

    public ReportPages() => _browser = new(StartAsync);

    /// <summary>The names of all pages.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["plan", "pull", "push", "verify", "gost", "gost-failed", "failed", "cancelled", "diff", "check", "long-names"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static MirrorEngine Engine { get; } = new(new Dictionary<string, string>(), TimeProvider.System);

    /// <summary>
    /// A page in the browser, at a width, in the light, with its lists folded up. Its policy is switched off: whatever
    /// it names is loaded.
    /// </summary>
    public async Task<BrowserPage> OpenAsync(string name, int width)
    {
        Chromium browser = await _browser.Value;
        if (!_open.TryGetValue(name, out Task<BrowserPage>? open))
        {
            _open[name] = open = browser.OpenPageAsync(PathOf(name), hasPolicy: false, Cancellation);
        }

        BrowserPage page = await open;
        await page.ShowAsAsync("screen", "light", Cancellation);
        await page.ResizeAsync(width, 900, Cancellation);
        await UnfoldAsync(page, false);
        return page;
    }

    /// <summary>A changed copy of a page, in the browser.</summary>
    public async Task<BrowserPage> OpenChangedAsync(string name, Func<string, string> change, bool hasPolicy)
    {
        Chromium browser = await _browser.Value;
        string copy = _folder.Combine($"{Guid.NewGuid():N}.html");
        string page = await File.ReadAllTextAsync(PathOf(name), Cancellation);
        await File.WriteAllTextAsync(copy, change(page), Cancellation);
        return await browser.OpenPageAsync(copy, hasPolicy, Cancellation);
    }

    /// <summary>Opens or closes all lists of a page.</summary>
    public static Task<JsonNode> UnfoldAsync(BrowserPage page, bool isOpen) => page.EvaluateAsync(
        $"document.querySelectorAll('details').forEach(part => part.open = {(isOpen ? "true" : "false")}) ?? true",
        Cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated && _browser.Value.IsCompletedSuccessfully)
        {
            await (await _browser.Value).DisposeAsync();
        }

        _folder.Dispose();
    }

    private string PathOf(string name) => _folder.Combine(name + ".html");

    private async Task<Chromium> StartAsync()
    {
        string program = RealPart.OrSkip("chromium");
        await RunAsync();
        return await Chromium.StartAsync(program, Cancellation);
    }

    private async Task RunAsync()
    {
        await using TestRegistry source = await MiniSource.StartWithDeckhouseCliAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        string bundle = _folder.Combine("bundle");
        EngineRun pull = EngineRun.Of(source, bundle);
        pull.Settings = pull.Settings with { ReportFile = PathOf("plan") };
        await pull.PlanAsync();
        pull.Settings = pull.Settings with { ReportFile = PathOf("pull"), GostDigest = true };
        await pull.PullAsync();
        await Engine.PushAsync(
            new PushRun(target.Host, bundle).Settings with { ReportFile = PathOf("push") }, null, Cancellation);
        await Engine.VerifyAsync(
            new() { BundleDirectory = bundle, ReportFile = PathOf("verify") }, null, Cancellation);
        await Engine.VerifyGostDigestAsync(
            new() { BundleDirectory = bundle, ReportFile = PathOf("gost") }, null, Cancellation);
        await CompareAsync(source);
        await CheckAsync(bundle, target);
        await FailAsync(bundle);
        await CancelAsync(pull);
        await File.WriteAllTextAsync(PathOf("long-names"), RenderLongNames(), Cancellation);
    }

    /// <summary>What a newer release and its modules change in a mirror of the release before.</summary>
    private async Task CompareAsync(TestRegistry source)
    {
        EngineRun before = EngineRun.Of(source, _folder.Combine("mirror-1.70"));
        before.Settings = before.Settings with
        {
            IncludePlatform = VersionConstraint.Parse(">=1.69.0 <1.71.0"),
            IncludeModules = ["console@=v1.37.2"],
        };
        await before.PullAsync();
        await Engine.DiffAsync(
            new()
            {
                Source = before.Settings.Source,
                Insecure = true,
                IncludePlatform = VersionConstraint.Parse(">=1.70.0"),
                IncludeModules = ["console"],
                From = before.Settings.BundleDirectory,
                To = MirrorDiffSettings.SourceSide,
                ReportFile = PathOf("diff"),
            },
            null,
            Cancellation);
    }

    /// <summary>A fleet in which one target is whole, one lacks an image, and one does not answer.</summary>
    private async Task CheckAsync(string bundle, TestRegistry target)
    {
        await using TestRegistry second = await PushRun.StartTargetAsync();
        await using TestRegistry third = await PushRun.StartTargetAsync();
        await new PushRun(second.Host, bundle).PushAsync();
        RepositoryContent install = second.Content.Repository("mirror/ee/install");
        install.RemoveTag(install.Tags[0]);
        third.Faults.Add(_ => true, new RegistryFault { Status = 403 });
        await Assert.ThrowsAsync<MirrorException>(() => Engine.CheckAsync(
            new()
            {
                Target = new RegistryEndpoint($"{target.Host}/mirror/ee"),
                Targets = [$"{second.Host}/mirror/ee", $"{third.Host}/mirror/ee"],
                Insecure = true,
                BundleDirectory = bundle,
                ReportFile = PathOf("check"),
            },
            null,
            Cancellation));
    }

    private async Task FailAsync(string bundle)
    {
        using BundleCopy damaged = BundleCopy.Of(bundle);
        damaged.Flip("security.tar", damaged.LargestBlob("security.tar").Offset);
        await Assert.ThrowsAsync<MirrorException>(() => Engine.VerifyGostDigestAsync(
            new() { BundleDirectory = damaged.Folder, ReportFile = PathOf("gost-failed") }, null, Cancellation));
        await Assert.ThrowsAsync<MirrorException>(() => Engine.VerifyAsync(
            new() { BundleDirectory = damaged.Folder, ReportFile = PathOf("failed") }, null, Cancellation));
    }

    private async Task CancelAsync(EngineRun pull)
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        pull.Settings = pull.Settings with { ReportFile = PathOf("cancelled") };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull.PullAsync(stop.Token));
    }

    // The longest that a registry takes: a repository of 255 characters, a tag of 128.
    private static string RenderLongNames()
    {
        string repository = string.Join('/', Enumerable.Repeat("a-rather-long-component-of-a-path", 8))[..255];
        PlannedArchive archive = SmallPlan.Plan.Archives[0];
        PlannedLayout layout = archive.Layouts[0];
        PlannedImage image = layout.Images[0] with
        {
            Repository = repository,
            Tag = new string('t', 128),
            Reason = "because " + new string('x', 200),
        };
        MirrorPlan plan = SmallPlan.Plan with
        {
            Source = "registry.example.com/" + repository,
            Archives =
            [
                archive with
                {
                    Name = $"module-{new string('m', 120)}.tar",
                    Layouts = [layout with { Images = [image] }],
                },
            ],
        };
        return ReportHtml.Render(
            SmallPlan.Pulled,
            SmallPlan.Report with
            {
                Plan = plan,
                Duration = new TimeSpan(123, 45, 56),
                TransferredBytes = 999_900_000_000,
                Changes = new BundleChanges(
                    [new ChangedImage("module.tar", repository, new('t', 128), image.Digest, image.Digest)], [], []),
                Files = [new ReportedFile($"{new string('f', 150)}.tar", "/f", 1, 1) { GostDigest = new('0', 64) }],
                Repositories = [new ReportedRepository(repository, 1, 2)],
            });
    }
}
