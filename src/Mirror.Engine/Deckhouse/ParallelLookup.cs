using System.Collections.Immutable;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Many small look-ups at once, results in the order of the items: planning is bound by round trips. The connection
/// limit of the host is the transport's business; the bound here only keeps the number of waiting tasks small.
/// </summary>
internal static class ParallelLookup
{
    private const int Degree = 32;

    public static async Task<ImmutableArray<TResult>> SelectAsync<TItem, TResult>(
        IEnumerable<TItem> items,
        Func<TItem, CancellationToken, Task<TResult>> lookup,
        CancellationToken cancellationToken)
    {
        TItem[] all = [.. items];
        TResult[] results = new TResult[all.Length];
        ParallelOptions options = new() { MaxDegreeOfParallelism = Degree, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, all.Length),
            options,
            async (index, token) => results[index] = await lookup(all[index], token).ConfigureAwait(false))
            .ConfigureAwait(false);
        return [.. results];
    }
}
