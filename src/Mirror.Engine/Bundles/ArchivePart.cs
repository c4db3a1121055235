namespace Mirror.Engine.Bundles;

/// <summary>One file of an archive: the archive itself, or a chunk.</summary>
/// <param name="Name">Its name after the commit.</param>
/// <param name="Offset">Where it begins in the archive.</param>
/// <param name="Length">Its length.</param>
internal sealed record ArchivePart(string Name, long Offset, long Length)
{
    /// <summary>Its name until the commit.</summary>
    public string StagedName => BundleNames.Part(Name);
}
