namespace Mirror.Engine.Tests.Transfer;

/// <summary>Gives its content, then throws.</summary>
internal sealed class BreakingStream(byte[] content, Exception failure) : MemoryStream(content, writable: false)
{
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await base.ReadAsync(buffer, cancellationToken);
        return read > 0 ? read : throw failure;
    }
}
