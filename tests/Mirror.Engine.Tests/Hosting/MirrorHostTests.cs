using Mirror.Engine.Report;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Settings;
using Xunit;

namespace Mirror.Engine.Tests.Hosting;

/// <summary>What a host adds to the engine; the front ends' own tests show it in their logs.</summary>
public sealed class MirrorHostTests
{
    private readonly List<(MirrorEvent Event, LogDetail Detail)> _written = [];

    [Fact]
    public async Task A_run_that_was_done_when_it_was_cancelled_has_failed()
    {
        using CancellationTokenSource stop = new();
        MirrorHost host = Host();

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => host.RunAsync(
            (engine, progress) => engine.VerifyAsync(Recorded, new Canceller(progress, stop), stop.Token)));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(
            $"{FaultCode.Cancelled}: The verification was cancelled. Run it again to finish it.", fault.ToString());
        Assert.IsAssignableFrom<OperationCanceledException>(failure.InnerException);
    }

    [Fact]
    public void What_the_work_itself_throws_comes_through() =>
        Assert.Throws<InvalidOperationException>(
            () => Host().Run<int>((_, _) => throw new InvalidOperationException("stop")));

    [Fact]
    public void The_summary_of_a_run_is_an_event_of_the_engine_and_none_of_the_host()
    {
        Host().Run((engine, progress) => engine.VerifyAsync(Recorded, progress, TestContext.Current.CancellationToken));

        Assert.NotEmpty(_written);
        Assert.DoesNotContain(_written, written => written.Event is RunSummarized);
    }

    [Fact]
    public void Texts_and_records_get_full_paths_from_the_host()
    {
        MirrorHost host = new((_, _) => { }, path => $"/base/{path}", new Dictionary<string, string>());

        MirrorVerifySettings settings = host.Read<MirrorVerifySettings>(
            SettingsTexts.Names, SettingsTexts.Values(("D8MirrorFile", "a.tar"), ("D8MirrorFile", "b.tar")));

        Assert.Equal(["/base/a.tar", "/base/b.tar"], settings.Files);
        Assert.Equal("", settings.BundleDirectory);
    }

    [Fact]
    public void Words_and_ids_that_stand_for_a_path_stay_what_they_are()
    {
        MirrorHost host = new((_, _) => { }, path => $"/base/{path}", new Dictionary<string, string>());
        string id = new('a', 64);

        MirrorDiffSettings diff = host.Read<MirrorDiffSettings>(SettingsTexts.Names, SettingsTexts.Values(
            ("D8MirrorDiffFrom", "mirror.lock.json"), ("D8MirrorDiffTo", "source"), ("D8MirrorNoModules", "true")));

        Assert.Equal(("/base/mirror.lock.json", "source"), (diff.From, diff.To));
        Assert.Equal(id, Reviewed(id));
        Assert.Equal("/base/review.json", Reviewed("review.json"));

        string? Reviewed(string text) => host.Read<MirrorPullSettings>(SettingsTexts.Names, SettingsTexts.Values(
            ("D8MirrorBundleDirectory", "bundle"), ("D8MirrorReviewed", text))).Reviewed;
    }

    [Fact]
    public void Arguments_that_are_missing_are_refused()
    {
        MirrorHost host = Host();

        Assert.Throws<ArgumentNullException>("write", () => new MirrorHost(null!, path => path));
        Assert.Throws<ArgumentNullException>("completePath", () => new MirrorHost((_, _) => { }, null!));
        Assert.Throws<ArgumentNullException>("names", () => host.Read<MirrorPullSettings>(null!, []));
        Assert.Throws<ArgumentNullException>("values", () => host.Read<MirrorPullSettings>(SettingsTexts.Names, null!));
        Assert.Throws<ArgumentNullException>("work", () => host.Run<int>(null!));
        Assert.Throws<ArgumentNullException>("work", () => { _ = host.RunAsync<int>(null!); });
        Assert.Throws<ArgumentNullException>(
            "settings", () => host.Run((engine, progress) => engine.PullAsync(null!, progress)));
    }

    private static MirrorVerifySettings Recorded { get; } = new() { BundleDirectory = PushRun.Recorded("0.33") };

    private MirrorHost Host() => new(
        (value, detail) => _written.Add((value, detail)), path => path, new Dictionary<string, string>());

    /// <summary>Cancels with the first event; a verification that has begun to end does not look again.</summary>
    private sealed class Canceller(IProgress<MirrorEvent> progress, CancellationTokenSource stop)
        : IProgress<MirrorEvent>
    {
        public void Report(MirrorEvent value)
        {
            progress.Report(value);
            stop.Cancel();
        }
    }
}
