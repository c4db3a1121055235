using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Bundles.Format;

/// <summary>
/// Turns a plan into archives with the offset of every entry: layouts by path; in each the layout's own two files, then
/// its blobs by digest. Pure: the same plan gives the same bytes.
/// </summary>
internal static class BundleLayout
{
    /// <summary>The layouts of all archives, in the order of the plan.</summary>
    public static ImmutableArray<ArchiveLayout> Create(MirrorPlan plan, long chunkBytes = 0)
    {
        CheckNames(plan);
        return [.. plan.Archives.Select(archive => Create(archive) with { ChunkBytes = chunkBytes })];
    }

    public static MirrorPlan WithSizes(MirrorPlan plan) => plan with
    {
        Archives = [.. plan.Archives.Select(archive => archive with { FileBytes = LengthOf(archive) })],
    };

    /// <summary>The fingerprint alone, as the archive of a plan will have it.</summary>
    public static string FingerprintOf(PlannedArchive archive)
    {
        using Fingerprint fingerprint = new();
        foreach (PlannedLayout layout in archive.Layouts.OrderBy(layout => layout.Path, StringComparer.Ordinal))
        {
            string prefix = layout.Path.Length == 0 ? "" : layout.Path + "/";
            Add(LayoutFiles.LayoutName, LayoutFiles.Layout.Span);
            Add(LayoutFiles.IndexName, LayoutFiles.Index(layout.Images, layout.DeltaBase));
            foreach (PlannedBlob blob in layout.Blobs.OrderBy(blob => blob.Digest))
            {
                fingerprint.Add(ArchiveEntry.BlobPath(prefix, blob.Digest), blob.Size, blob.Digest);
            }

            void Add(string name, ReadOnlySpan<byte> content) =>
                fingerprint.Add(prefix + name, content.Length, Digest.OfSha256(content));
        }

        return fingerprint.ToText();
    }

    /// <summary>The length alone, which a plan of many images must not hold every header and index for.</summary>
    private static long LengthOf(PlannedArchive archive)
    {
        long length = TarHeader.EndSize;
        foreach (PlannedLayout layout in archive.Layouts)
        {
            string prefix = layout.Path.Length == 0 ? "" : layout.Path + "/";
            Add(prefix + LayoutFiles.LayoutName, LayoutFiles.Layout.Length);
            Add(prefix + LayoutFiles.IndexName, LayoutFiles.IndexLength(layout.Images, layout.DeltaBase));
            foreach (PlannedBlob blob in layout.Blobs)
            {
                Add(ArchiveEntry.BlobPath(prefix, blob.Digest), blob.Size);
            }
        }

        return length;

        void Add(string path, long size) => length += TarHeader.SizeOf(path) + TarHeader.Padded(size);
    }

    private static ArchiveLayout Create(PlannedArchive archive)
    {
        ImmutableArray<PlannedLayout> layouts =
            archive.Layouts.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        ImmutableArray<ArchiveEntry>.Builder entries =
            ImmutableArray.CreateBuilder<ArchiveEntry>(layouts.Sum(layout => layout.Blobs.Length + 2));
        using Fingerprint fingerprint = new();
        long offset = 0;
        string? previousPath = null;
        foreach (PlannedLayout layout in layouts)
        {
            CheckPath(archive.Name, layout.Path, previousPath);
            previousPath = layout.Path;
            string prefix = layout.Path.Length == 0 ? "" : layout.Path + "/";
            Add(Metadata(prefix, LayoutFiles.LayoutName, LayoutFiles.Layout));
            Add(Metadata(prefix, LayoutFiles.IndexName, LayoutFiles.Index(layout.Images, layout.DeltaBase)));
            foreach (PlannedBlob blob in SortedBlobs(archive.Name, layout))
            {
                Add(new ArchiveEntry { Prefix = prefix, Size = blob.Size, Digest = blob.Digest });
            }
        }

        return new ArchiveLayout(
            archive.Name,
            offset + TarHeader.EndSize,
            entries.MoveToImmutable(),
            fingerprint.ToText());

        void Add(ArchiveEntry entry)
        {
            string path = entry.Path;
            long data = offset + TarHeader.SizeOf(path);
            entries.Add(entry with { HeaderOffset = offset, DataOffset = data });
            offset = data + TarHeader.Padded(entry.Size);
            Digest digest = entry.IsBlob ? entry.Digest : Digest.OfSha256(entry.Content.Span);
            fingerprint.Add(path, entry.Size, digest);
        }
    }

    private static ArchiveEntry Metadata(string prefix, string name, ReadOnlyMemory<byte> content) =>
        new() { Prefix = prefix, FileName = name, Size = content.Length, Content = content };

    /// <summary>Names become paths of this machine, so nothing but a plain archive name passes.</summary>
    private static void CheckNames(MirrorPlan plan)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (string name in plan.Archives.Select(archive => archive.Name))
        {
            if (!BundleNames.IsArchive(name) || !names.Add(name))
            {
                throw MirrorException.Defect($"The plan has archive '{name}' twice, or its name is malformed.");
            }
        }
    }

    private static void CheckPath(string archive, string path, string? previous)
    {
        if (path.Length > 0 && !RepositoryName.IsValid(path))
        {
            throw MirrorException.Defect(
                $"The plan of {archive} has a layout '{path}', which is not a valid repository path.");
        }

        if (path == previous)
        {
            throw MirrorException.Defect($"The plan of {archive} has the layout '{path}' twice.");
        }
    }

    /// <summary>The blobs by digest, after proving that each is there once and every manifest is among them.</summary>
    private static ImmutableArray<PlannedBlob> SortedBlobs(string archive, PlannedLayout layout)
    {
        ImmutableArray<PlannedBlob> blobs =
            layout.Blobs.Sort((left, right) => left.Digest.CompareTo(right.Digest));
        HashSet<Digest> known = new(blobs.Length);
        foreach (PlannedBlob blob in blobs)
        {
            if (!known.Add(blob.Digest))
            {
                throw MirrorException.Defect(
                    $"The plan of {archive} has {blob.Digest} twice in the layout '{layout.Path}'.");
            }
        }

        foreach (PlannedImage image in layout.Images)
        {
            if (!known.Contains(image.Digest))
            {
                throw MirrorException.Defect(
                    $"The plan of {archive} names {image.Reference} but not its manifest {image.Digest}.");
            }
        }

        return blobs;
    }
}
