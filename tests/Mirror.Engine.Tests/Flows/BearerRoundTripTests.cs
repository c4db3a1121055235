using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// The whole way with token services on ports of their own, and blobs that a storage on another host gives.
/// </summary>
public sealed class BearerRoundTripTests
{
    /// <summary>A push adds install:CHANNEL for each channel of the source.</summary>
    private const int InstallersOfChannels = 5;

    private const string SourceCanary = "s0urce-canary";
    private const string TargetCanary = "t4rget-canary";

    [Fact]
    public async Task A_pull_and_a_push_live_on_tokens_and_no_secret_reaches_another_host_a_log_or_an_event()
    {
        await using TestRegistry storage = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
        await using TestRegistry source = await StartAsync(DeckhouseMini.Load(), "license-token", SourceCanary);
        await using TestRegistry target = await StartAsync(new ContentSet(), "pusher", TargetCanary);
        source.Faults.Add(
            request => request.IsBlob() && request.Method == "GET",
            new RegistryFault
            {
                Status = 307,
                RedirectTo = request => $"http://{storage.Host}{request.Path}",
            });
        using TemporaryFolder bundle = new();
        EngineRun pull = new(source.Host, bundle.FullName);
        pull.Environment.Add("D8_MIRROR_LICENSE_TOKEN", SourceCanary);
        pull.Settings = pull.Settings with { AllowedRealms = ["127.0.0.1"] };
        PushRun push = new(target.Host, bundle.FullName);
        push.Environment.Add("D8_MIRROR_REGISTRY_LOGIN", "pusher");
        push.Environment.Add("D8_MIRROR_REGISTRY_PASSWORD", TargetCanary);
        push.Settings = push.Settings with { AllowedRealms = ["127.0.0.1"] };

        MirrorReport pulled = await pull.PullAsync();
        MirrorReport pushed = await push.PushAsync();

        Assert.Equal(
            (pulled.Plan.ImageCount, InstallersOfChannels), (pushed.Plan.ImageCount, pushed.Plan.InstallerTags));
        Assert.NotEmpty(storage.Requests.Blobs());
        Assert.All(storage.Requests.All, record => Assert.False(record.HasAuthorization));
        Assert.InRange(source.Tokens!.Given, 10, 200);
        Assert.InRange(target.Tokens!.Given, 10, 200);
        string text = string.Join('\n', [
            pulled.ToString(), pushed.ToString(),
            .. pull.Events.Concat(push.Events).Select(value => value.ToString()),
            .. new[] { storage, source, target }.SelectMany(registry => registry.Requests.All)
                .Select(record => record.ToLine())]);
        Assert.DoesNotContain(SourceCanary, text, StringComparison.Ordinal);
        Assert.DoesNotContain(TargetCanary, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_that_die_in_the_middle_are_renewed_and_nothing_is_lost()
    {
        await using TestRegistry source = await StartAsync(DeckhouseMini.Load(), "license-token", SourceCanary);
        await using TestRegistry target = await StartAsync(new ContentSet(), "pusher", TargetCanary);

        // No plan reads these layers: so this falls into the transfer, which goes one by one. A token that another
        // request was given the moment before would be refused for good.
        RevokeOnce(source, record => record.Status == 200 && record.Request.IsBlob()
            && record.Path.Contains("/security/", StringComparison.Ordinal));
        RevokeOnce(target, record => record.Method == "POST" && record.Request.IsUpload("mirror/ee/install"));
        using TemporaryFolder bundle = new();
        EngineRun pull = new(source.Host, bundle.FullName);
        pull.Environment.Add("D8_MIRROR_LICENSE_TOKEN", SourceCanary);
        pull.Settings = pull.Settings with { AllowedRealms = ["127.0.0.1"], Transfer = Narrow };
        PushRun push = new(target.Host, bundle.FullName);
        push.Environment.Add("D8_MIRROR_REGISTRY_LOGIN", "pusher");
        push.Environment.Add("D8_MIRROR_REGISTRY_PASSWORD", TargetCanary);
        push.Settings = push.Settings with { AllowedRealms = ["127.0.0.1"], Transfer = Narrow };

        MirrorReport pulled = await pull.PullAsync();
        MirrorReport pushed = await push.PushAsync();

        Assert.Equal(
            (pulled.Plan.ImageCount, InstallersOfChannels), (pushed.Plan.ImageCount, pushed.Plan.InstallerTags));
        Assert.Contains(source.Requests.All, record => record.Request.IsBlob() && record.Status == 401);
        Assert.Contains(target.Requests.Where(request => request.IsUpload()), record => record.Status == 401);
        Assert.Equal(0, target.OpenUploads);
    }

    /// <summary>All tokens die at the first record of a kind; those that are given afterwards live.</summary>
    private static void RevokeOnce(TestRegistry registry, Func<RequestRecord, bool> matches)
    {
        int revoked = 0;
        registry.Requests.Observe(record =>
        {
            if (matches(record) && Interlocked.Exchange(ref revoked, 1) == 0)
            {
                registry.Tokens!.RevokeAll();
            }
        });
    }

    private static TransferLimits Narrow { get; } = new() { MaxConnections = 1 };

    private static Task<TestRegistry> StartAsync(ContentSet content, string user, string password) =>
        TestRegistry.StartAsync(
            new TestRegistryOptions
            {
                Content = content,
                Tokens = new TokenOptions { HasOwnPort = true, Credential = new TestCredential(user, password) },
            },
            TestContext.Current.CancellationToken);
}
