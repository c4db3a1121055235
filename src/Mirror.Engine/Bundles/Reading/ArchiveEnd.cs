namespace Mirror.Engine.Bundles.Reading;

/// <summary>What follows the last entry of an archive.</summary>
internal enum ArchiveEnd
{
    /// <summary>The end mark, and at most padding after it.</summary>
    Proper,

    /// <summary>Half an end mark: all entries are there.</summary>
    Short,

    /// <summary>Something that is not padding after the end mark.</summary>
    Tail,
}
