namespace Mirror.Benchmarks.Trials;

/// <summary>What sources of a line differ in.</summary>
internal enum GrowthUnit
{
    /// <summary>The number of images; the bytes of layers stay.</summary>
    Image,

    /// <summary>The bytes of layers; the number of images stays.</summary>
    Gigabyte,
}
