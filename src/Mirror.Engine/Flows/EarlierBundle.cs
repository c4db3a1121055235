using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Disk;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Flows;

/// <summary>The bundle that is in a folder before a run, by its inventories.</summary>
internal static class EarlierBundle
{
    /// <summary>As <see cref="Read"/>, on a thread of its own: nobody needs it before there is a plan.</summary>
    public static async Task<ImmutableArray<TaggedImage>?> ReadAsync(IDisk disk, string directory)
    {
        using DiskThread thread = new("earlier bundle");
        return await thread.RunAsync(() => Read(disk, directory)).ConfigureAwait(false);
    }

    /// <summary>
    /// Its images; <see langword="null"/> when there is no bundle of ours, or not all of its inventories can be read,
    /// or a pull is publishing another one, whose commit may have been interrupted: then nothing can be called new.
    /// </summary>
    private static ImmutableArray<TaggedImage>? Read(IDisk disk, string directory)
    {
        BundleFolder folder = new(disk, directory);
        if (folder.Exists(BundleNames.Commit)
            || folder.Read(BundleNames.Index) is not { } content
            || BundleJson.ReadIndex(content) is not { } index)
        {
            return null;
        }

        ImmutableArray<TaggedImage>? images = ReadImages(folder, index);

        // A plan holds no lock: what was published while it read is a mixture of two bundles.
        return folder.Exists(BundleNames.Commit)
            || folder.Read(BundleNames.Index) is not { } now || !now.AsSpan().SequenceEqual(content)
                ? null
                : images;
    }

    private static ImmutableArray<TaggedImage>? ReadImages(BundleFolder folder, BundleIndex index)
    {
        ImmutableArray<TaggedImage>.Builder images = ImmutableArray.CreateBuilder<TaggedImage>();
        foreach (IndexedArchive archive in index.Archives)
        {
            if (!BundleNames.IsArchive(archive.Archive)
                || folder.Read(BundleNames.Inventory(archive.Archive)) is not { } file
                || BundleJson.ReadInventory(file) is not { } inventory)
            {
                return null;
            }

            images.AddRange(
                from layout in inventory.Layouts
                from image in layout.Images
                select new TaggedImage(archive.Archive, layout.Path, image.Tag, image.Digest));
        }

        return images.ToImmutable();
    }
}
