using System.Net;

namespace Mirror.Engine.Tests.Kit;

/// <summary>
/// A request body that tells whether the client began to send it. Its length may be kept secret, and it may break: then
/// the client gets an <see cref="IOException"/> after that many bytes.
/// </summary>
internal sealed class WatchedContent(byte[] bytes, bool isLengthKnown, int? breaksAfter = null) : HttpContent
{
    public bool WasSent { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        WasSent = true;
        await stream.WriteAsync(bytes.AsMemory(0, breaksAfter ?? bytes.Length));
        if (breaksAfter is not null)
        {
            await stream.FlushAsync();
            throw new IOException("The test asked for a body that breaks here.");
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return isLengthKnown;
    }
}
