namespace Mirror.Engine.Bundles.Format;

/// <summary>One file of an archive: the archive itself, or a chunk.</summary>
/// <param name="Name">Its name after the commit.</param>
/// <param name="Offset">Where it begins in the archive.</param>
/// <param name="Length">Its length.</param>
internal sealed record ArchivePart(string Name, long Offset, long Length)
{
    /// <summary>Its name until the commit.</summary>
    public string StagedName => BundleNames.Part(Name);

    /// <summary>
    /// The files of an archive in order. Every chunk has exactly the chunk size, the last one what is left; an archive
    /// that fits into one chunk is still named as one.
    /// </summary>
    /// <param name="archive">The name of the archive.</param>
    /// <param name="length">Its length, not 0.</param>
    /// <param name="chunkBytes">The largest file; 0: the archive is not split.</param>
    public static ImmutableArray<ArchivePart> Cut(string archive, long length, long chunkBytes)
    {
        if (chunkBytes == 0)
        {
            return [new ArchivePart(archive, 0, length)];
        }

        long count = ((length - 1) / chunkBytes) + 1;
        if (count > ChunkName.MostChunks)
        {
            throw MirrorException.Defect($"{archive} of {length} bytes was to be split into {count} chunks.");
        }

        ImmutableArray<ArchivePart>.Builder parts = ImmutableArray.CreateBuilder<ArchivePart>((int)count);
        for (int number = 0; number < count; number++)
        {
            long offset = number * chunkBytes;
            string name = new ChunkName(archive, number).FileName;
            parts.Add(new ArchivePart(name, offset, Math.Min(chunkBytes, length - offset)));
        }

        return parts.MoveToImmutable();
    }
}
