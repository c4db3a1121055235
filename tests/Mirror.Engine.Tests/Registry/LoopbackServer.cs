using System.Net;
using System.Net.Sockets;

namespace Mirror.Engine.Tests.Registry;

/// <summary>A server on loopback that answers one connection after the other.</summary>
internal abstract class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    protected LoopbackServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Reads what a client says first, and answers it.</summary>
    protected abstract Task AnswerAsync(NetworkStream stream, CancellationToken cancellationToken);

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await AnswerAsync(client.GetStream(), _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
