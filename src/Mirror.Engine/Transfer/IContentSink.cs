using System.Security.Cryptography;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Transfer;

/// <summary>Where blobs go. Held is not verified: only a sealed blob is complete. Safe for concurrent use.</summary>
internal interface IContentSink
{
    /// <summary>How much of the blob is here: nothing, a verified whole, or a prefix, fed into the hash.</summary>
    ValueTask<HeldContent> HeldAsync(PlannedBlob blob, IncrementalHash hash, CancellationToken cancellationToken);

    /// <summary>Writes content at an offset of the blob, to the end of the stream.</summary>
    Task WriteAsync(PlannedBlob blob, long offset, Stream content, CancellationToken cancellationToken);

    /// <summary>Declares the blob complete: size and digest were checked. The only way to become complete.</summary>
    Task SealAsync(PlannedBlob blob, CancellationToken cancellationToken);

    /// <summary>Drops what is held: size or digest was wrong.</summary>
    Task RejectAsync(PlannedBlob blob, CancellationToken cancellationToken);

    /// <summary>Makes an image visible; its blobs are sealed.</summary>
    Task PublishAsync(PlannedImage image, CancellationToken cancellationToken);

    /// <summary>Ends a run in which everything went well.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);
}
