using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Report.Diff;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Comparisons of everything that has a state.</summary>
public sealed class DiffFlowTests
{
    private const string Changelog =
        "candi: {fixes: [{summary: Fix CVE-2026-1234, pull_request: 'https://example.org/pull/1'}]}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bundle_and_the_source_it_was_pulled_from_are_the_same()
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("old");

        MirrorDiff diff = await run.DiffAsync("old", "source");

        Assert.True(diff.IsEmpty, diff.ToString());
        Assert.Equal(("bundle", "old"), (diff.From.Kind, diff.From.Name));
        Assert.Equal(("source", $"{run.Source.Host}/r/ee"), (diff.To.Kind, diff.To.Name));
    }

    [Fact]
    public async Task A_bundle_and_its_source_later_differ_by_what_was_released()
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("old");
        run.Publish("v1.71.3", Changelog, "alpha", "stable");

        MirrorDiff diff = await run.DiffAsync("old", "source");

        DiffedArchive archive = Assert.Single(diff.Archives);
        Assert.Equal(["v1.71.3"], archive.VersionsAdded);
        Assert.Equal(
            ["alpha: v1.70.4 → v1.71.3", "stable: v1.70.4 → v1.71.3"],
            archive.Channels.Select(channel => channel.ToString()));
        Assert.Equal(
            [
                new DiffedNote(
                    "v1.71.3", "candi", DiffNoteKind.Vulnerability, "Fix CVE-2026-1234", "https://example.org/pull/1"),
            ],
            diff.Notes);
        Assert.Equal([new DiffedRequirement("v1.71.3", "k8s", "v1.71.3", "v1.70.4")], diff.Requirements);
        Assert.True(diff.Bytes is { IsExact: true, New: > 0, Known: > 0 }, $"{diff.Bytes}");
        Assert.Empty(diff.SuspiciousMoves);
    }

    [Fact]
    public async Task Two_bundles_tell_what_the_vendor_says_without_any_registry()
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("old");
        run.Publish("v1.71.3", Changelog, "alpha");
        MirrorDiff online = await run.DiffAsync("old", "source");
        await run.PullAsync("new");
        run.Source.Requests.Clear();

        MirrorDiff offline = await run.DiffAsync("old", "new");

        Assert.Equal(online.Id, offline.Id);
        Assert.Equal(online.Notes, offline.Notes);
        Assert.Equal(online.Requirements, offline.Requirements);
        Assert.Equal(online.Bytes, offline.Bytes);
        Assert.Empty(run.Source.Requests.All);
    }

    [Fact]
    public async Task A_target_is_compared_by_its_tags_and_equals_the_bundle_once_that_is_pushed()
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("old");

        MirrorDiff empty = await run.DiffAsync("target", "old");
        await run.PushAsync("old");
        run.Target.Requests.Clear();
        MirrorDiff pushed = await run.DiffAsync("target", "old");

        Assert.Equal(empty.Added.Length, empty.Added.Length + empty.Moved.Length + empty.Gone.Length);
        Assert.True(pushed.IsEmpty, string.Join('\n', DiffText.Lines(pushed)));
        Assert.Equal(pushed.From.StateId, pushed.To.StateId);
        Assert.Equal($"{run.Target.Host}/mirror/ee", pushed.From.Name);
        Assert.All(run.Target.Requests.All, record => Assert.True(record.Request.Method is "GET" or "HEAD"));
    }

    [Fact]
    public async Task What_a_target_has_beside_the_bundle_is_gone_after_it()
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("bundle");
        await run.PushAsync("bundle");
        RepositoryContent releases = run.Target.Content.Repository("mirror/ee/release-channel");
        Assert.True(releases.TryGetManifest("stable", out StoredManifest? other));
        releases.AddManifest(other, "v1.60.0");

        MirrorDiff diff = await run.DiffAsync("target", "bundle");

        Assert.Equal("release-channel:v1.60.0", Assert.Single(diff.Gone).Name);
        Assert.Equal("platform.tar", diff.Gone[0].Archive);
    }

    [Fact]
    public async Task Locks_plans_and_reports_are_sides()
    {
        await using DiffRun run = await DiffRun.StartAsync();
        MirrorEngine engine = new(new Dictionary<string, string>(), TimeProvider.System);
        await engine.LockAsync(
            run.PullSettings("") with { LockFile = run.Path("mirror.lock.json") }, null, Cancellation);
        await engine.PlanAsync(run.PullSettings("") with { ReportFile = run.Path("plan.json") }, null, Cancellation);
        await engine.PullAsync(run.PullSettings("old") with { ReportFile = run.Path("pull.json") }, null, Cancellation);
        await engine.PushAsync(run.PushSettings("old") with { ReportFile = run.Path("push.json") }, null, Cancellation);

        foreach ((string file, string kind) in new[]
        {
            ("mirror.lock.json", "lock"), ("plan.json", "plan"), ("pull.json", "report"), ("push.json", "report"),
        })
        {
            MirrorDiff same = await run.DiffAsync(file, "old");
            MirrorDiff target = await run.DiffAsync(file, "target");

            Assert.True(same.IsEmpty, $"{file}: {string.Join('\n', DiffText.Lines(same))}");
            Assert.True(target.IsEmpty, $"{file}: {string.Join('\n', DiffText.Lines(target))}");
            Assert.Equal((kind, file), (same.From.Kind, same.From.Name));
        }
    }

    [Fact]
    public async Task A_file_may_begin_with_the_mark_of_an_editor()
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("old");
        MirrorEngine engine = new(new Dictionary<string, string>(), TimeProvider.System);
        await engine.PlanAsync(run.PullSettings("") with { ReportFile = run.Path("plan.json") }, null, Cancellation);
        string plan = await File.ReadAllTextAsync(run.Path("plan.json"), Cancellation);
        await File.WriteAllTextAsync(run.Path("marked.json"), plan, Encoding.UTF8, Cancellation);

        Assert.True((await run.DiffAsync("marked.json", "old")).IsEmpty);
    }

    [Fact]
    public async Task Databases_that_a_lock_leaves_open_are_no_change()
    {
        await using DiffRun folder = await DiffRun.StartAsync();
        await using TestRegistry source = await MiniSource.StartAsync();
        MirrorPullSettings pull = EngineRun.Of(source, "").Settings with
        {
            LockFile = folder.Path("mirror.lock.json"),
        };
        MirrorEngine engine = new(new Dictionary<string, string>(), TimeProvider.System);
        await engine.LockAsync(pull, null, Cancellation);

        MirrorDiff diff = await engine.DiffAsync(
            new MirrorDiffSettings
            {
                From = pull.LockFile,
                To = MirrorDiffSettings.SourceSide,
                Source = pull.Source,
                Insecure = true,
            },
            null,
            Cancellation);

        Assert.True(diff.IsEmpty, string.Join('\n', DiffText.Lines(diff)));
        Assert.Equal(diff.From.StateId, diff.To.StateId);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("md")]
    [InlineData("html")]
    public async Task The_report_is_the_diff_and_no_record_of_another_verb_is_replaced(string form)
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("old");
        run.Publish("v1.71.3", Changelog, "stable");

        MirrorDiff diff = await run.DiffAsync("old", "source", $"review.{form}");
        string first = await File.ReadAllTextAsync(run.Path($"review.{form}"), Cancellation);
        await run.DiffAsync("old", "source", $"review.{form}");
        MirrorPullSettings pull = run.PullSettings("new") with { ReportFile = run.Path($"review.{form}") };
        MirrorEngine engine = new(new Dictionary<string, string>(), TimeProvider.System);

        Assert.Contains(diff.Id, first, StringComparison.Ordinal);
        Assert.Equal(
            FaultCode.ReportOfOtherVerb,
            (await DiffRun.FaultAsync(() => engine.PullAsync(pull, null, Cancellation))).Code);
        if (form != "html")
        {
            Assert.Equal(first, await File.ReadAllTextAsync(run.Path($"review.{form}"), Cancellation));
        }
    }

    [Fact]
    public async Task Bundles_of_two_sources_are_not_compared()
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await using DiffRun other = await DiffRun.StartAsync();
        await run.PullAsync("old");
        await other.PullAsync("old");
        MirrorDiffSettings settings = new() { From = run.Path("old"), To = other.Path("old") };

        Fault fault = await DiffRun.FaultAsync(() => new MirrorEngine(new Dictionary<string, string>())
            .DiffAsync(settings, null, Cancellation));

        Assert.Equal(FaultCode.SidesNotComparable, fault.Code);
        Assert.Contains(other.Source.Host, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bundel", null, "Did you mean 'bundle'?")]
    [InlineData("surce", null, "Did you mean 'source'?")]
    [InlineData("text", "no JSON", "cannot be read: it is not JSON.")]
    [InlineData("list", "[]", "cannot be read")]
    [InlineData("other", "{\"format\": \"deckhouse-mirror/bundle/1\"}", "deckhouse-mirror/lock/1")]
    [InlineData("have", "{\"format\": \"deckhouse-mirror/have/1\"}", "'basis' of the inventory is missing")]
    [InlineData("lock", "{\"format\": \"deckhouse-mirror/lock/1\"}", "'source' of the lock is missing")]
    [InlineData("plan", "{\"format\": \"deckhouse-mirror-plan/1\"}", "cannot be read")]
    public async Task A_side_that_cannot_be_read_is_told(string name, string? content, string told)
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("bundle");
        if (content is not null)
        {
            await File.WriteAllTextAsync(run.Path(name), content, Cancellation);
        }

        Fault fault = await DiffRun.FaultAsync(() => run.DiffAsync(name, "bundle"));

        Assert.Equal(FaultCode.SidesNotComparable, fault.Code);
        Assert.Contains(told, fault.ToString(), StringComparison.Ordinal);
        Assert.Equal("From", fault.Settings[0].Member);
        Assert.Equal(run.Path(name), fault.Settings[0].Value);
    }

    [Fact]
    public async Task A_source_leaves_nothing_of_what_was_read()
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("old");
        MirrorDiffSettings settings = new()
        {
            From = run.Path("old"),
            To = MirrorDiffSettings.SourceSide,
            Source = run.PullSettings("").Source,
            Components = MirrorComponents.Platform,
            Insecure = true,
            TmpDirectory = run.Path("tmp"),
        };

        await new MirrorEngine(new Dictionary<string, string>()).DiffAsync(settings, null, Cancellation);

        Assert.False(Directory.Exists(run.Path("tmp")));
    }
}
