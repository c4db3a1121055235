namespace Mirror.Engine.Oci;

/// <summary>
/// Goes through an image, from its manifest down to all that indexes name. The one judge of whether these fit together,
/// whether they come from a registry or out of an archive: what a pull takes, a verification and a push take as well.
/// </summary>
internal sealed class ManifestWalk
{
    private readonly Dictionary<Digest, Manifest?> _met = [];
    private readonly Stack<Level> _open = new();
    private readonly List<Manifest> _done = [];

    private Descriptor? _asked;

    public ManifestWalk(Manifest root) => Enter(root);

    /// <summary>The index that names what <see cref="Next"/> gave.</summary>
    public Manifest Parent => _open.Peek().Manifest;

    /// <summary>All manifests, an index before those it names; complete when <see cref="Next"/> has no more.</summary>
    public ImmutableArray<Manifest> Manifests => [.. Enumerable.Reverse(_done)];

    /// <summary>
    /// Compares a manifest with a descriptor that names it. The digest is compared by whoever read the manifest.
    /// </summary>
    /// <exception cref="FormatException">They contradict each other.</exception>
    public static void Check(Descriptor named, Manifest found)
    {
        Descriptor actual = found.Descriptor;
        if (named.Size != actual.Size)
        {
            throw new FormatException(
                $"{actual.Digest} has {actual.Size} bytes, but its descriptor says {named.Size}.");
        }

        if (named.MediaType.Length > 0 && named.MediaType != actual.MediaType)
        {
            throw new FormatException(
                $"{actual.Digest} is of type {actual.MediaType}, but its descriptor says {named.MediaType}.");
        }
    }

    /// <summary>The next manifest to find; <see langword="null"/>: there is none left.</summary>
    /// <exception cref="FormatException">An index contradicts what it names.</exception>
    public Descriptor? Next()
    {
        while (_open.TryPeek(out Level? level))
        {
            while (level.Left > 0)
            {
                Descriptor child = level.Manifest.Children[--level.Left];

                // Not entered again: indexes that name each other many times would never come to an end.
                if (_met.TryAdd(child.Digest, null))
                {
                    return _asked = child;
                }

                if (_met[child.Digest] is { } known)
                {
                    Check(child, known);
                }
            }

            _done.Add(_open.Pop().Manifest);
        }

        return null;
    }

    /// <summary>Takes the manifest that <see cref="Next"/> asked for.</summary>
    /// <exception cref="FormatException">It is nested too deeply, or is not what its index says.</exception>
    public void Enter(Manifest manifest)
    {
        if (_open.Count > OciLimits.IndexDepth)
        {
            throw new FormatException(
                $"indexes are nested too deeply: {manifest.Descriptor.Digest} is below more than "
                    + $"{OciLimits.IndexDepth} others.");
        }

        if (_asked is { } named)
        {
            Check(named, manifest);
        }

        _met[manifest.Descriptor.Digest] = manifest;
        _open.Push(new Level(manifest) { Left = manifest.Children.Length });
    }

    /// <summary>An index that is gone through from its end, so that turning all around gives its own order.</summary>
    private sealed class Level(Manifest manifest)
    {
        public Manifest Manifest => manifest;

        public int Left { get; set; }
    }
}
