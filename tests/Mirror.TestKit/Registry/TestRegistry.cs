using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;

namespace Mirror.TestKit.Registry;

/// <summary>
/// An OCI registry (distribution-spec 1.1) inside the process, on loopback, with a request log and faults that can be
/// switched while it runs. It takes no configuration and no signals from the machine: Kestrel runs without a host.
/// </summary>
public sealed class TestRegistry : IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly RegistryApplication _application;

    private TestRegistry(TestRegistryOptions options)
    {
        Content = options.Content;
        ClientCertificates = options.ClientCertificates;
        Tokens = options.Tokens is null ? null : new TokenService(options.Tokens);
        _application = new RegistryApplication(options, Tokens, Faults, Requests);
        _server = new KestrelServer(
            Options.Create(ServerOptions(options)),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    /// <summary>Where it listens: <c>127.0.0.1:PORT</c>.</summary>
    public string Host { get; private set; } = "";

    /// <summary>What it holds now.</summary>
    public ContentSet Content { get; }

    /// <summary>What it was asked.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>What it does wrong on purpose.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>Its token service, when it has one.</summary>
    public TokenService? Tokens { get; }

    /// <summary>What it asks clients for in TLS, and was shown.</summary>
    public ClientCertificateOptions? ClientCertificates { get; }

    /// <summary>
    /// Every upload finished since the start, in that order; a blob uploaded twice is here twice, a mounted one not at
    /// all. What broken uploads cost is told by <see cref="RequestRecord.RequestBytes"/>.
    /// </summary>
    public IReadOnlyList<UploadedBlob> UploadedBlobs => _application.UploadedBlobs;

    /// <summary>
    /// How many uploads were started and neither finished nor cancelled nor broken. A broken one has left this number
    /// when its request is in <see cref="Requests"/>.
    /// </summary>
    public int OpenUploads => _application.OpenUploads;

    /// <summary>Starts a registry; it listens when this returns.</summary>
    public static async Task<TestRegistry> StartAsync(
        TestRegistryOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var registry = new TestRegistry(options ?? new TestRegistryOptions());
        try
        {
            await registry._server.StartAsync(registry._application, cancellationToken);
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }

        var addresses = registry._server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        registry.Host = new Uri(addresses.First()).Authority;
        registry.Tokens?.ListenAt(new Uri(addresses.Last()));
        return registry;
    }

    /// <summary>
    /// What it holds now, read from <see cref="Content"/> and not over HTTP: by repository, its tags first, then what
    /// has no tag by digest. Equals what <see cref="SourceListing"/> says of a source.
    /// </summary>
    public IReadOnlyList<SourceReference> Dump() =>
        [.. Content.Dump().Select(entry => new SourceReference(entry.Repository, entry.Tag, entry.Digest))];

    /// <summary>Breaks off what is under way and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        // A cancelled token: open connections, such as those at a gate, are not waited for.
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
        await _application.DisposeAsync();
    }

    private static KestrelServerOptions ServerOptions(TestRegistryOptions options)
    {
        var server = new KestrelServerOptions { AddServerHeader = false };
        server.Limits.MaxRequestBodySize = null;
        server.Limits.MinRequestBodyDataRate = null;
        server.Limits.MinResponseDataRate = null;
        if (options.Certificate is not null)
        {
            // TLS wants parts that only a host registers; an empty one reads no configuration and is never started.
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
            server.ApplicationServices = builder.Services.BuildServiceProvider();
        }

        Listen(server, options.Port, options);
        if (options.Tokens is { HasOwnPort: true })
        {
            Listen(server, 0, options);
        }

        return server;
    }

    private static void Listen(KestrelServerOptions server, int port, TestRegistryOptions options) =>
        server.Listen(IPAddress.Loopback, port, listen =>
        {
            if (options is { Certificate: { } certificate, ClientCertificates: { } clients })
            {
                listen.UseHttps(clients.Https(certificate));
            }
            else if (options.Certificate is not null)
            {
                listen.UseHttps(options.Certificate);
            }
        });
}
