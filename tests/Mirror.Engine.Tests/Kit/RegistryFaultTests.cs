using System.Net;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

public sealed class RegistryFaultTests
{
    private static readonly string LayerPath = $"/v2/app/blobs/{SmallContent.LayerDigest}";

    [Fact]
    public async Task A_status_comes_with_its_headers_as_often_as_the_rule_says()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        var rule = registry.Faults.Add(
            request => request.IsManifest("app", "one"),
            new RegistryFault
            {
                Status = 429,
                ErrorCode = "TOOMANYREQUESTS",
                Headers = new Dictionary<string, string> { ["Retry-After"] = "7" },
            },
            times: 1);

        using var other = await caller.GetAsync("/v2/");
        using var refused = await caller.GetAsync("/v2/app/manifests/one");
        using var served = await caller.GetAsync("/v2/app/manifests/one");

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("7", RegistryCaller.Header(refused, "Retry-After"));
        Assert.Equal("TOOMANYREQUESTS", await RegistryCaller.ErrorCodeAsync(refused));
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal(1, rule.Applied);
    }

    [Fact]
    public async Task A_cut_body_gives_exactly_the_promised_bytes_and_then_breaks()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        registry.Faults.Add(request => request.IsBlob(), new RegistryFault { CutBodyAfter = 400 });

        using var response = await caller.GetAsync(LayerPath);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var received = new byte[400];
        await body.ReadExactlyAsync(received, TestContext.Current.CancellationToken);

        Assert.Equal(SmallContent.Layer[..400], received);
        await Assert.ThrowsAsync<HttpIOException>(
            () => body.ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task A_dropped_connection_gives_no_answer_at_all()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        registry.Faults.Add(request => request.IsBlob(), new RegistryFault { Drop = true });

        await Assert.ThrowsAsync<HttpRequestException>(() => caller.GetAsync(LayerPath));
        Assert.All(registry.Requests.Blobs(), record => Assert.False(record.IsComplete));
        Assert.All(registry.Requests.Blobs(), record => Assert.Equal(0, record.Status));
    }

    [Fact]
    public async Task A_corrupt_byte_changes_nothing_but_that_byte()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        registry.Faults.Add(request => request.IsBlob(), new RegistryFault { CorruptByteAt = 10 });

        using var response = await caller.GetAsync(LayerPath);
        var body = await RegistryCaller.BodyAsync(response);

        Assert.NotEqual(SmallContent.Layer[10], body[10]);
        body[10] = SmallContent.Layer[10];
        Assert.Equal(SmallContent.Layer, body);
    }

    [Fact]
    public async Task A_gate_holds_the_answer_until_it_is_opened()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        var gate = new RequestGate();
        registry.Faults.Add(request => request.IsBlob(), new RegistryFault { Gate = gate });

        var pending = caller.GetAsync(LayerPath);
        await gate.Reached;
        Assert.False(pending.IsCompleted);
        gate.Open();
        using var response = await pending;

        Assert.Equal(SmallContent.Layer, await RegistryCaller.BodyAsync(response));
    }

    [Fact]
    public async Task A_gate_inside_the_body_lets_the_bytes_before_it_through()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        var gate = new RequestGate();
        registry.Faults.Add(request => request.IsBlob(), new RegistryFault { Gate = gate, GateBodyAfter = 300 });

        using var response = await caller.GetAsync(LayerPath);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var received = new byte[1000];
        await body.ReadExactlyAsync(received.AsMemory(0, 300), TestContext.Current.CancellationToken);
        await gate.Reached;
        Assert.Empty(registry.Requests.Blobs());
        gate.Open();
        await body.ReadExactlyAsync(received.AsMemory(300), TestContext.Current.CancellationToken);

        Assert.Equal(SmallContent.Layer, received);
        Assert.True(Assert.Single(registry.Requests.Blobs()).IsComplete);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_a_closed_gate()
    {
        var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        var gate = new RequestGate();
        registry.Faults.Add(request => request.IsBlob(), new RegistryFault { Gate = gate });

        var pending = caller.GetAsync(LayerPath);
        await gate.Reached;
        await registry.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => pending);
    }

    [Fact]
    public async Task The_digest_header_can_be_hidden_and_ranges_ignored()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        registry.Faults.Add(request => request.IsBlob(), new RegistryFault { HideDigest = true, IgnoreRange = true });

        using var response = await caller.GetAsync(LayerPath, "bytes=500-");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(RegistryCaller.Header(response, "Docker-Content-Digest"));
        Assert.Equal(SmallContent.Layer, await RegistryCaller.BodyAsync(response));
    }

    [Fact]
    public async Task Rules_can_be_taken_back_while_the_registry_runs()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        var rule = registry.Faults.Add(_ => true, new RegistryFault { Status = 503 });

        using var before = await caller.GetAsync(LayerPath);
        registry.Faults.Remove(rule);
        using var after = await caller.GetAsync(LayerPath);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    private static Task<TestRegistry> StartAsync() => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = SmallContent.WithTags("one") }, TestContext.Current.CancellationToken);
}
