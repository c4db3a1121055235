using System.Collections.Immutable;

namespace Mirror.Engine.Bundles.Journal;

/// <summary>What a journal says, up to its first line that is not whole. A hint: nothing of it is proven.</summary>
/// <param name="Header">The archive.</param>
/// <param name="Written">Blobs that were verified, in the order they were recorded.</param>
/// <param name="DurableCount">How many of them, from the first, were flushed before that was recorded.</param>
/// <param name="Begun">Blobs of which only the first bytes came.</param>
internal sealed record JournalContent(
    JournalHeader Header,
    ImmutableArray<JournalExtent> Written,
    int DurableCount,
    ImmutableArray<JournalExtent> Begun);
