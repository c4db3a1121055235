using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;
using EngineFault = Mirror.Engine.Fault;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Whole runs against registries that send the client elsewhere.</summary>
public sealed class RedirectedRegistryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registry_behind_a_redirect_is_planned_as_if_it_were_asked_itself()
    {
        await using TestRegistry registry = await StartSourceAsync();
        await using TestRegistry front = await StartFrontAsync(registry);
        using TemporaryFolder bundle = new();

        MirrorPlan direct = await EngineRun.Of(registry, bundle.FullName).PlanAsync();
        MirrorReport pulled = await EngineRun.Of(front, bundle.FullName).PullAsync();

        Assert.Equal(direct.ImageCount, pulled.Plan.ImageCount);
        Assert.Contains(registry.Requests.All, record => record.Status == 404);
    }

    [Fact]
    public async Task A_registry_behind_a_redirect_that_wants_the_login_is_named_and_not_given_it()
    {
        await using TestRegistry registry = await StartSourceAsync(new TestCredential("license-token", "s3cret"));
        await using TestRegistry front = await StartFrontAsync(registry);
        using TemporaryFolder bundle = new();
        EngineRun run = EngineRun.Of(front, bundle.FullName);
        run.Environment.Add("D8_MIRROR_LICENSE_TOKEN", "s3cret");

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => run.PullAsync());

        Assert.Contains(
            $"{registry.Host} (reached through a redirect from {front.Host})", failure.Faults[0].Message,
            StringComparison.Ordinal);
        Assert.Contains(
            $"name it as the source: {registry.Host}/deckhouse/ee", failure.Faults[0].Advice, StringComparison.Ordinal);
        Assert.All(registry.Requests.All, record => Assert.False(record.HasAuthorization));
    }

    [Fact]
    public async Task Addresses_of_storage_that_have_expired_once_are_replaced()
    {
        await using TestRegistry storage = await StartSourceAsync();
        await using TestRegistry source = await StartSourceAsync();
        source.Faults.Add(
            request => request.IsBlob() && request.Method == "GET",
            new RegistryFault { Status = 307, RedirectTo = request => $"http://{storage.Host}{request.Path}" });
        HashSet<string> asked = [];
        storage.Faults.Add(request => asked.Add(request.Path), new RegistryFault { Status = 403 });
        using TemporaryFolder bundle = new();

        MirrorReport pulled = await EngineRun.Of(source, bundle.FullName).PullAsync();

        Assert.NotEmpty(asked);
        Assert.NotEqual(0, pulled.Plan.ImageCount);
    }

    [Fact]
    public async Task A_push_follows_uploads_that_are_redirected_within_the_registry()
    {
        using BundleCopy bundle = new("0.33", "module-console", "module-neuvector");
        await using TestRegistry plain = await PushRun.StartTargetAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        target.Faults.Add(
            request => request is { Method: "PUT" } && request.IsUpload()
                && !request.Query.Contains("moved", StringComparison.Ordinal),
            new RegistryFault { Status = 307, RedirectTo = request => $"{request.Path}{request.Query}&moved=1" });

        await new PushRun(plain.Host, bundle.Folder).PushAsync();
        await new PushRun(target.Host, bundle.Folder).PushAsync();

        Assert.Equal(plain.Dump(), target.Dump());
        Assert.Equal(0, target.OpenUploads);
    }

    [Theory]
    [InlineData(202, "POST")]
    [InlineData(307, "POST")]
    [InlineData(307, "PUT")]
    public async Task A_push_writes_nothing_to_a_host_that_the_registry_names(int status, string method)
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry victim = await PushRun.StartTargetAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        target.Faults.Add(
            request => request.Method == method && request.IsUpload(),
            new RegistryFault { Status = status, RedirectTo = _ => $"http://{victim.Host}/v2/admin/delete-all" });

        EngineFault fault = (await new PushRun(target.Host, bundle.Folder).FailAsync())[0];

        Assert.Equal(FaultCode.UploadElsewhere, fault.Code);
        Assert.Contains(victim.Host, fault.Message, StringComparison.Ordinal);
        Assert.Contains("AllowedRealms", fault.Advice, StringComparison.Ordinal);
        Assert.Empty(victim.Requests.All);
    }

    [Fact]
    public async Task A_host_that_takes_uploads_for_the_registry_may_be_allowed_and_gets_no_login()
    {
        using BundleCopy bundle = new("0.33", "module-console");
        await using TestRegistry other = await PushRun.StartTargetAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync(
            new TestRegistryOptions { Content = other.Content, Credential = new TestCredential("pusher", "s3cret") });
        target.Faults.Add(
            request => request.Method == "POST" && request.IsUpload() && request.Query.Length == 0,
            new RegistryFault { Status = 307, RedirectTo = request => $"http://{other.Host}{request.Path}" });
        PushRun run = new(target.Host, bundle.Folder);
        run.Environment.Add("D8_MIRROR_REGISTRY_LOGIN", "pusher");
        run.Environment.Add("D8_MIRROR_REGISTRY_PASSWORD", "s3cret");
        run.Settings = run.Settings with { AllowedRealms = [other.Host] };

        MirrorReport report = await run.PushAsync();

        Assert.Equal(report.SentBlobs, other.UploadedBlobs.Count);
        Assert.All(other.Requests.All, record => Assert.False(record.HasAuthorization));
    }

    [Fact]
    public async Task A_limit_of_128_KiB_leaves_pieces_of_64_KiB()
    {
        using BundleCopy bundle = new("0.33", "module-stronghold");
        await using TestRegistry plain = await PushRun.StartTargetAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync(
            new TestRegistryOptions { LargestBody = 128 * 1024 });

        await new PushRun(plain.Host, bundle.Folder).PushAsync();
        await new PushRun(target.Host, bundle.Folder).PushAsync();

        Assert.Equal(plain.Dump(), target.Dump());
        Assert.Contains(target.Requests.All, record => record.Request.Method == "PATCH");
    }

    private static Task<TestRegistry> StartSourceAsync(TestCredential? credential = null) =>
        TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load(), Credential = credential }, Token);

    /// <summary>A public address that sends every request to the registry itself.</summary>
    private static async Task<TestRegistry> StartFrontAsync(TestRegistry registry)
    {
        TestRegistry front = await PushRun.StartTargetAsync();
        front.Faults.Add(
            _ => true,
            new RegistryFault
            {
                Status = 301,
                RedirectTo = request => $"http://{registry.Host}{request.Path}{request.Query}",
            });
        return front;
    }
}
