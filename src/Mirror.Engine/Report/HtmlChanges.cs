namespace Mirror.Engine.Report;

/// <summary>What is new in a bundle, as a section of a page; nothing when there was none before.</summary>
internal static class HtmlChanges
{
    public static void AddTo(HtmlText page, BundleChanges? changes)
    {
        if (changes is null)
        {
            return;
        }

        page.Add($"<section>");
        page.Add($"<h2>What is new</h2>");
        page.Add($"<p>{changes.ToString()}</p>");
        AddLists(page, changes.Added, changes.Moved, changes.Gone);
        page.Add($"</section>");
    }

    /// <summary>All tags that change, folded up by what becomes of them.</summary>
    public static void AddLists(
        HtmlText page,
        ImmutableArray<ChangedImage> added,
        ImmutableArray<ChangedImage> moved,
        ImmutableArray<ChangedImage> gone)
    {
        Add(page, "Moved", "text", moved, ["Image", "Archive", "@Digest", "@Was"], image =>
            [image.Name, image.Archive, $"{image.Digest}", $"{image.Was}"]);
        Add(page, "New", "new", added, ["Image", "Archive", "@Digest"], image =>
            [image.Name, image.Archive, $"{image.Digest}"]);
        Add(page, "Gone", "gone", gone, ["Image", "Archive", "@Was"], image =>
            [image.Name, image.Archive, $"{image.Was}"]);
    }

    private static void Add(
        HtmlText page,
        string heading,
        string kind,
        ImmutableArray<ChangedImage> images,
        ImmutableArray<string> columns,
        Func<ChangedImage, ImmutableArray<string>> row)
    {
        if (images.IsEmpty)
        {
            return;
        }

        page.Add($"<details><summary class=\"{kind}\">{heading}");
        page.Add($"<span class=\"count\">{images.Length}</span></summary>");
        HtmlTable.Add(page, heading, columns, images.OrderBy(image => !image.IsNamed).Select(row));
        page.Add($"</details>");
    }
}
