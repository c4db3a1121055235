using System.Collections.Immutable;
using System.Security.Cryptography;
using Mirror.Engine;
using Mirror.Engine.Plan;
using Mirror.Engine.Transfer;

namespace Mirror.Benchmarks.Micro;

/// <summary>Forgets a blob when it is sealed, so that it can be written again; for one blob at a time.</summary>
internal sealed class RepeatableSink(IContentSink sink) : IContentSink
{
    private bool _isDone;

    public bool KeepsPartial => sink.KeepsPartial;

    public ValueTask<HeldContent> HeldAsync(
        PlannedBlob blob, IncrementalHash hash, CancellationToken cancellationToken)
    {
        if (!_isDone)
        {
            return sink.HeldAsync(blob, hash, cancellationToken);
        }

        _isDone = false;
        return ValueTask.FromResult(new HeldContent(blob.Size, IsSealed: true));
    }

    public Task WriteAsync(PlannedBlob blob, long offset, Stream content, CancellationToken cancellationToken) =>
        sink.WriteAsync(blob, offset, content, cancellationToken);

    public bool MayContinueAfter(MirrorException failure) => sink.MayContinueAfter(failure);

    public Task SealAsync(PlannedBlob blob, CancellationToken cancellationToken)
    {
        _isDone = true;
        return sink.RejectAsync(blob, cancellationToken);
    }

    public Task RejectAsync(PlannedBlob blob, CancellationToken cancellationToken) =>
        sink.RejectAsync(blob, cancellationToken);

    public Task<ImmutableArray<PlannedBlob>> PublishAsync(
        PlannedPublication publication,
        ImmutableArray<ReadOnlyMemory<byte>> manifests,
        CancellationToken cancellationToken) => sink.PublishAsync(publication, manifests, cancellationToken);
}
