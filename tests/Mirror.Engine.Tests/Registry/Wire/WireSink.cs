using System.Collections.Immutable;
using System.Security.Cryptography;
using Mirror.Engine.Plan;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Tests.Registry.Wire;

/// <summary>Keeps one blob in memory and tells how far it got.</summary>
internal sealed class WireSink(WirePosition position) : IContentSink
{
    private readonly byte[] _bytes = new byte[Sample.Blob.Length];
    private bool _isSealed;

    public bool KeepsPartial => true;

    /// <summary>The blob, when it was sealed.</summary>
    public byte[]? Sealed => _isSealed ? _bytes : null;

    public ValueTask<HeldContent> HeldAsync(
        PlannedBlob blob, IncrementalHash hash, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new HeldContent(_isSealed ? blob.Size : 0, _isSealed));

    public async Task WriteAsync(PlannedBlob blob, long offset, Stream content, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[100];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            buffer.AsSpan(0, read).CopyTo(_bytes.AsSpan((int)offset));
            offset += read;
            position.Reach(offset);
        }
    }

    public bool MayContinueAfter(MirrorException failure) => false;

    public Task SealAsync(PlannedBlob blob, CancellationToken cancellationToken)
    {
        _isSealed = true;
        return Task.CompletedTask;
    }

    public Task RejectAsync(PlannedBlob blob, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ImmutableArray<PlannedBlob>> PublishAsync(
        PlannedPublication publication,
        ImmutableArray<ReadOnlyMemory<byte>> manifests,
        CancellationToken cancellationToken) => throw new NotSupportedException();
}
