using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Mirror.TestKit.Raw;

/// <summary>
/// A server on loopback that writes exactly what a test scripts, right or wrong: for the edges of protocols that a real
/// server never shows on demand. Requests carry a Content-Length or no body.
/// </summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<RawRequest> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<RawRequest, RawAnswer> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private int _accepted;

    /// <summary>Starts to listen.</summary>
    /// <param name="answer">What follows a request; called once its head was read.</param>
    /// <param name="certificate">Speak TLS with this certificate; without one the server is plain.</param>
    public RawServer(Func<RawRequest, RawAnswer> answer, X509Certificate2? certificate = null)
    {
        _answer = answer;
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens: <c>127.0.0.1:PORT</c>.</summary>
    public string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every request whose head came whole, in order.</summary>
    public IReadOnlyList<RawRequest> Requests => [.. _requests];

    /// <summary>How many connections came, with requests or without.</summary>
    public int Connections => Volatile.Read(ref _accepted);

    /// <summary>Answers request by request, over any connections; the last answer serves all further ones.</summary>
    public static RawServer InTurn(params IReadOnlyList<RawAnswer> answers)
    {
        var next = -1;
        return new RawServer(_ => answers[Math.Min(Interlocked.Increment(ref next), answers.Count - 1)]);
    }

    /// <summary>Ends every connection. Throws what a script threw.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        await Task.WhenAll(_connections);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                socket.NoDelay = true;
                _connections.Add(ServeAsync(socket, Interlocked.Increment(ref _accepted) - 1));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Disposed at the end of the block.")]
    private async Task ServeAsync(Socket socket, int number)
    {
        await using var connection = new RawConnection(socket, number, _stopping.Token);
        try
        {
            if (_certificate is not null)
            {
                await connection.SecureAsync(_certificate);
            }

            while (!connection.IsEnded && await connection.ReadHeadAsync() is { } request)
            {
                await ServeAsync(connection, request);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException
            or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or this server did: both are what scripts are about.
        }
    }

    private async Task ServeAsync(RawConnection connection, RawRequest request)
    {
        _requests.Enqueue(request);
        var answer = _answer(request);
        if (answer.ReadsBody)
        {
            await connection.ReadBodyAsync(request);
        }

        foreach (var step in answer.Steps)
        {
            await step(connection);
        }
    }
}
