using System.Net;
using System.Net.Http.Headers;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Reading;

/// <summary>
/// Opens blobs at an offset; notices what a server made of the range (docs/behaviour/wire.md#reading-blobs).
/// </summary>
internal sealed class BlobReader(RegistryAccess access, HttpWire wire, RequestSender sender)
{
    public async Task<Stream> OpenAsync(
        string repository, Digest digest, long size, long offset, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, size);
        if (offset > 0 && offset == size)
        {
            return Stream.Null;
        }

        IDisposable place = await wire.Gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            RegistryRequest request = RegistryRequest.ForBlob(repository, digest, offset);
            Stream? ranged = await sender.SendAsync(
                request,
                status => status == HttpStatusCode.RequestedRangeNotSatisfiable && offset > 0,
                (response, token) => OpenAsync(response, request, size, offset, place, token),
                cancellationToken).ConfigureAwait(false);

            // 416: the server has no such range, whatever its reason; the whole blob must do.
            RegistryRequest whole = RegistryRequest.ForBlob(repository, digest, 0);
            return ranged ?? (await sender.SendAsync(
                whole,
                static _ => false,
                (response, token) => OpenAsync(response, whole, size, offset, place, token),
                cancellationToken).ConfigureAwait(false))!;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private async Task<Stream?> OpenAsync(
        RegistryResponse response,
        RegistryRequest request,
        long size,
        long offset,
        IDisposable place,
        CancellationToken cancellationToken)
    {
        if (response.Status == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return null;
        }

        RegistryFaults faults = new(access, request, response.Address.Authority);
        HttpContentHeaders headers = response.Message.Content.Headers;
        if (headers.ContentEncoding.Any(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw new MirrorException(faults.UnexpectedAnswer(
                "the content is encoded although no encoding was requested",
                string.Join(", ", headers.ContentEncoding)));
        }

        bool isPart = response.Status == HttpStatusCode.PartialContent;
        if (isPart && (headers.ContentRange is not { HasRange: true } range || range.From != offset
            || (range.HasLength && range.Length != size)))
        {
            throw new MirrorException(faults.UnexpectedAnswer(
                $"asked was for bytes from {offset} of {size}, but the range is '{headers.ContentRange}'", ""));
        }

        long expected = isPart ? size - offset : size;
        if (headers.ContentLength is { } length && length != expected)
        {
            throw new MirrorException(faults.SizeMismatch(
                size, isPart ? $"{length} bytes follow offset {offset}" : $"it has {length} bytes"));
        }

        Stream content = await response.Message.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return new BlobStream(
            response.Take(), content, size, offset, !isPart, wire, access, request, place);
    }
}
