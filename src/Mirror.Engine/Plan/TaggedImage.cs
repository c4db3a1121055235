namespace Mirror.Engine.Plan;

/// <summary>A tag and what it stands for: wanted by a lock, carried by a bundle, or present at a target.</summary>
/// <param name="Archive">The file name of the archive.</param>
/// <param name="Path">The path of its layout.</param>
/// <param name="Tag">The tag; for an image that is named by digest, its 64 hex digits.</param>
/// <param name="Digest">The manifest that the tag stands for.</param>
internal sealed record TaggedImage(string Archive, string Path, string Tag, Digest Digest)
{
    /// <summary>The images of a plan; the tags that a push adds to them do not count.</summary>
    public static IEnumerable<TaggedImage> In(MirrorPlan plan) =>
        from archive in plan.Archives
        from layout in archive.Layouts
        from image in layout.Images
        where !image.IsAdded
        select new TaggedImage(archive.Name, layout.Path, image.Tag, image.Digest);

    /// <summary>The images of archives that were read.</summary>
    public static IEnumerable<TaggedImage> In(IEnumerable<ArchiveContent> archives) =>
        from archive in archives
        from layout in archive.Layouts
        from image in layout.Images
        where !image.IsAdded
        select new TaggedImage(archive.Name, layout.Path, image.ShortTag, image.Digest);
}
