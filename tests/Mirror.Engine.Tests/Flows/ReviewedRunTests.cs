using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Pulls and pushes that are bound to what was approved.</summary>
public sealed class ReviewedRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_approved_is_pulled_and_pushed(bool isById)
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("bundle");
        await run.PushAsync("bundle");
        run.Publish("v1.71.3", "{}", "stable");
        MirrorDiff pull = await run.DiffAsync("bundle", "source", "pull.json");
        await run.PullAsync("bundle", isById ? pull.Id : run.Path("pull.json"));
        MirrorDiff push = await run.DiffAsync("target", "bundle", "push.json");

        await run.PushAsync("bundle", isById ? push.Id : run.Path("push.json"));

        Assert.Equal(pull.Id, push.Id);
        Assert.True((await run.DiffAsync("bundle", "target")).IsEmpty);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pull_whose_channel_moved_since_writes_nothing(bool isById)
    {
        await using DiffRun run = await DiffRun.StartAsync();
        MirrorDiff diff = await run.DiffAsync("target", "source", "review.json");
        run.Publish("v1.71.3", "{}", "stable");

        Fault fault = await DiffRun.FaultAsync(
            () => run.PullAsync("bundle", isById ? diff.Id : run.Path("review.json")));

        Assert.Equal(FaultCode.NotAsReviewed, fault.Code);
        Assert.Contains(diff.To.StateId[..12], isById ? diff.To.StateId : fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.GetFiles(run.Path("bundle"), "*", SearchOption.AllDirectories),
            file => System.IO.Path.GetExtension(file) is ".tar" or ".part" or ".json" or ".yaml");
    }

    [Theory]
    [InlineData("release-channel", "stable")]
    [InlineData("release-channel", "v1.70.4")]
    [InlineData("install", "v1.71.3")]
    public async Task A_tag_that_moved_at_the_target_since_stops_the_push_before_it_writes(string path, string tag)
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("bundle");
        await run.PushAsync("bundle");
        run.Publish("v1.71.3", "{}", "stable");
        await run.PullAsync("bundle");
        MirrorDiff diff = await run.DiffAsync("target", "bundle", "review.json");
        RepositoryContent repository = run.Target.Content.Repository($"mirror/ee/{path}");
        StoredManifest other = new(MediaTypes.OciManifest, "{\"schemaVersion\":2}"u8.ToArray());
        repository.AddManifest(other, tag);
        run.Target.Requests.Clear();

        Fault fault = await DiffRun.FaultAsync(() => run.PushAsync("bundle", run.Path("review.json")));
        Fault byId = await DiffRun.FaultAsync(() => run.PushAsync("bundle", diff.Id));

        Assert.Equal(FaultCode.TargetChanged, fault.Code);
        Assert.Contains($"{path}:{tag} is {other.Digest}", fault.Message, StringComparison.Ordinal);
        Assert.Equal(FaultCode.NotAsReviewed, byId.Code);
        Assert.All(run.Target.Requests.All, record => Assert.True(record.Request.Method is "GET" or "HEAD"));
    }

    [Fact]
    public async Task A_push_that_was_interrupted_goes_on_with_the_file_of_its_review()
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("bundle");
        await run.PushAsync("bundle");
        run.Publish("v1.71.3", "{}", "stable");
        await run.PullAsync("bundle");
        await run.DiffAsync("target", "bundle", "review.json");
        await run.PushAsync("bundle");
        RepositoryContent releases = run.Target.Content.Repository("mirror/ee/release-channel");
        Assert.True(releases.TryGetManifest("v1.70.4", out StoredManifest? earlier));
        releases.AddManifest(earlier, "stable");

        await run.PushAsync("bundle", run.Path("review.json"));

        Assert.True((await run.DiffAsync("bundle", "target")).IsEmpty);
    }

    [Fact]
    public async Task Another_bundle_than_the_approved_one_is_not_pushed()
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("bundle");
        await run.DiffAsync("target", "bundle", "review.json");
        run.Publish("v1.71.3", "{}", "stable");
        await run.PullAsync("bundle");
        run.Target.Requests.Clear();

        Fault fault = await DiffRun.FaultAsync(() => run.PushAsync("bundle", run.Path("review.json")));

        Assert.Equal(FaultCode.NotAsReviewed, fault.Code);
        Assert.Contains("release-channel:stable is sha256:", fault.Message, StringComparison.Ordinal);
        Assert.Empty(run.Target.Requests.All);
    }

    [Fact]
    public async Task A_diff_whose_list_is_not_that_of_its_states_is_refused()
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("bundle");
        await run.DiffAsync("target", "bundle", "review.json");
        string text = await File.ReadAllTextAsync(run.Path("review.json"), Cancellation);
        await File.WriteAllTextAsync(
            run.Path("review.json"),
            text.Replace("\"tag\":\"stable\"", "\"tag\":\"other\"", StringComparison.Ordinal),
            Cancellation);
        run.Target.Requests.Clear();

        Fault fault = await DiffRun.FaultAsync(() => run.PushAsync("bundle", run.Path("review.json")));

        Assert.Equal(FaultCode.SidesNotComparable, fault.Code);
        Assert.Empty(run.Target.Requests.All);
    }

    [Theory]
    [InlineData("oops")]
    [InlineData(null)]
    public async Task A_review_that_cannot_be_read_stops_pull_and_push(string? content)
    {
        await using DiffRun run = await DiffRun.StartAsync();
        await run.PullAsync("bundle");
        if (content is not null)
        {
            await File.WriteAllTextAsync(run.Path("review.json"), content, Cancellation);
        }

        Fault pull = await DiffRun.FaultAsync(() => run.PullAsync("new", run.Path("review.json")));
        Fault push = await DiffRun.FaultAsync(() => run.PushAsync("bundle", run.Path("review.json")));

        Assert.Equal((FaultCode.SidesNotComparable, FaultCode.SidesNotComparable), (pull.Code, push.Code));
        Assert.Equal("Reviewed", push.Settings[0].Member);
        Assert.False(Directory.Exists(run.Path("new")));
        Assert.Empty(run.Target.Requests.All);
    }
}
