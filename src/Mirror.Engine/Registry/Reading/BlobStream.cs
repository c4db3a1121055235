using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Streams;

namespace Mirror.Engine.Registry.Reading;

/// <summary>
/// The rest of a blob as it comes from the wire: exactly as many bytes as expected, silence bounded, every failure a
/// <see cref="MirrorException"/>. Gives its place at the gate back when it is disposed. Does not check the digest:
/// whoever continues a blob holds the hash.
/// </summary>
internal sealed class BlobStream(
    HttpResponseMessage response,
    Stream content,
    long size,
    long offset,
    bool skipsOffset,
    HttpWire wire,
    RegistryAccess access,
    RegistryRequest request,
    IDisposable place) : ReadOnlyStream
{
    private readonly SilenceTimer _silence = new(access.Timeout, wire.Time);
    private long _skip = skipsOffset ? offset : 0;
    private long _left = size - offset;

    private Uri Address => response.RequestMessage!.RequestUri!;

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        // A registry that ignores ranges sends the known beginning again.
        while (_skip > 0)
        {
            int part = (int)Math.Min(_skip, buffer.Length);
            _skip -= await ReadSomeAsync(buffer[..part], cancellationToken).ConfigureAwait(false);
        }

        if (_left == 0)
        {
            await ExpectEndAsync(cancellationToken).ConfigureAwait(false);
            return 0;
        }

        int wanted = (int)Math.Min(_left, buffer.Length);
        int read = await ReadSomeAsync(buffer[..wanted], cancellationToken).ConfigureAwait(false);
        _left -= read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _silence.Dispose();
            response.Dispose();
            place.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadSomeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int read = await ReadWireAsync(buffer, cancellationToken).ConfigureAwait(false);
        await wire.Gate.AfterBytesAsync(read, cancellationToken).ConfigureAwait(false);
        return read > 0
            ? read
            : throw new MirrorException(
                new RegistryFaults(access, request, Address.Authority).ConnectionBroken("the content ends early"));
    }

    // Without a Content-Length only the end itself tells that there is not more than expected.
    private async ValueTask ExpectEndAsync(CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength is null
            && await ReadWireAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
        {
            throw new MirrorException(new RegistryFaults(access, request, Address.Authority)
                .SizeMismatch(size, "there is more of it"));
        }
    }

    private async ValueTask<int> ReadWireAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _silence.WatchAsync(
                (content, buffer),
                static (state, token) => state.content.ReadAsync(state.buffer, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (HttpWire.IsTransport(exception, cancellationToken))
        {
            throw wire.Failure(exception, request, Address);
        }
    }
}
