using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mirror.TestKit.Registry;

/// <summary>
/// Stands between the answer and the wire: counts the body, spoils it as the fault says, and writes the log record just
/// before the last byte leaves.
/// </summary>
internal sealed class ResponseTap(
    HttpContext context,
    RegistryRequest request,
    RequestTap requestBody,
    RegistryFault fault,
    RequestLog log) : Stream
{
    private const int PacedPiece = 16 * 1024;

    private readonly IHttpResponseBodyFeature _wire =
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
    private readonly int _era = log.Era;
    private long _sent;
    private bool _gatePassed;
    private bool _recorded;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default)
    {
        if (fault is { Gate: { } gate, GateBodyAfter: { } held } && !_gatePassed && _sent + buffer.Length > held)
        {
            var before = (int)(held - _sent);
            await SendAsync(buffer[..before], cancellationToken);
            await _wire.Stream.FlushAsync(cancellationToken);
            await gate.PassAsync(cancellationToken);
            _gatePassed = true;
            buffer = buffer[before..];
        }

        if (fault.CutBodyAfter is { } cut && _sent + buffer.Length > cut)
        {
            await SendAsync(buffer[..(int)(cut - _sent)], cancellationToken);
            await _wire.Stream.FlushAsync(cancellationToken);
            throw new ConnectionCutException();
        }

        while (fault.BytesPerSecond is { } pace && buffer.Length > 0)
        {
            var piece = buffer[..int.Min(PacedPiece, buffer.Length)];
            await Pause.PassAsync(TimeSpan.FromSeconds((double)piece.Length / pace), cancellationToken);
            await SendAsync(piece, cancellationToken);
            await _wire.Stream.FlushAsync(cancellationToken);
            buffer = buffer[piece.Length..];
        }

        await SendAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => _wire.Stream.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Writes the record unless the last byte of the body already did.</summary>
    public void Record(bool isComplete)
    {
        if (_recorded)
        {
            return;
        }

        _recorded = true;
        var headers = context.Request.Headers;
        log.Add(_era, new RequestRecord(
            request,
            headers.Range.Count == 0 ? null : headers.Range.ToString(),
            fault.Drop ? 0 : context.Response.StatusCode,
            requestBody.Received,
            _sent,
            headers.Authorization.Count > 0,
            isComplete));
    }

    private async Task SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        if (fault.CorruptByteAt is { } at && at >= _sent && at < _sent + buffer.Length)
        {
            var spoiled = buffer.ToArray();
            spoiled[at - _sent] ^= 0xFF;
            buffer = spoiled;
        }

        _sent += buffer.Length;
        if (_sent == context.Response.ContentLength)
        {
            Record(isComplete: true);
        }

        await _wire.Stream.WriteAsync(buffer, cancellationToken);
    }
}
