using Mirror.Engine.Plan;

namespace Mirror.Engine.Transfer;

/// <summary>Where content comes from. Safe for concurrent use.</summary>
internal interface IContentSource
{
    /// <summary>Opens a blob at an offset. The stream ends early or throws when the source breaks.</summary>
    ValueTask<Stream> OpenAsync(PlannedBlob blob, long offset, CancellationToken cancellationToken);

    /// <summary>Whether opening again, at the byte that was reached, may help after this failure.</summary>
    bool MayContinueAfter(MirrorException failure);

    /// <summary>
    /// Whether other blobs may well be had although this one failed for good: the run then goes on with them, where the
    /// sink keeps what it has.
    /// </summary>
    bool IsOfOneBlob(MirrorException failure);

    /// <summary>The fault of a blob that came as something else, twice.</summary>
    Fault Mismatch(PlannedBlob blob, Digest actual);
}
