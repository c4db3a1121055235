namespace Mirror.Engine;

/// <summary>The form of a bundle (docs/bundle-format.md). Both forms are always read.</summary>
public enum BundleFormat
{
    /// <summary>Entry names are repository paths, as d8 0.33 writes them.</summary>
    PathPreserving,

    /// <summary>Form and content of d8 0.25.2: no prefixes, channel tags in all four platform layouts.</summary>
    Legacy025,
}
