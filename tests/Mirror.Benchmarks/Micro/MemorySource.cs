using Mirror.Engine;
using Mirror.Engine.Plan;
using Mirror.Engine.Transfer;

namespace Mirror.Benchmarks.Micro;

/// <summary>One blob, in memory.</summary>
internal sealed class MemorySource(byte[] content) : IContentSource
{
    public ValueTask<Stream> OpenAsync(PlannedBlob blob, long offset, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream>(
            new MemoryStream(content, (int)offset, content.Length - (int)offset, writable: false));

    public bool MayContinueAfter(MirrorException failure) => false;

    public bool IsOfOneBlob(MirrorException failure) => false;

    public Fault Mismatch(PlannedBlob blob, Digest actual) => TransferFaults.DigestMismatch(blob, actual);
}
