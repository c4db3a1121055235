using System.Globalization;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Report;

/// <summary>The archives of a page: their sizes as a chart, their releases, their images.</summary>
internal static class HtmlArchives
{
    /// <summary>A table that is a chart: the largest first, a bar for each, the numbers beside it.</summary>
    public static void AddChart(HtmlText page, MirrorPlan plan)
    {
        // A sync makes no files; then the images themselves are what there is to compare.
        bool areFiles = plan.Archives.Any(archive => archive.FileBytes > 0);
        (string Name, int? Images, long Bytes)[] rows =
        [
            .. plan.Archives
                .Select(archive =>
                    (archive.Name, (int?)archive.ImageCount, areFiles ? archive.FileBytes : Sum(archive)))
                .Concat(plan.Files.Select(file => (file.Name, (int?)null, file.Bytes)))
                .OrderByDescending(row => row.Item3)
                .ThenBy(row => row.Item1, StringComparer.Ordinal),
        ];
        long total = rows.Sum(row => row.Bytes);
        long largest = long.Max(1, rows.Select(row => row.Bytes).DefaultIfEmpty().Max());
        string size = areFiles ? "Size" : "Size of its images";
        page.Add($"<section>");
        page.Add($"<h2>Archives and their sizes</h2>");
        page.Add($"<table class=\"chart\">");
        page.Add($"<thead><tr><th scope=\"col\">Archive</th><td class=\"bar\"></td>");
        page.Add($"<th scope=\"col\" class=\"number\">Images</th><th scope=\"col\" class=\"number\">{size}</th>");
        page.Add($"<th scope=\"col\" class=\"number\">Share</th></tr></thead><tbody>");
        foreach ((string name, int? images, long bytes) in rows)
        {
            page.Add($"<tr><th scope=\"row\">{name:wrap}</th>");
            page.Add($"<td class=\"bar\" aria-hidden=\"true\">");
            page.Add($"<span><i style=\"width:{Percent(bytes, largest)}%\"></i></span></td>");
            page.Add($"<td class=\"number images\">{Number(images)}</td>");
            page.Add($"<td class=\"number\">{ByteCount.Format(bytes)}</td>");
            page.Add($"<td class=\"number share\">{Percent(bytes, total)}&#160;%</td></tr>");
        }

        page.Add($"</tbody><tfoot><tr><th scope=\"row\">Total</th><td class=\"bar\"></td>");
        page.Add($"<td class=\"number images\">{Number(plan.ImageCount)}</td>");
        page.Add($"<td class=\"number\">{ByteCount.Format(total)}</td><td class=\"number share\"></td></tr></tfoot>");
        page.Add($"</table>");
        page.Add($"</section>");
    }

    /// <summary>Versions and channels of each archive that has some.</summary>
    public static void AddReleases(HtmlText page, MirrorPlan plan)
    {
        ImmutableArray<ArchiveReleases> releases = ArchiveReleases.Find(plan);
        if (releases.IsEmpty)
        {
            return;
        }

        page.Add($"<section>");
        page.Add($"<h2>Versions and channels</h2>");
        page.Add($"<table class=\"releases\">");
        page.Add($"<thead><tr><th scope=\"col\">Archive</th><th scope=\"col\">Versions</th>");
        page.Add($"<th scope=\"col\">Channels</th></tr></thead><tbody>");
        foreach (ArchiveReleases archive in releases)
        {
            page.Add($"<tr><th scope=\"row\">{archive.Archive:wrap}</th>");
            AddTags(page, archive.Versions);
            AddTags(page, archive.Channels);
            page.Add($"</tr>");
        }

        page.Add($"</tbody></table>");
        page.Add($"</section>");
    }

    /// <summary>Every image, folded up by archive.</summary>
    public static void AddImages(HtmlText page, MirrorPlan plan)
    {
        page.Add($"<section>");
        page.Add($"<h2>Images</h2>");
        foreach (PlannedArchive archive in plan.Archives)
        {
            page.Add($"<details><summary>{archive.Name:wrap}");
            page.Add($"<span class=\"count\">{archive.ImageCount}</span></summary>");
            HtmlTable.Add(
                page,
                $"Images of {archive.Name}",
                ["Image", "@Digest", "#Size", "Why"],
                archive.Layouts.SelectMany(layout => layout.Images).Select(image => ImmutableArray.Create(
                    $"{image.Repository}:{image.Tag}",
                    image.Digest.ToString(),
                    ByteCount.Format(image.TotalBytes),
                    image.Reason)));
            page.Add($"</details>");
        }

        page.Add($"</section>");
    }

    private static long Sum(PlannedArchive archive) =>
        archive.Layouts.Sum(layout => layout.Images.Sum(image => image.TotalBytes));

    private static void AddTags(HtmlText page, ImmutableArray<string> tags)
    {
        if (tags.IsEmpty)
        {
            page.Add($"<td class=\"none\">none</td>");
            return;
        }

        page.Add($"<td><ul class=\"tags\">");
        foreach (string tag in tags)
        {
            page.Add($"<li>{tag}</li>");
        }

        page.Add($"</ul></td>");
    }

    private static string Number(int? number) => $"{number?.ToString("N0", CultureInfo.InvariantCulture)}";

    private static string Percent(long part, long whole) => whole == 0
        ? "0.0"
        : (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture);
}
