using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Mirror.Engine.Events;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Reading;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Kit;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class RegistryTransportTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_test_registry_is_read_as_a_whole()
    {
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new() { Content = SmallContent.WithTags("v1", "v2", "v3"), MaxPageSize = 2 }, Token);
        using RegistryClient client = Client(registry.Host);

        Digest? digest = await client.FindDigestAsync("app", "v1", Token);
        ManifestContent? manifest = await client.FindManifestAsync("app", $"{digest}", Token);
        using Stream layer = await client.OpenBlobAsync(
            "app", Digest.Parse(SmallContent.LayerDigest), SmallContent.Layer.Length, 100, Token);

        Assert.Equal(SmallContent.Manifest, manifest?.Bytes.ToArray());
        Assert.Equal(["v1", "v2", "v3"], await client.FindTagsAsync("app", Token) ?? []);
        Assert.Equal(SmallContent.Layer[100..], await Sample.ReadAllAsync(layer));
        Assert.Null(await client.FindTagsAsync("none", Token));
        Assert.Equal(client.Requests, registry.Requests.All.Count);
        Assert.Equal("bytes=100-", Assert.Single(registry.Requests.Blobs()).Range);
    }

    [Fact]
    public async Task A_Basic_login_opens_the_door_and_a_wrong_one_does_not()
    {
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new() { Content = SmallContent.WithTags("v1"), Credential = new("license-token", "right") }, Token);
        using RegistryClient right = Client(registry.Host, new Credential("license-token", "right"));
        using RegistryClient wrong = Client(registry.Host, new Credential("license-token", "wr0ng"));

        Assert.Equal(["v1"], await right.FindTagsAsync("app", Token) ?? []);
        Fault fault = await FaultAsync(wrong);
        Assert.Equal(FaultCode.Unauthorized, fault.Code);
        Assert.DoesNotContain("wr0ng", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dropped_connections_are_tried_again()
    {
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new() { Content = SmallContent.WithTags("v1") }, Token);
        FaultRule rule = registry.Faults.Add(
            request => request.IsTagList(), new TestKit.Registry.RegistryFault { Drop = true }, times: 2);
        using RegistryClient client = Client(registry.Host);

        Assert.Equal(["v1"], await _clock.DriveAsync(client.FindTagsAsync("app", Token)) ?? []);
        Assert.Equal(2, rule.Applied);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_told_after_all_attempts()
    {
        using RegistryClient client = Client($"127.0.0.1:{FreePort()}");

        Fault fault = await FaultAsync(client);

        Assert.Equal(FaultCode.ConnectionFailed, fault.Code);
        Assert.Equal(RetryPipeline.Attempts, client.Requests);
    }

    [Fact]
    public async Task A_plain_HTTP_server_is_recognised_when_asked_by_HTTPS()
    {
        await using TestRegistry registry = await TestRegistry.StartAsync(cancellationToken: Token);
        using RegistryClient client = Client(registry.Host, insecure: false);

        Fault fault = await FaultAsync(client);

        Assert.Equal(FaultCode.PlainHttpServer, fault.Code);
        Assert.Contains("set Insecure", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_cannot_be_reached_is_named_without_its_login()
    {
        int port = FreePort();
        using RegistryClient client = Client(
            "registry.example", proxy: $"http://user:geheim@127.0.0.1:{port}");

        Fault fault = await FaultAsync(client);

        Assert.Equal(FaultCode.ProxyFailed, fault.Code);
        Assert.Contains($"127.0.0.1:{port}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", fault.ToString(), StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<Fault> FaultAsync(RegistryClient client)
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => _clock.DriveAsync(client.FindTagsAsync("app", Token)));
        return Assert.Single(failure.Faults);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns the handler.")]
    private RegistryClient Client(
        string host, Credential? credential = null, bool insecure = true, string? proxy = null)
    {
        RegistryAccess access = ScriptedRegistry.Access(host) with { Insecure = insecure, Credential = credential };
        RunEnvironment environment = new(proxy is null ? [] : [KeyValuePair.Create("HTTP_PROXY", proxy)]);
        return new RegistryClient(
            access,
            RegistryTransport.CreateHandler(access, environment),
            _clock,
            new Random(1),
            EventSink.None,
            StoredCredentials.Of(EventSink.None));
    }
}
