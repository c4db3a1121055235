using System.Net;

namespace Mirror.Engine.Tests.Kit;

/// <summary>A request body that tells whether the client began to send it; its length may be kept secret.</summary>
internal sealed class WatchedContent(byte[] bytes, bool isLengthKnown) : HttpContent
{
    public bool WasSent { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        WasSent = true;
        await stream.WriteAsync(bytes);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return isLengthKnown;
    }
}
