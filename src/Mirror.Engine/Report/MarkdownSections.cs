using System.Text;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Report;

/// <summary>The parts that reports and summaries in Markdown share.</summary>
internal static class MarkdownSections
{
    public static void AddArchives(StringBuilder text, MirrorPlan plan)
    {
        text.Append("| archive | images | size |\n|---|---:|---:|\n");
        foreach (PlannedArchive archive in plan.Archives)
        {
            text.AddRow(archive.Name, $"{archive.ImageCount}", ByteCount.Format(archive.FileBytes));
        }

        foreach (PlannedFile file in plan.Files)
        {
            text.AddRow(file.Name, "-", ByteCount.Format(file.Bytes));
        }

        text.Append("| **total** | ").Append(plan.ImageCount)
            .Append(" | ").Append(ByteCount.Format(plan.FileBytes)).Append(" |\n\n");
        if (plan.DeltaText is { } delta)
        {
            text.Append(MarkdownText.Escape(delta)).Append("\n\n");
        }
    }

    /// <summary>Versions and channels of each archive that has some.</summary>
    public static void AddReleases(StringBuilder text, MirrorPlan plan)
    {
        ImmutableArray<ArchiveReleases> releases = ArchiveReleases.Find(plan);
        if (releases.IsEmpty)
        {
            return;
        }

        text.Append("| archive | versions | channels |\n|---|---|---|\n");
        foreach (ArchiveReleases archive in releases)
        {
            text.AddRow(
                archive.Archive, string.Join(", ", archive.Versions), string.Join(", ", archive.Channels));
        }

        text.Append('\n');
    }

    /// <summary>Which archives were kept unread.</summary>
    public static void AddBelieved(StringBuilder text, MirrorReport report)
    {
        if (report.Believed is { } believed)
        {
            text.Append(MarkdownText.Escape(believed)).Append("\n\n");
        }
    }

    /// <summary>
    /// What is new since the bundle that was here: only what has a name, and not more than is read.
    /// </summary>
    public static void AddChanges(StringBuilder text, BundleChanges? changes)
    {
        if (changes is null)
        {
            return;
        }

        text.Append($"{changes}").Append("\n\n");
        if (changes.IsEmpty)
        {
            return;
        }

        // What moved comes first: it is short, and it is channels.
        ImmutableArray<(string Kind, ChangedImage Image)> all =
        [
            .. changes.Moved.Select(image => ("moved", image)),
            .. changes.Added.Select(image => ("new", image)),
            .. changes.Gone.Select(image => ("gone", image)),
        ];
        ImmutableArray<(string Kind, ChangedImage Image)> shown =
            [.. all.Where(change => change.Image.IsNamed).Take(MarkdownText.Shown)];
        text.Append("| | image | archive |\n|---|---|---|\n");
        foreach ((string kind, ChangedImage image) in shown)
        {
            text.AddRow(kind, image.Name, image.Archive);
        }

        AddRest(text, all.Length - shown.Length);
        text.Append('\n');
    }

    /// <summary>Says how many lines are not shown.</summary>
    public static void AddRest(StringBuilder text, int count)
    {
        if (count > 0)
        {
            text.Append("\nand ").Append(count).Append(" more\n");
        }
    }
}
