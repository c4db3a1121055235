using Mirror.Engine.Errors;

namespace Mirror.Engine.Report;

/// <summary>A plan as lines for people: one per archive, then the sum.</summary>
internal static class PlanTable
{
    public static ImmutableArray<string> Lines(MirrorPlan plan)
    {
        int width = plan.Archives.Select(archive => archive.Name).Concat(plan.Files.Select(file => file.Name))
            .Append("archive").Max(name => name.Length);
        return
        [
            plan.Target is null ? $"Plan for {plan.Source}:" : $"Plan for {plan.Source} to {plan.Target}:",
            Line(width, "archive", "images", "size"),
            .. plan.Archives.Select(archive => Line(
                width, archive.Name, $"{archive.ImageCount}", Size(archive.FileBytes))),
            .. plan.Files.Select(file => Line(width, file.Name, "-", Size(file.Bytes))),
            Line(width, "total", $"{plan.ImageCount}", Size(plan.FileBytes)),
            .. Totals(plan),
        ];
    }

    private static IEnumerable<string> Totals(MirrorPlan plan) => plan.Target is null
        ?
        [
            $"{ByteCount.Format(plan.DownloadBytes)} to download in {plan.Blobs.Length - plan.Held.Length} blobs, each "
                + (plan.Held.IsEmpty
                    ? "once."
                    : $"once; {plan.Held.Length} blobs ({ByteCount.Format(plan.HeldBytes)}) are already here."),
        ]
        :
        [
            $"{plan.Publications.Length} tags, {plan.DiscoveryTags.Length} of them names for listing; "
                + $"{ByteCount.Format(plan.TransferBytes)} in {plan.Blobs.Length} blobs.",
        ];

    /// <summary>A sync makes no files.</summary>
    private static string Size(long bytes) => bytes == 0 ? "-" : ByteCount.Format(bytes);

    private static string Line(int width, string archive, string images, string size) =>
        $"  {archive.PadRight(width)}  {images,7}  {size,10}";
}
