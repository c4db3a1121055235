using System.Net.Sockets;

namespace Mirror.Engine.Tests.Registry;

/// <summary>A server that answers the first words of TLS with a fatal alert.</summary>
internal sealed class AlertingServer(byte alert) : LoopbackServer
{
    private int _alerts;

    /// <summary>Connections that were answered.</summary>
    public int Alerts => Volatile.Read(ref _alerts);

    protected override async Task AnswerAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        if (await stream.ReadAsync(new byte[4096], cancellationToken) > 0)
        {
            Interlocked.Increment(ref _alerts);
            await stream.WriteAsync((byte[])[21, 3, 3, 0, 2, 2, alert], cancellationToken);
        }
    }
}
