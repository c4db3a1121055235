namespace Mirror.TestKit.Seeded;

/// <summary>What a seeded source looks like. The same options give the same digests, always and everywhere.</summary>
public sealed record SeededSourceOptions
{
    /// <summary>The seed of every layer.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// The bytes of all distinct large layers together, exactly; manifests, configurations and small layers with
    /// metadata come on top (about 2 KB per image).
    /// </summary>
    public long TotalBytes { get; init; } = 200_000_000;

    /// <summary>How many references (tags and untagged images) there are, exactly.</summary>
    public int References { get; init; } = 200;

    /// <summary>The share, 0 to 1, of large layers taken from a common pool; each is used about 8 times.</summary>
    public double SharedShare { get; init; } = 0.6;

    /// <summary>How many modules there are; every second one has an extra image.</summary>
    public int Modules { get; init; } = 4;

    /// <summary>
    /// Sizes of the layers of one more database image, beside <see cref="TotalBytes"/>; empty: there is no such image.
    /// </summary>
    public IReadOnlyList<long> DatabaseLayers { get; init; } = [];
}
