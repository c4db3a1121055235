using System.Text.Json;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Report;
using Mirror.Engine.Tests.Settings;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>What stands in the report file, however a run ends, and whose file it is.</summary>
public sealed class RunReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Forms => ["json", "md", "html"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static MirrorEngine Engine { get; } = new(new Dictionary<string, string>(), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_failure_replaces_the_record_of_the_last_success(string form)
    {
        using BundleCopy bundle = new("0.33", "security");
        MirrorVerifySettings settings = new() { BundleDirectory = bundle.Folder, ReportFile = Report(form) };
        await Engine.VerifyAsync(settings, null, Cancellation);
        string succeeded = await ReadAsync(form);
        bundle.Flip("security.tar", bundle.LargestBlob("security.tar").Offset);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => Engine.VerifyAsync(settings, null, Cancellation));
        string failed = await ReadAsync(form);

        Assert.Contains("ucceeded", succeeded, StringComparison.Ordinal);
        Assert.DoesNotContain("ucceeded", failed, StringComparison.Ordinal);
        Assert.Contains("ailed", failed, StringComparison.Ordinal);
        Assert.All(failure.Faults, fault => Assert.Contains(fault.Code, failed, StringComparison.Ordinal));
        Assert.All(
            new[] { succeeded, failed },
            text =>
            {
                Assert.Contains("verify", text, StringComparison.Ordinal);
                Assert.Matches(@"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}", text);
                Assert.Contains(Version, text, StringComparison.Ordinal);
            });
    }

    [Fact]
    public async Task Every_verb_leaves_a_record_of_its_failure()
    {
        RegistryEndpoint nowhere = new("127.0.0.1:9/deckhouse/ee");
        string file = _folder.Combine("{verb}.json");
        string bundle = _folder.Combine("bundle");
        MirrorPullSettings pull = new()
        {
            Source = nowhere,
            Insecure = true,
            BundleDirectory = bundle,
            ReportFile = file,
            SinceVersion = "newest",
        };
        Task[] runs =
        [
            Engine.PlanAsync(pull, null, Cancellation),
            Engine.PullAsync(pull, null, Cancellation),
            Engine.PushAsync(
                new MirrorPushSettings { Target = nowhere, BundleDirectory = bundle, ReportFile = file },
                null,
                Cancellation),
            Engine.SyncAsync(
                new MirrorSyncSettings { Source = nowhere, Target = nowhere, ReportFile = file }, null, Cancellation),
            Engine.VerifyAsync(new() { BundleDirectory = bundle, ReportFile = file }, null, Cancellation),
            Engine.VerifyGostDigestAsync(new() { BundleDirectory = bundle, ReportFile = file }, null, Cancellation),
        ];
        foreach (Task run in runs)
        {
            await Assert.ThrowsAsync<MirrorException>(() => run);
        }

        Assert.Equal(
            ["plan", "pull", "push", "sync", "verify", "verify-gost-digest"],
            Directory.GetFiles(_folder.FullName, "*.json").Select(path =>
            {
                JsonElement record = Root(File.ReadAllText(path));
                Assert.Equal("failed", record.GetProperty("result").GetString());
                Assert.NotEqual(0, record.GetProperty("faults").GetArrayLength());
                Assert.Equal(Path.GetFileNameWithoutExtension(path), record.GetProperty("verb").GetString());
                return record.GetProperty("verb").GetString();
            }).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_record_says_why_with_code_text_and_settings()
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => Engine.PullAsync(
            SettingsTexts.Valid with { SinceVersion = "newest", ReportFile = Report("json") }, null, Cancellation));

        Fault fault = Assert.Single(failure.Faults);
        JsonElement told = Root(await ReadAsync("json")).GetProperty("faults")[0];
        Assert.Equal(
            (fault.Code, fault.Message, fault.Advice, "SinceVersion", "newest"),
            (
                told.GetProperty("code").GetString(),
                told.GetProperty("message").GetString(),
                told.GetProperty("advice").GetString(),
                told.GetProperty("settings")[0].GetProperty("member").GetString(),
                told.GetProperty("settings")[0].GetProperty("value").GetString()));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_says_so_also_before_it_starts()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        using CancellationTokenSource stop = new();
        EngineRun run = EngineRun.Of(source, _folder.Combine("bundle"));
        run.Settings = run.Settings with { ReportFile = Report("json") };
        source.Faults.Add(
            request =>
            {
                stop.Cancel();
                return false;
            },
            new RegistryFault());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.PullAsync(stop.Token));
        string during = await ReadAsync("json");
        File.Delete(Report("json"));
        MirrorHost host = new((_, _) => { }, path => path, new Dictionary<string, string>());
        await Assert.ThrowsAsync<MirrorException>(() => host.RunAsync(
            (engine, progress) => engine.PullAsync(run.Settings, progress, stop.Token)));
        string before = await ReadAsync("json");

        Assert.All(
            new[] { during, before },
            text =>
            {
                Assert.Equal("cancelled", Root(text).GetProperty("result").GetString());
                Assert.Equal(
                    FaultCode.Cancelled, Root(text).GetProperty("faults")[0].GetProperty("code").GetString());
            });
        Assert.Contains("before it started", before, StringComparison.Ordinal);
    }

    // What is killed leaves no record, and least of all that of an earlier success.
    [Fact]
    public async Task The_record_of_an_earlier_run_is_gone_before_anything_is_asked()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        EngineRun run = EngineRun.Of(source, _folder.Combine("bundle"));
        run.Settings = run.Settings with { ReportFile = Report("json") };
        await File.WriteAllTextAsync(Report("json"), "{}", Cancellation);
        bool? isThere = null;
        source.Faults.Add(
            request =>
            {
                isThere ??= File.Exists(Report("json"));
                return false;
            },
            new RegistryFault());

        await run.PlanAsync();

        Assert.False(isThere);
        Assert.Equal("succeeded", Root(await ReadAsync("json")).GetProperty("result").GetString());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_record_has_the_start_and_the_end_of_the_run(string form)
    {
        ManualTimeProvider time = new();
        MirrorEngine engine = new(new Dictionary<string, string>(), time);
        time.Advance(TimeSpan.FromMinutes(1));

        await engine.VerifyAsync(
            new() { BundleDirectory = PushRun.Recorded("0.33"), ReportFile = Report(form) },
            new Advancing(time),
            Cancellation);

        string record = await ReadAsync(form);
        Assert.Contains("12:01:00", record, StringComparison.Ordinal);
        Assert.Matches("12:(0[2-9]|[1-5][0-9]):00", record);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_record_of_another_verb_is_never_replaced(string form)
    {
        using BundleCopy bundle = new("0.33", "security");
        await Engine.VerifyGostDigestAsync(
            new() { BundleDirectory = bundle.Folder, ReportFile = Report(form) }, null, Cancellation);
        string record = await ReadAsync(form);

        MirrorException refused = await Assert.ThrowsAsync<MirrorException>(() => Engine.VerifyAsync(
            new() { BundleDirectory = bundle.Folder, ReportFile = Report(form) }, null, Cancellation));

        Fault fault = Assert.Single(refused.Faults);
        Assert.Equal(FaultCode.ReportOfOtherVerb, fault.Code);
        Assert.Contains("a verify-gost-digest run; a verify run", fault.Message, StringComparison.Ordinal);
        Assert.Contains("{verb}", fault.Advice, StringComparison.Ordinal);
        Assert.Equal(record, await ReadAsync(form));
    }

    [Fact]
    public async Task A_path_that_cannot_be_written_is_told_with_the_other_settings_and_nothing_is_asked()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        Directory.CreateDirectory(Report("html"));
        EngineRun run = EngineRun.Of(source, _folder.Combine("bundle"));
        run.Settings = run.Settings with { ReportFile = Report("html"), SinceVersion = "newest" };

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => run.PullAsync());

        Assert.Equal(
            [FaultCode.VersionMalformed, FaultCode.ReportNotWritable], failure.Faults.Select(fault => fault.Code));
        Assert.Empty(source.Requests.All);
        Assert.Equal([Report("html")], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_before_anything_is_read()
    {
        await File.WriteAllTextAsync(_folder.Combine("file"), "", Cancellation);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => Engine.VerifyAsync(
            new() { BundleDirectory = PushRun.Recorded("0.33"), ReportFile = _folder.Combine("file", "r.json") },
            null,
            Cancellation));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.ReportNotWritable, fault.Code);
        Assert.Equal("ReportFile", fault.Settings[0].Member);
    }

    [Fact]
    public void Texts_that_are_wrong_are_a_failed_run_too()
    {
        File.WriteAllText(Report("json"), """{ "format": "deckhouse-mirror-plan/1", "verb": "plan" }""");
        MirrorHost host = new((_, _) => { }, path => path, new Dictionary<string, string>());

        Assert.Throws<MirrorException>(() => host.Read<MirrorPullSettings>(
            SettingsTexts.Names,
            SettingsTexts.Values(("D8MirrorReportFile", Report("json")), ("D8MirrorTimeout", "soon")),
            MirrorVerb.Plan));

        JsonElement record = Root(File.ReadAllText(Report("json")));
        Assert.Equal(
            ("plan", "failed"),
            (record.GetProperty("verb").GetString(), record.GetProperty("result").GetString()));
    }

    // A minute for each event.
    private sealed class Advancing(ManualTimeProvider time) : IProgress<MirrorEvent>
    {
        public void Report(MirrorEvent value) => time.Advance(TimeSpan.FromMinutes(1));
    }

    private static string Version { get; } = SmallPlan.ToolVersion;

    private static JsonElement Root(string text) => JsonElement.Parse(text);

    private string Report(string form) => _folder.Combine("report." + form);

    private Task<string> ReadAsync(string form) => File.ReadAllTextAsync(Report(form), Cancellation);
}
