using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Mirror.TestKit.Files;

namespace Mirror.TestKit.Processes;

/// <summary>A real nginx on loopback that ends TLS in front of a registry, or limits the size of requests.</summary>
public sealed class Nginx : IAsyncDisposable
{
    private const int Attempts = 10;

    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    private Nginx()
    {
    }

    /// <summary>Where it listens: <c>127.0.0.1:PORT</c>.</summary>
    public string Host { get; private set; } = "";

    /// <summary>What it wrote into its access log so far, headers of credentials included.</summary>
    public string AccessLog => File.ReadAllText(_folder.Combine("access.log"));

    /// <summary>Starts the program found by <see cref="RealParts.Find"/>; it answers when this returns.</summary>
    /// <param name="program">The program.</param>
    /// <param name="upstream">The registry behind it, <c>host:port</c>, spoken to over plain HTTP.</param>
    /// <param name="certificatePem">The certificate with its key, or null for plain HTTP.</param>
    /// <param name="bodyLimit">The value of <c>client_max_body_size</c>; 0: no limit.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<Nginx> StartAsync(
        string program,
        string upstream,
        (string Certificate, string Key)? certificatePem = null,
        string bodyLimit = "0",
        CancellationToken cancellationToken = default)
    {
        var nginx = new Nginx();
        try
        {
            if (certificatePem is { } pem)
            {
                await File.WriteAllTextAsync(nginx._folder.Combine("server.crt"), pem.Certificate, cancellationToken);
                await File.WriteAllTextAsync(nginx._folder.Combine("server.key"), pem.Key, cancellationToken);
            }

            for (var attempt = 1; ; attempt++)
            {
                // Nginx cannot choose a port itself; somebody may take a free one before it does.
                var port = FreePort();
                if (await nginx.TryStartAsync(
                    program, upstream, port, certificatePem is not null, bodyLimit, cancellationToken))
                {
                    nginx.Host = $"127.0.0.1:{port}";
                    return nginx;
                }

                if (attempt == Attempts)
                {
                    throw new InvalidOperationException("nginx does not start.");
                }
            }
        }
        catch
        {
            await nginx.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task StopAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    private async Task<bool> TryStartAsync(
        string program, string upstream, int port, bool isTls, string bodyLimit, CancellationToken cancellationToken)
    {
        var config = _folder.Combine("nginx.conf");
        await File.WriteAllTextAsync(config, Configuration(upstream, port, isTls, bodyLimit), cancellationToken);
        _process = Process.Start(new ProcessStartInfo(program, ["-p", _folder.FullName, "-c", config])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        _process.BeginErrorReadLine();
        while (!_process.HasExited)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return true;
            }
            catch (SocketException)
            {
                // Not there yet: the next look decides.
                await Task.Yield();
            }
        }

        await StopAsync();
        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Deliberately without X-Forwarded-Proto: then the registry answers with Locations of plain HTTP.
    private static string Configuration(string upstream, int port, bool isTls, string bodyLimit) =>
        $$"""
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr;
        events { worker_connections 256; }
        http {
          log_format seen '$request $status "$http_authorization"';
          access_log access.log seen;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          server {
            listen 127.0.0.1:{{port}}{{(isTls ? " ssl" : "")}};
            {{(isTls ? "ssl_certificate server.crt; ssl_certificate_key server.key;" : "")}}
            client_max_body_size {{bodyLimit}};
            location / {
              proxy_pass http://{{upstream}};
              proxy_set_header Host $http_host;
              proxy_request_buffering off;
              proxy_http_version 1.1;
            }
          }
        }
        """;
}
