using System.Text.Json;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Report.Diff;

/// <summary>
/// The plan that is in the record of a run (docs/report.md), as a state: of a plan the record itself, of a report a
/// member of it. Records may have members that are not known here.
/// </summary>
/// <param name="Kind"><c>plan</c> or <c>report</c>.</param>
/// <param name="Source">Where the images come from; <see langword="null"/>: out of a bundle.</param>
/// <param name="Images">The images; the tags that a push adds do not count.</param>
/// <param name="Sizes">How large they are, by digest.</param>
internal sealed record RecordedPlan(
    string Kind, string? Source, ImmutableArray<TaggedImage> Images, IReadOnlyDictionary<Digest, long> Sizes)
{
    public const string PlanFormat = "deckhouse-mirror-plan/1";

    public const string ReportFormat = "deckhouse-mirror-report/1";

    /// <summary>A record of 100,000 images has less.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Why a push has a tag that is in no bundle.</summary>
    private const string AddedReason = "installer of channel ";

    /// <exception cref="FormatException">It is no record of a run that succeeded; says why.</exception>
    public static RecordedPlan Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length > MaxBytes)
        {
            throw new FormatException($"it has more than {MaxBytes} bytes.");
        }

        try
        {
            using JsonDocument document = StrictJson.Parse(content);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"it is not the record of a run: {exception.Message}", exception);
        }
    }

    private static RecordedPlan Read(JsonElement root)
    {
        string format = TextOf(root, "format");
        if (format is not (PlanFormat or ReportFormat))
        {
            throw new FormatException($"its format is neither {PlanFormat} nor {ReportFormat}.");
        }

        if (TextOf(root, "result") != "succeeded")
        {
            throw new FormatException("it is the record of a run that did not succeed, and so has no plan.");
        }

        JsonElement plan = root.TryGetProperty("plan", out JsonElement inner) ? inner : root;
        Dictionary<Digest, long> sizes = [];
        ImmutableArray<TaggedImage> images =
        [
            .. from archive in plan.GetProperty("archives").EnumerateArray()
               from layout in archive.GetProperty("layouts").EnumerateArray()
               from image in layout.GetProperty("images").EnumerateArray()
               where !TextOf(image, "reason").StartsWith(AddedReason, StringComparison.Ordinal)
               select ImageOf(archive, layout, image, sizes),
        ];
        bool isOfSource = TextOf(root, "verb") is not ("push" or "verify");
        return new RecordedPlan(
            format == PlanFormat ? "plan" : "report", isOfSource ? TextOf(plan, "source") : null, images, sizes);
    }

    private static TaggedImage ImageOf(
        JsonElement archive, JsonElement layout, JsonElement image, Dictionary<Digest, long> sizes)
    {
        TaggedImage tagged = new(
            TextOf(archive, "name"),
            TextOf(layout, "path"),
            TextOf(image, "tag"),
            Digest.Parse(TextOf(image, "digest")));
        if (!ArchiveName.IsValid(tagged.Archive) || !DiffTags.IsWellFormed(tagged.Path, tagged.Tag))
        {
            throw new FormatException("one of its tags cannot be the tag of an image.");
        }

        sizes[tagged.Digest] =
            image.GetProperty("bytes").TryGetInt64(out long bytes) && bytes is >= 0 and <= OciLimits.PlanBytes
                ? bytes
                : throw new FormatException("one of its sizes is none.");
        return tagged;
    }

    private static string TextOf(JsonElement element, string member) =>
        element.GetProperty(member).GetString() ?? throw new FormatException($"its member '{member}' is missing.");
}
