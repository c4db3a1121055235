using Mirror.Engine.Events;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Writing;

/// <summary>
/// One blob in pieces. A piece whose answer was lost is sent again, or not, as the registry says how much it has; a
/// session that the registry lost ends the upload, and the blob is sent anew.
/// </summary>
internal sealed class UploadInPieces(
    UploadSession session,
    UploadSessions sessions,
    BodyLimit limit,
    RegistryAccess access,
    HttpWire wire,
    Backoff backoff,
    EventSink events)
{
    private const int FruitlessAttempts = 5;

    public async Task RunAsync(Digest digest, long size, Stream content, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[PieceBytes(digest)];
        for (long done = 0; done < size;)
        {
            int length = await content.ReadAtLeastAsync(
                buffer.AsMemory(0, (int)long.Min(buffer.Length, size - done)),
                (int)long.Min(buffer.Length, size - done),
                throwOnEndOfStream: false,
                cancellationToken).ConfigureAwait(false);
            if (length == 0)
            {
                throw new MirrorException(Faults(digest).ConnectionBroken("the content ends early"));
            }

            await SendAsync(digest, done, buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            done += length;
        }

        await sessions.FinishAsync(
            session, digest, static () => new ByteArrayContent([]), isOneShot: false, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Sends what was read, in as many requests as the limit asks for.</summary>
    private async Task SendAsync(
        Digest digest, long start, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        int fruitless = 0;
        while (content.Length > 0)
        {
            int length = (int)long.Min(content.Length, long.Max(limit.Bytes, session.ShortestPiece));
            long sent = await TrySendAsync(digest, start, content[..length], fruitless, cancellationToken)
                .ConfigureAwait(false);
            fruitless = sent > 0 ? 0 : fruitless + 1;
            start += sent;
            content = content[(int)sent..];
        }
    }

    private async Task<long> TrySendAsync(
        Digest digest, long start, ReadOnlyMemory<byte> piece, int fruitless, CancellationToken cancellationToken)
    {
        try
        {
            if (!await sessions.SendAsync(session, digest, start, piece, cancellationToken).ConfigureAwait(false))
            {
                return fruitless < FruitlessAttempts
                    ? await ReceivedSinceAsync(digest, start, piece.Length, cancellationToken).ConfigureAwait(false)
                    : throw new MirrorException(Faults(digest).UploadLost());
            }

            await wire.Gate.AfterBytesAsync(piece.Length, cancellationToken).ConfigureAwait(false);
            return piece.Length;
        }
        catch (MirrorException failure) when (failure.Faults[0].Code == FaultCode.BodyTooLarge)
        {
            // Refused before the registry saw it: the session goes on with less at a time.
            if (!limit.Lower(piece.Length) || session.ShortestPiece > limit.Bytes)
            {
                throw;
            }

            return 0;
        }
        catch (MirrorException failure) when (RegistryFailure.IsTemporary(failure) && fruitless < FruitlessAttempts)
        {
            events.Cause($"{digest} stopped at a piece from byte {start} on: {failure.Message}");
            await Task.Delay(
                RegistryFailure.Pause(failure) ?? backoff.Next(fruitless), wire.Time, cancellationToken)
                .ConfigureAwait(false);
            return await ReceivedSinceAsync(digest, start, piece.Length, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<long> ReceivedSinceAsync(
        Digest digest, long start, int length, CancellationToken cancellationToken)
    {
        long? received = await sessions.FindReceivedAsync(session, cancellationToken).ConfigureAwait(false);
        long more = received - start ?? -1;
        return more >= 0 && more <= length
            ? more
            : throw new MirrorException(Faults(digest).UploadLost());
    }

    private int PieceBytes(Digest digest)
    {
        long bytes = long.Max(limit.Bytes, session.ShortestPiece);
        return session.ShortestPiece <= limit.Bytes && bytes <= int.MaxValue
            ? (int)bytes
            : throw new MirrorException(Faults(digest).PiecesTooLarge(session.ShortestPiece, limit.Bytes));
    }

    private RegistryFaults Faults(Digest digest) => new(
        access,
        RegistryRequest.ForSession(HttpMethod.Patch, session.Repository, session.Location, $"the upload of {digest}"),
        session.Location.Authority);
}
