using System.Net;
using System.Net.Sockets;

namespace Mirror.Engine.Tests.Registry;

/// <summary>A server that answers the first words of TLS with a fatal alert.</summary>
internal sealed class AlertingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly byte[] _record;
    private readonly Task _serving;
    private int _alerts;

    public AlertingServer(byte alert)
    {
        _record = [21, 3, 3, 0, 2, 2, alert];
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Connections that were answered.</summary>
    public int Alerts => Volatile.Read(ref _alerts);

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
                NetworkStream stream = client.GetStream();
                if (await stream.ReadAsync(new byte[4096], _stopping.Token) > 0)
                {
                    Interlocked.Increment(ref _alerts);
                    await stream.WriteAsync(_record, _stopping.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
