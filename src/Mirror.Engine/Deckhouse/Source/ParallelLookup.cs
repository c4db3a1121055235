namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// Many small look-ups at once, results in the order of the items: planning is bound by round trips. The connection
/// limit of the host is the transport's business; the bound here only keeps the number of waiting tasks small. What
/// the source lacks is gathered from all items; a registry that fails ends the look-ups at once.
/// </summary>
internal static class ParallelLookup
{
    private const int Degree = 32;

    /// <summary>Looks everything up.</summary>
    /// <exception cref="MirrorException">
    /// The faults of all items whose content is absent or broken, in their order; or the first other failure.
    /// </exception>
    public static async Task<ImmutableArray<TResult>> SelectAsync<TItem, TResult>(
        IEnumerable<TItem> items,
        Func<TItem, CancellationToken, Task<TResult>> lookup,
        CancellationToken cancellationToken)
    {
        TItem[] all = [.. items];
        TResult[] results = new TResult[all.Length];
        MirrorException?[] failures = new MirrorException?[all.Length];
        ParallelOptions options = new() { MaxDegreeOfParallelism = Degree, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, all.Length),
            options,
            async (index, token) =>
            {
                try
                {
                    results[index] = await lookup(all[index], token).ConfigureAwait(false);
                }
                catch (MirrorException failure) when (DeckhouseFaults.AreOfContent(failure))
                {
                    failures[index] = failure;
                }
            }).ConfigureAwait(false);
        MirrorException[] lacks = [.. failures.OfType<MirrorException>()];
        return lacks.Length switch
        {
            0 => [.. results],
            1 => throw lacks[0],
            _ => throw new MirrorException([.. lacks.SelectMany(lack => lack.Faults).Distinct()]),
        };
    }
}
