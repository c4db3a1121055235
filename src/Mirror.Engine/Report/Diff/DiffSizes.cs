using Mirror.Engine.Plan;

namespace Mirror.Engine.Report.Diff;

/// <summary>
/// Counts bytes, each piece of content once. An image is its digest: what one side knows of it holds for the other. Of
/// an image whose pieces nobody knows, the size counts whole; without a size it is only counted.
/// </summary>
internal sealed class DiffSizes
{
    private readonly Dictionary<Digest, ImmutableArray<DiffPiece>> _pieces = [];
    private readonly Dictionary<Digest, long> _sizes = [];
    private readonly Dictionary<Digest, bool> _onBothSides = [];
    private readonly ILookup<string, Digest> _before;
    private readonly ILookup<string, Digest> _after;

    public DiffSizes(
        DiffSide from,
        DiffSide to,
        SortedDictionary<TagPlace, TaggedImage> before,
        SortedDictionary<TagPlace, TaggedImage> after)
    {
        foreach (Digest image in before.Values.Concat(after.Values).Select(image => image.Digest))
        {
            if (from.Pieces.TryGetValue(image, out ImmutableArray<DiffPiece> pieces)
                || to.Pieces.TryGetValue(image, out pieces))
            {
                _pieces[image] = pieces;
            }
            else if (from.Sizes.TryGetValue(image, out long size) || to.Sizes.TryGetValue(image, out size))
            {
                _sizes[image] = size;
            }
        }

        // Which content each side has: false for one of them, true for both.
        Collect(before.Values, after.Values);
        _before = before.Values.ToLookup(image => image.Archive, image => image.Digest, StringComparer.Ordinal);
        _after = after.Values.ToLookup(image => image.Archive, image => image.Digest, StringComparer.Ordinal);
    }

    /// <summary>What it comes to over all archives.</summary>
    public DiffedBytes Total() => Count(
        _before.SelectMany(archive => archive), _after.SelectMany(archive => archive));

    /// <summary>What it comes to in one archive, compared with all content of the other side.</summary>
    public DiffedBytes In(string archive) => Count(_before[archive], _after[archive]);

    private void Collect(IEnumerable<TaggedImage> before, IEnumerable<TaggedImage> after)
    {
        foreach (Digest digest in DigestsOf(before))
        {
            _onBothSides[digest] = false;
        }

        // Content of the state after alone is not in the dictionary.
        foreach (Digest digest in DigestsOf(after))
        {
            if (_onBothSides.ContainsKey(digest))
            {
                _onBothSides[digest] = true;
            }
        }
    }

    private IEnumerable<Digest> DigestsOf(IEnumerable<TaggedImage> images) => images.SelectMany(image =>
        _pieces.TryGetValue(image.Digest, out ImmutableArray<DiffPiece> pieces)
            ? pieces.Select(piece => piece.Digest)
            : [image.Digest]);

    private DiffedBytes Count(IEnumerable<Digest> before, IEnumerable<Digest> after)
    {
        long added = 0;
        long known = 0;
        long gone = 0;
        bool isExact = true;
        int unknown = 0;
        HashSet<Digest> images = [];
        HashSet<Digest> seen = [];
        foreach ((Digest image, bool isAfter) in after.Select(image => (image, true))
            .Concat(before.Select(image => (image, false))).Where(pair => images.Add(pair.Item1)))
        {
            if (!_pieces.TryGetValue(image, out ImmutableArray<DiffPiece> pieces))
            {
                isExact = false;
                unknown += _sizes.TryGetValue(image, out long size) ? 0 : 1;
                pieces = [new DiffPiece(image, size)];
            }

            foreach (DiffPiece piece in pieces)
            {
                if (seen.Add(piece.Digest))
                {
                    bool isOnBoth = _onBothSides.GetValueOrDefault(piece.Digest);
                    added += isAfter && !isOnBoth ? piece.Size : 0;
                    known += isAfter && isOnBoth ? piece.Size : 0;
                    gone += isAfter || isOnBoth ? 0 : piece.Size;
                }
            }
        }

        return new DiffedBytes(added, known, gone, isExact, unknown);
    }
}
