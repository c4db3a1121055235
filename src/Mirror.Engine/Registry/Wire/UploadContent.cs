using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// A blob as the body of one request. What the stream throws reaches the sender unchanged. After <see
/// cref="StopAsync"/> the stream is not read any more, even if the transport still wants more.
/// </summary>
[SuppressMessage(
    "Usage", "CA2213", Justification = "The stream is the caller's; the semaphore has no handle.")]
internal sealed class UploadContent : HttpContent
{
    private const int BufferBytes = 256 * 1024;

    private readonly Stream _content;
    private readonly long _length;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private SilenceTimer? _silence;
    private HostGate? _gate;
    private bool _isStopped;

    public UploadContent(Stream content, long length)
    {
        _content = content;
        _length = length;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Headers.ContentLength = length;
    }

    /// <summary>Whether some of the stream is gone, so that only its owner can send it again.</summary>
    public bool WasRead { get; private set; }

    /// <summary>Tells a timer and the gate of each piece that the peer took.</summary>
    public void Watch(SilenceTimer silence, HostGate gate) => (_silence, _gate) = (silence, gate);

    /// <summary>Ends reading; returns when no read is under way.</summary>
    public async Task StopAsync()
    {
        await _reading.WaitAsync().ConfigureAwait(false);
        _isStopped = true;
        _reading.Release();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await ReadAsync(buffer.AsMemory(0, BufferBytes), cancellationToken)
                .ConfigureAwait(false)) > 0)
            {
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                if (_gate is not null)
                {
                    await _gate.AfterBytesAsync(read, cancellationToken).ConfigureAwait(false);
                }

                _silence?.Progressed();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    private async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isStopped)
            {
                throw new OperationCanceledException("The answer came before the body was sent.");
            }

            WasRead = true;
            return await _content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _reading.Release();
        }
    }
}
