using Mirror.TestKit.Content;

namespace Mirror.TestKit.Seeded;

/// <summary>All large layers of a source, dealt out one by one: some new, some again from the pool.</summary>
internal sealed class LayerDeck
{
    private const int UsesOfCommonLayer = 8;
    private const long SmallestLayer = 1024;

    private readonly SeededBlob[] _layers;
    private readonly int _pool;
    private readonly long _perMille;
    private readonly int _slots;
    private int _slot;
    private int _common;
    private int _unique;

    public LayerDeck(SeededSourceOptions options, SeededShape shape)
    {
        // Whole numbers from here on: no rounding may differ between machines.
        _perMille = (long)Math.Round(options.SharedShare * 1000);
        _slots = shape.Slots;
        var common = (int)(_slots * _perMille / 1000);
        _pool = common == 0 ? 0 : Math.Max(1, common / UsesOfCommonLayer);
        var layers = _pool + _slots - common + shape.Databases;
        var sizes = Sizes((ulong)options.Seed, options.TotalBytes, layers);
        _layers = new SeededBlob[layers];

        // Hashing every byte once is the whole cost of a start, so it is spread over the processors.
        Parallel.For(0, layers, index =>
            _layers[index] = new SeededBlob(SeededBytes.Word((ulong)options.Seed, (ulong)index), sizes[index]));
    }

    /// <summary>The next layer: from the pool as often as the share says, otherwise one never used before.</summary>
    public BlobContent Next()
    {
        var isCommon = (_slot + 1) * _perMille / 1000 > _slot * _perMille / 1000;
        _slot++;
        return isCommon ? _layers[_common++ % _pool] : NextUnique();
    }

    /// <summary>A layer never used before.</summary>
    public BlobContent NextUnique() => _layers[_pool + _unique++];

    /// <summary>Fails when the shape promised another number of layers than were dealt.</summary>
    public void EnsureAllDealt()
    {
        if (_slot != _slots || _pool + _unique != _layers.Length)
        {
            throw new InvalidOperationException($"{_slot} of {_slots} layers were dealt: the shape is wrong.");
        }
    }

    private static long[] Sizes(ulong seed, long total, int count)
    {
        var spare = total - (SmallestLayer * count);
        if (spare < 0)
        {
            throw new ArgumentException($"{count} layers need at least {SmallestLayer * count} bytes.", nameof(total));
        }

        // Squared weights: many small layers, a few large ones, as in real images.
        long[] roots = [.. Enumerable.Range(0, count).Select(index => Weight(seed, index))];
        var sum = roots.Sum(root => root * root);
        long[] sizes = [.. roots.Select(root => SmallestLayer + (spare * root * root / sum))];
        sizes[^1] += total - sizes.Sum();
        return sizes;
    }

    private static long Weight(ulong seed, int index) => 1 + (long)(SeededBytes.Word(~seed, (ulong)index) % 64);
}
