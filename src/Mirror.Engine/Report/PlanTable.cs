using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Report;

/// <summary>
/// A plan as lines for people: one per archive with its size, versions and channels, then the sum. It is what a plan is
/// approved by.
/// </summary>
internal static class PlanTable
{
    private const int ShownVersions = 4;

    /// <summary>The lines of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="work">What is to be done, where it is neither a download nor a push.</param>
    public static ImmutableArray<string> Lines(MirrorPlan plan, string? work = null)
    {
        string[][] rows =
        [
            ["archive", "images", "size", "versions", "channels"],
            .. plan.Archives.Select(Row),
            .. plan.Files.Select(file => new[] { file.Name, "-", Size(file.Bytes), "", "" }),
            ["total", $"{plan.ImageCount}", Size(plan.FileBytes), "", ""],
        ];
        if (rows.Skip(1).All(row => row[3].Length + row[4].Length == 0))
        {
            rows[0][3] = rows[0][4] = "";
        }

        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return
        [
            plan.Target is null ? $"Plan for {plan.Source}:" : $"Plan for {plan.Source} to {plan.Target}:",
            .. rows.Select(row => Line(row, widths)),
            .. Delta(plan),
            work ?? (plan.Target is null ? Downloads(plan) : Tags(plan)),
        ];
    }

    private static IEnumerable<string> Delta(MirrorPlan plan)
    {
        string full = plan.Archives.Any(archive => archive.Full is not null)
            ? $" A full bundle has {ByteCount.Format(plan.FullBytes)}."
            : "";
        return plan.DeltaText is { } text ? [text + full] : [];
    }

    private static string[] Row(PlannedArchive archive)
    {
        ArchiveReleases releases = ArchiveReleases.Find(archive);
        string versions = string.Join(", ", releases.Versions.Take(ShownVersions));
        int rest = releases.Versions.Length - ShownVersions;
        return
        [
            archive.Name,
            $"{archive.ImageCount}",
            Size(archive.FileBytes),
            rest > 0 ? $"{versions} and {rest} more" : versions,
            string.Join(", ", releases.Channels),
        ];
    }

    private static string Downloads(MirrorPlan plan)
    {
        string missing = $"{ByteCount.Format(plan.DownloadBytes)} to download in "
            + $"{ItemCount.Format(plan.Blobs.Length - plan.Held.Length, "blobs")}, each once";
        return plan.Held.IsEmpty
            ? $"{missing}."
            : $"{missing}; already here: {ItemCount.Format(plan.Held.Length, "blobs")} "
                + $"({ByteCount.Format(plan.HeldBytes)}).";
    }

    /// <summary>
    /// How the tags at a target follow from the images: these are counted as in a pull and a verification, by archive.
    /// </summary>
    private static string Tags(MirrorPlan plan)
    {
        int repeated = plan.ImageCount + plan.InstallerTags + plan.DiscoveryTags.Length - plan.Publications.Length;
        return $"{ItemCount.Format(plan.Publications.Length, "tags")} for "
            + ItemCount.Format(plan.ImageCount, "images")
            + Reason(repeated, "images", "of several archives counted once")
            + Reason(plan.InstallerTags, "tags", "install:CHANNEL added")
            + Reason(plan.DiscoveryTags.Length, "names", "for listing added")
            + $"; {ByteCount.Format(plan.TransferBytes)} in {ItemCount.Format(plan.Blobs.Length, "blobs")}.";
    }

    private static string Reason(int count, string nouns, string effect) =>
        count > 0 ? $", {ItemCount.Format(count, nouns)} {effect}" : "";

    /// <summary>A sync makes no files.</summary>
    private static string Size(long bytes) => bytes == 0 ? "-" : ByteCount.Format(bytes);

    private static string Line(string[] row, int[] widths) =>
        ($"  {row[0].PadRight(widths[0])}  {row[1].PadLeft(widths[1])}  {row[2].PadLeft(widths[2])}  "
            + $"{row[3].PadRight(widths[3])}  {row[4]}").TrimEnd();
}
