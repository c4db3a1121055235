using System.Security.Cryptography;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Transfer;

/// <summary>
/// Where content goes. Held is not verified: only a sealed blob is complete. Safe for concurrent use.
/// </summary>
internal interface IContentSink
{
    /// <summary>Whether a write that broke may go on where it stopped; otherwise it starts over.</summary>
    bool KeepsPartial { get; }

    /// <summary>
    /// Whether the whole blob is here from an earlier run and only has to be hashed, which needs no connection.
    /// </summary>
    bool HoldsUnproven(PlannedBlob blob) => false;

    /// <summary>
    /// How much of the blob is here: nothing, a verified whole, or a prefix, fed into the hash. Asked again after each
    /// seal, until nothing is left to do.
    /// </summary>
    ValueTask<HeldContent> HeldAsync(PlannedBlob blob, IncrementalHash hash, CancellationToken cancellationToken);

    /// <summary>Writes content at an offset of the blob, to the end of the stream.</summary>
    Task WriteAsync(PlannedBlob blob, long offset, Stream content, CancellationToken cancellationToken);

    /// <summary>Whether writing again may help after this failure.</summary>
    bool MayContinueAfter(MirrorException failure);

    /// <summary>Declares what was written last complete: size and digest were checked.</summary>
    Task SealAsync(PlannedBlob blob, CancellationToken cancellationToken);

    /// <summary>Drops what is held: size or digest was wrong.</summary>
    Task RejectAsync(PlannedBlob blob, CancellationToken cancellationToken);

    /// <summary>Makes a tag visible; its blobs are sealed, and all tags of earlier stages are visible.</summary>
    /// <returns>
    /// None: the tag is visible. Else blobs that the sink was wrong to believe that it has, none of them a second time:
    /// move them one after the other, then publish again.
    /// </returns>
    Task<ImmutableArray<PlannedBlob>> PublishAsync(
        PlannedPublication publication,
        ImmutableArray<ReadOnlyMemory<byte>> manifests,
        CancellationToken cancellationToken);
}

/// <summary>How much of a blob a sink already has.</summary>
/// <param name="Bytes">The length of the prefix that was fed into the hash; 0 when nothing is held.</param>
/// <param name="IsSealed">Whether the whole blob is there and was verified: nothing is left to do.</param>
internal readonly record struct HeldContent(long Bytes, bool IsSealed);
