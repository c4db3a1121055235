using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Mirror.Engine.Plan;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Tests.Transfer;

/// <summary>Keeps blobs in memory, and what was sealed and rejected.</summary>
internal sealed class MemorySink : IContentSink
{
    private readonly ConcurrentDictionary<Digest, byte[]> _held = new();
    private readonly ConcurrentDictionary<Digest, bool> _sealed = new();
    private readonly ConcurrentDictionary<Digest, int> _seals = new();
    private readonly ConcurrentQueue<PlannedPublication> _published = new();
    private int _rejections;

    /// <summary>Told of each rejection, before what is held is dropped.</summary>
    public Action<PlannedBlob>? Rejecting { get; set; }

    /// <summary>Told of each blob that is sealed.</summary>
    public Action<PlannedBlob>? Sealing { get; set; }

    /// <summary>Told of each tag.</summary>
    public Action<PlannedPublication>? Publishing { get; set; }

    /// <summary>How often each blob must be written and sealed before it is there.</summary>
    public int Places { get; init; } = 1;

    public int Rejections => _rejections;

    public IReadOnlyCollection<PlannedPublication> Published => _published;

    public bool KeepsPartial { get; init; } = true;

    public bool MayContinueAfter(MirrorException failure) => false;

    /// <summary>Blobs that are held whole and were not sealed.</summary>
    public bool HoldsUnproven(PlannedBlob blob) => Held(blob).Length == blob.Size && !IsSealed(blob);

    public byte[] Held(PlannedBlob blob) => _held.GetValueOrDefault(blob.Digest, []);

    public bool IsSealed(PlannedBlob blob) => _sealed.ContainsKey(blob.Digest);

    public void Keep(PlannedBlob blob, byte[] content, bool isSealed)
    {
        _held[blob.Digest] = content;
        if (isSealed)
        {
            _sealed[blob.Digest] = true;
        }
    }

    public ValueTask<HeldContent> HeldAsync(
        PlannedBlob blob, IncrementalHash hash, CancellationToken cancellationToken)
    {
        byte[] held = Held(blob);
        hash.AppendData(held);
        return ValueTask.FromResult(new HeldContent(held.Length, IsSealed(blob)));
    }

    public async Task WriteAsync(PlannedBlob blob, long offset, Stream content, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[16];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            _held[blob.Digest] = [.. Held(blob)[..(int)offset], .. buffer[..read]];
            offset += read;
        }
    }

    public Task SealAsync(PlannedBlob blob, CancellationToken cancellationToken)
    {
        Sealing?.Invoke(blob);
        int seals = _seals.AddOrUpdate(blob.Digest, 1, static (_, count) => count + 1);
        if (seals == Places)
        {
            _sealed[blob.Digest] = true;
        }
        else
        {
            _held.TryRemove(blob.Digest, out _);
        }

        return Task.CompletedTask;
    }

    public Task RejectAsync(PlannedBlob blob, CancellationToken cancellationToken)
    {
        Rejecting?.Invoke(blob);
        Interlocked.Increment(ref _rejections);
        _held.TryRemove(blob.Digest, out _);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<PlannedBlob>> PublishAsync(
        PlannedPublication publication,
        ImmutableArray<ReadOnlyMemory<byte>> manifests,
        CancellationToken cancellationToken)
    {
        Publishing?.Invoke(publication);
        _published.Enqueue(publication);
        return Task.FromResult<ImmutableArray<PlannedBlob>>([]);
    }
}
