using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Mirror.Engine.Tests.Registry;

/// <summary>A registry on loopback that speaks TLS and has one empty list of tags for every repository.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly X509Certificate2 _certificate;
    private readonly Task _serving;
    private int _answers;

    public TlsServer(X509Certificate2 certificate)
    {
        _certificate = certificate;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Requests that got as far as an answer.</summary>
    public int Answers => Volatile.Read(ref _answers);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await AnswerAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using SslStream stream = new(client.GetStream());
            await stream.AuthenticateAsServerAsync(_certificate);
            if (await stream.ReadAsync(new byte[4096]) == 0)
            {
                return;
            }

            Interlocked.Increment(ref _answers);
            await stream.WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"tags\":[]}"u8.ToArray());
            await stream.ShutdownAsync();
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // A client that does not trust this server goes away: what the tests are about.
        }
    }
}
