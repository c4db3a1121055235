namespace Mirror.Engine.Bundles.Format;

/// <summary>One file of an archive, the archive itself or a chunk, by its name after the commit.</summary>
internal sealed record ArchivePart(string Name, long Offset, long Length)
{
    /// <summary>Its name until the commit.</summary>
    public string StagedName => BundleNames.Part(Name);

    /// <summary>
    /// The files of an archive in order. Every chunk has exactly the chunk size, the last one what is left; an archive
    /// that fits into one chunk is still named as one.
    /// </summary>
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
