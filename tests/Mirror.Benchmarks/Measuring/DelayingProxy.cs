using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Mirror.Benchmarks.Measuring;

/// <summary>
/// A TCP proxy on loopback that adds a round trip: what a client sends arrives that much later, and what it sends first
/// twice as late, because a connection takes a round trip to be made. Answers pass at once.
/// </summary>
internal sealed class DelayingProxy : IAsyncDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _upstream;
    private readonly TimeSpan _roundTrip;
    private readonly Task _accepting;

    public DelayingProxy(string upstream, TimeSpan roundTrip)
    {
        _upstream = IPEndPoint.Parse(upstream);
        _roundTrip = roundTrip;
        _listener.Start();
        Host = _listener.LocalEndpoint.ToString()!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens: <c>127.0.0.1:PORT</c>.</summary>
    public string Host { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            using TcpClient server = new() { NoDelay = true };
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(_upstream, _stop.Token);
                Channel<(long Due, byte[] Bytes)> way = Channel.CreateUnbounded<(long Due, byte[] Bytes)>();
                using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                Task taking = TakeAsync(client.GetStream(), way.Writer, over.Token);
                Task handing = HandOnAsync(way.Reader, server.GetStream(), over.Token);
                Task answering = server.GetStream().CopyToAsync(client.GetStream(), over.Token);
                await Task.WhenAny(handing, answering);
                await over.CancelAsync();
                await Task.WhenAll(taking, handing, answering);
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // One side is gone, or the benchmark is over: so is the connection.
            }
        }
    }

    private async Task TakeAsync(
        NetworkStream client, ChannelWriter<(long Due, byte[] Bytes)> way, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[64 * 1024];
        TimeSpan delay = 2 * _roundTrip;
        try
        {
            for (int count; (count = await client.ReadAsync(buffer, cancellationToken)) > 0; delay = _roundTrip)
            {
                long due = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
                way.TryWrite((due, buffer[..count]));
            }

            way.Complete();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            way.Complete(exception);
        }
    }

    private static async Task HandOnAsync(
        ChannelReader<(long Due, byte[] Bytes)> way, NetworkStream server, CancellationToken cancellationToken)
    {
        await foreach ((long due, byte[] bytes) in way.ReadAllAsync(cancellationToken))
        {
            TimeSpan left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (left >= Shortest)
            {
                using PeriodicTimer timer = new(left);
                await timer.WaitForNextTickAsync(cancellationToken);
            }

            await server.WriteAsync(bytes, cancellationToken);
        }

        server.Socket.Shutdown(SocketShutdown.Send);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
