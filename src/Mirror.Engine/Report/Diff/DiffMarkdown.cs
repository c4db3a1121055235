using System.Text;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Report.Diff;

/// <summary>
/// A diff as the text of a pull request: what matters most stands first, all tags are folded at the end, and it is
/// never larger than such a text may be. Without times, so that the same diff is the same text.
/// </summary>
internal static class DiffMarkdown
{
    /// <summary>GitHub takes 65,536 characters.</summary>
    public const int MaxBytes = 60_000;

    /// <summary>Names of people's files, and so of any length.</summary>
    private const int MaxNameLength = 200;

    public static string Render(RunOutcome outcome, MirrorDiff diff)
    {
        BoundedMarkdown text = new(MaxBytes);
        text.AddFrame($"# {Escape(Cut(DiffText.Title(diff)))}\n\n");
        text.AddFrame($"- Result: {outcome.ResultWord}\n- Verb: {VerbNames.Word(outcome.Verb)}\n");
        AddBody(text, diff);
        return text.ToString();
    }

    /// <summary>The summary of a run for CI.</summary>
    public static ReportSummary Summarize(MirrorDiff diff)
    {
        BoundedMarkdown text = new(MaxBytes);
        text.AddFrame($"## {Escape(Cut(DiffText.Title(diff)))}\n\n");
        AddBody(text, diff);
        return new ReportSummary(DiffText.Headline(diff), text.ToString(), HasFailed: false);
    }

    private static void AddBody(BoundedMarkdown text, MirrorDiff diff)
    {
        text.AddFrame($"- From: {Escape(Cut(diff.From.ToString()))}\n- To: {Escape(Cut(diff.To.ToString()))}\n");
        text.AddFrame($"- Id: `{diff.Id}`\n\n{Escape(DiffText.Headline(diff))}.\n\n");
        AddMoves(text, "Suspicious moves", "A version never moves. Ask the vendor before you approve.",
            diff.SuspiciousMoves);
        AddArchives(text, diff);
        AddNotes(text, diff);
        AddAttestations(text, diff);
        AddMoves(text, "Other tags that moved", "", DiffText.OtherMoves(diff));
        AddTags(text, diff);
    }

    private static void AddMoves(
        BoundedMarkdown text, string heading, string meaning, ImmutableArray<ChangedImage> images)
    {
        if (images.IsEmpty)
        {
            return;
        }

        text.AddFrame($"## {heading}\n\n{(meaning.Length == 0 ? "" : $"**{meaning}**\n\n")}");
        AddTable(text, ["image", "archive", "was", "is"], images, image =>
            [image.Name, image.Archive, $"{image.Was}", $"{image.Digest}"]);
    }

    private static void AddArchives(BoundedMarkdown text, MirrorDiff diff)
    {
        if (diff.Archives.IsEmpty)
        {
            return;
        }

        text.AddFrame("## Versions, channels and bytes\n\n");
        AddTable(text, ["archive", "versions", "channels", "tags", "bytes"], diff.Archives, archive =>
        [
            archive.Name,
            DiffText.Versions(archive),
            string.Join(", ", archive.Channels),
            DiffText.Tags(archive.Added, archive.Moved, archive.Gone),
            DiffText.Bytes(archive.Bytes),
        ]);
        text.AddFrame($"Together: {DiffText.Bytes(diff.Bytes)}.\n\n");
    }

    private static void AddNotes(BoundedMarkdown text, MirrorDiff diff)
    {
        if (diff.Notes.IsEmpty && diff.Requirements.IsEmpty)
        {
            return;
        }

        text.AddFrame("## What the vendor says\n\n");
        if (!diff.Notes.IsEmpty)
        {
            AddTable(text, ["release", "why", "component", "change"], diff.Notes, note =>
            [
                note.Release,
                DiffText.KindOf(note.Kind),
                note.Component,
                note.Link is null ? note.Text : $"{note.Text} ({note.Link})",
            ], diff.OmittedNotes);
        }

        if (!diff.Requirements.IsEmpty)
        {
            AddTable(text, ["release", "requires"], diff.Requirements, requirement =>
                [requirement.Release, DiffText.Requirement(requirement)]);
        }
    }

    private static void AddAttestations(BoundedMarkdown text, MirrorDiff diff)
    {
        int added = diff.AttestationsAdded.Length;
        int gone = diff.AttestationsGone.Length;
        if (added + gone > 0)
        {
            text.AddFrame(
                $"## Attestations\n\n{ItemCount.Format(added, "VEX attestations")} new, {gone} gone.\n\n");
        }
    }

    private static void AddTags(BoundedMarkdown text, MirrorDiff diff)
    {
        if (diff.IsEmpty)
        {
            return;
        }

        int all = diff.Added.Length + diff.Moved.Length + diff.Gone.Length;
        text.AddFrame($"<details><summary>All {ItemCount.Format(all, "tags")}</summary>\n\n"
            + "| | image | archive | digest |\n|---|---|---|---|\n");
        foreach (ChangedImage image in DiffText.InOrder(diff))
        {
            text.AddLine(Row([DiffText.ChangeOf(image), image.Name, image.Archive, $"{image.Digest ?? image.Was}"]));
        }

        text.AddFrame("\n</details>\n");
    }

    private static void AddTable<T>(
        BoundedMarkdown text,
        ImmutableArray<string> columns,
        ImmutableArray<T> items,
        Func<T, ImmutableArray<string>> cells,
        int omitted = 0)
    {
        text.AddFrame($"| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(_ => "---|"))}\n");
        foreach (T item in items.Take(MarkdownText.Shown))
        {
            text.AddLine(Row(cells(item)));
        }

        int rest = items.Length - MarkdownText.Shown;
        omitted += int.Max(0, rest);
        text.AddFrame(omitted > 0 ? $"\nand {omitted} more\n\n" : "\n");
    }

    private static string Row(ImmutableArray<string> cells) => $"| {string.Join(" | ", cells.Select(Escape))} |";

    /// <summary>
    /// A text of others in a pull request: it neither calls people nor closes issues, which hosts look for after they
    /// have taken Markdown's own marks away.
    /// </summary>
    private static string Escape(string text) => new StringBuilder(MarkdownText.Escape(text))
        .Replace("@", "@<!-- -->").Replace("#", "#<!-- -->").ToString();

    private static string Cut(string name) =>
        name.Length > MaxNameLength ? string.Concat(name.AsSpan(0, MaxNameLength), "...") : name;
}
