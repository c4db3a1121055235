namespace Mirror.Engine.Archives;

/// <summary>How a layer is packed.</summary>
internal enum Packing
{
    /// <summary>Not at all, or in a way that nothing here reads.</summary>
    None,

    /// <summary>With gzip.</summary>
    Gzip,

    /// <summary>With Zstandard.</summary>
    Zstandard,
}
