namespace Mirror.Engine.Tests.Bundles;

/// <summary>How the bundle that a test breaks was written.</summary>
internal enum BundleForm
{
    /// <summary>Whole archives without inventories, as d8 writes them.</summary>
    OfD8,

    /// <summary>Chunks without inventories.</summary>
    ChunksOfD8,

    /// <summary>Whole archives with inventories.</summary>
    Ours,

    /// <summary>Chunks with inventories.</summary>
    OurChunks,
}
