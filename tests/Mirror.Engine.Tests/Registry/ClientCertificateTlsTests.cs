using System.Diagnostics.CodeAnalysis;
using System.Security.Authentication;
using Mirror.Engine.Events;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Kit;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>Real TLS with servers that ask for the client's certificate.</summary>
[SuppressMessage("Security", "CA5398", Justification = "Each version of TLS refuses a client in its own way.")]
public sealed class ClientCertificateTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly ClientFiles _files;
    private readonly ManualTimeProvider _clock = new();

    public ClientCertificateTlsTests() => _files = new ClientFiles(_folder, _authority);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _files.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_certificate_with_its_issuers_opens_the_door(SslProtocols protocol)
    {
        await using TestRegistry registry = await StartAsync(protocol);
        using RegistryClient client = Client(registry, ClientFiles.Of(_files.Whole));

        Assert.Equal(["v1"], await _clock.DriveAsync(client.FindTagsAsync("app", Token)) ?? []);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_registry_that_wants_a_certificate_is_recognised_without_one(SslProtocols protocol)
    {
        await using TestRegistry registry = await StartAsync(protocol);
        using RegistryClient client = Client(registry, null);

        Fault fault = await FaultAsync(client);

        Assert.True(FaultCode.ClientCertificateRequired == fault.Code, fault.ToString());
        Assert.Contains("client certificate", fault.Message, StringComparison.Ordinal);
        Assert.Contains("ClientCertificateFile", fault.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("SkipVerify", fault.Advice, StringComparison.Ordinal);
        Assert.InRange(_clock.Waits.Count, 0, 1);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, true)]
    [InlineData(SslProtocols.Tls13, true)]
    [InlineData(SslProtocols.Tls13, false)]
    public async Task A_certificate_that_the_registry_does_not_know_is_named(SslProtocols protocol, bool isOther)
    {
        using TestAuthority other = new();
        using ClientFiles strange = new(_folder, other);
        await using TestRegistry registry = await StartAsync(protocol);
        string file = isOther ? strange.Whole : _files.Write("leaf.pem", _files.LeafPem + "\n" + _files.KeyPem);
        using RegistryClient client = Client(registry, ClientFiles.Of(file));

        Fault fault = await FaultAsync(client);

        Assert.True(FaultCode.ClientCertificateRefused == fault.Code, fault.ToString());
        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        Assert.InRange(_clock.Waits.Count, 0, 1);
    }

    [Fact]
    public async Task A_registry_that_only_asks_takes_clients_without()
    {
        await using TestRegistry registry = await StartAsync(SslProtocols.None, isRequired: false);
        using RegistryClient client = Client(registry, null);
        registry.Faults.Add(request => request.IsTagList(), new RegistryFault { Drop = true }, times: 1);

        Assert.Equal(["v1"], await _clock.DriveAsync(client.FindTagsAsync("app", Token)) ?? []);
        Assert.Empty(registry.ClientCertificates!.Shown);
    }

    [Fact]
    public async Task Storage_that_a_registry_redirects_to_never_sees_the_certificate()
    {
        await using TestRegistry storage = await StartAsync(SslProtocols.None, isRequired: false);
        await using TestRegistry registry = await StartAsync(SslProtocols.None);
        registry.Faults.Add(
            request => request.IsBlob() && request.Method == "GET",
            new TestKit.Registry.RegistryFault
            {
                Status = 307,
                RedirectTo = request => $"https://{storage.Host}{request.Path}",
            });
        using RegistryClient client = Client(registry, ClientFiles.Of(_files.Whole));

        using Stream layer = await _clock.DriveAsync(client.OpenBlobAsync(
            "app", Digest.Parse(SmallContent.LayerDigest), SmallContent.Layer.Length, 0, Token));

        Assert.Equal(SmallContent.Layer, await Sample.ReadAllAsync(layer));
        Assert.NotEmpty(registry.ClientCertificates!.Shown);
        Assert.Empty(storage.ClientCertificates!.Shown);
    }

    [Fact]
    public async Task A_token_service_on_another_port_never_sees_it_though_it_is_listed()
    {
        await using TestRegistry service = await StartAsync(SslProtocols.None, isRequired: true);
        await using TestRegistry registry = await StartAsync(SslProtocols.None);
        registry.Faults.Add(
            request => request.IsTagList(),
            new TestKit.Registry.RegistryFault
            {
                Status = 401,
                Headers = new Dictionary<string, string>
                {
                    ["WWW-Authenticate"] = $"Bearer realm=\"https://{service.Host}/token\"",
                },
            });
        using RegistryClient client = Client(registry, ClientFiles.Of(_files.Whole), service.Host);

        Fault fault = await FaultAsync(client);

        Assert.Equal(FaultCode.ClientCertificateRequired, fault.Code);
        Assert.Contains($"the registry {registry.Host} only", fault.Advice, StringComparison.Ordinal);
        Assert.Empty(service.ClientCertificates!.Shown);
    }

    [Theory]
    [InlineData("No required SSL certificate was sent", FaultCode.ClientCertificateRequired)]
    [InlineData("The SSL certificate error", FaultCode.ClientCertificateRefused)]
    public async Task What_nginx_says_is_understood(string said, string code)
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(
            400, $"<html><head><title>400 {said}</title></head><body><center>nginx</center></body></html>"));

        Assert.Equal(code, (await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token))).Code);
        Assert.Single(registry.Seen);
    }

    private Task<TestRegistry> StartAsync(SslProtocols protocol, bool isRequired = true) =>
        _authority.StartRegistryAsync(SmallContent.WithTags("v1"), protocol, isRequired);

    private async Task<Fault> FaultAsync(RegistryClient client)
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => _clock.DriveAsync(client.FindTagsAsync("app", Token)));
        return Assert.Single(failure.Faults);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns the handler.")]
    private RegistryClient Client(TestRegistry registry, ClientCertificateFiles? files, params string[] realms)
    {
        RegistryAccess access = ScriptedRegistry.Access(registry.Host) with
        {
            CaFile = _files.Write("ca.pem", _authority.RootPem),
            ClientCertificate = files,
            AllowedRealms = [.. realms],
        };
        return new RegistryClient(
            access,
            RegistryTransport.CreateHandler(access, new RunEnvironment([])),
            _clock,
            new Random(1),
            EventSink.None,
            StoredCredentials.Of(EventSink.None));
    }
}
