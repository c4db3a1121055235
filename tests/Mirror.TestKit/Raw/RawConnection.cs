using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Mirror.TestKit.Raw;

/// <summary>One accepted connection, to be written to and ended as a script wants.</summary>
public sealed class RawConnection : IAsyncDisposable
{
    private const int LargestHead = 64 * 1024;
    private readonly Socket _socket;
    private readonly int _number;
    private Stream _stream;

    internal RawConnection(Socket socket, int number, CancellationToken stopping)
    {
        _socket = socket;
        _number = number;
        _stream = new NetworkStream(socket, ownsSocket: true);
        Stopping = stopping;
    }

    /// <summary>Fires when the server is disposed.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Whether a step ended it.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Writes bytes and returns when the system has them.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await _stream.WriteAsync(bytes, Stopping);
        await _stream.FlushAsync(Stopping);
    }

    /// <summary>Ends the sending direction.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection; what was written arrives.</summary>
    public async Task CloseAsync()
    {
        IsEnded = true;
        if (_stream is SslStream tls)
        {
            await tls.ShutdownAsync();
        }

        _socket.Shutdown(SocketShutdown.Send);
        await _stream.DisposeAsync();
    }

    /// <summary>Ends the connection by a reset.</summary>
    public void Reset()
    {
        IsEnded = true;
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    /// <summary>Reads and drops what comes until the client goes away.</summary>
    public async Task WaitForPeerAsync()
    {
        IsEnded = true;
        var buffer = new byte[4096];
        while (await _stream.ReadAsync(buffer, Stopping) > 0)
        {
            // What comes is not looked at.
        }
    }

    /// <summary>Frees the socket, whatever its state.</summary>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    internal async Task SecureAsync(X509Certificate2 certificate)
    {
        var tls = new SslStream(_stream);
        _stream = tls;
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = certificate }, Stopping);
    }

    /// <summary>Reads the head of a request; null when the client is gone.</summary>
    internal async Task<RawRequest?> ReadHeadAsync()
    {
        // One byte at a time: the body stays on the wire.
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(head))
        {
            if (head.Count > LargestHead || await _stream.ReadAsync(one, Stopping) == 0)
            {
                return null;
            }

            head.Add(one[0]);
            if (!char.IsAsciiLetter((char)head[0]))
            {
                return RawRequest.NoHttp(_number);
            }
        }

        return RawRequest.Parse(_number, Encoding.Latin1.GetString([.. head]));
    }

    internal async Task ReadBodyAsync(RawRequest request)
    {
        // An empty read of a socket waits until something comes.
        if (request.DeclaredLength == 0)
        {
            return;
        }

        if (request.Header("Expect") is not null)
        {
            await WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
        }

        var body = new byte[request.DeclaredLength];
        await _stream.ReadExactlyAsync(body, Stopping);
        request.Read(body);
    }

    private static bool EndsHead(List<byte> head) =>
        head is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'];
}
