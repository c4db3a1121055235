using Mirror.Engine.Hashing;

namespace Mirror.Engine.Bundles.Writing;

internal sealed record BundleOptions
{
    /// <summary>The largest file of an archive; 0: archives are not split.</summary>
    public long ChunkBytes { get; init; }

    /// <summary>Whether what an earlier run left is used; else everything of ours starts over.</summary>
    public bool Resume { get; init; } = true;

    /// <summary>Whether what another plan or tool made is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>
    /// Whether a GOST sum is written beside each file of an archive. It is computed while the file fills.
    /// </summary>
    public bool WritesSums { get; init; }

    public GostHasher Hasher { get; init; } = GostHasher.Best;
}
