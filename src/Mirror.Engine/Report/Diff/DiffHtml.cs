using System.Globalization;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Report.Diff;

/// <summary>A diff as a page that is one file; its sections stand in the order in which they matter.</summary>
internal static class DiffHtml
{
    public static string Render(RunOutcome outcome, MirrorDiff diff) => HtmlPage.Render(
        outcome,
        DiffText.Title(diff),
        $"{DiffText.Headline(diff)}.",
        [
            ("Tags new", Number(diff.Added.Length)),
            ("Tags moved", Number(diff.Moved.Length)),
            ("Tags gone", Number(diff.Gone.Length)),
            (diff.Bytes.IsExact ? "New content" : "New content, at most", ByteCount.Format(diff.Bytes.New)),
        ],
        page =>
        {
            AddMoves(page, "Suspicious moves", "A version never moves. Ask the vendor before you approve.",
                diff.SuspiciousMoves);
            AddArchives(page, diff);
            AddNotes(page, diff);
            AddRequirements(page, diff);
            AddAttestations(page, diff);
            AddMoves(page, "Other tags that moved", "", DiffText.OtherMoves(diff));
            AddTags(page, diff);
        },
        [("From", diff.From.ToString()), ("To", diff.To.ToString()), ("Id", diff.Id)],
        isDoubtful: !diff.SuspiciousMoves.IsEmpty);

    private static void AddMoves(
        HtmlText page, string heading, string meaning, ImmutableArray<ChangedImage> images)
    {
        if (images.IsEmpty)
        {
            return;
        }

        page.Add($"<section>");
        page.Add($"<h2>{heading} <span class=\"count\">{images.Length}</span></h2>");
        if (meaning.Length > 0)
        {
            page.Add($"<p class=\"gone\">{meaning}</p>");
        }

        HtmlTable.Add(
            page,
            heading,
            ["Image", "Archive", "@Was", "@Is"],
            images.Select(image => ImmutableArray.Create(
                image.Name, image.Archive, $"{image.Was}", $"{image.Digest}")),
            _ => meaning.Length > 0);
        page.Add($"</section>");
    }

    private static void AddArchives(HtmlText page, MirrorDiff diff)
    {
        if (diff.Archives.IsEmpty)
        {
            return;
        }

        page.Add($"<section>");
        page.Add($"<h2>Versions, channels and bytes</h2>");
        page.Add($"<p>Together: {DiffText.Bytes(diff.Bytes)}.</p>");
        HtmlTable.Add(
            page,
            "Versions, channels and bytes",
            ["Archive", "Versions", "Channels", "Tags", "Bytes"],
            diff.Archives.Select(archive => ImmutableArray.Create(
                archive.Name,
                DiffText.Versions(archive),
                string.Join(", ", archive.Channels),
                DiffText.Tags(archive.Added, archive.Moved, archive.Gone),
                DiffText.Bytes(archive.Bytes))),
            isWide: true);
        page.Add($"</section>");
    }

    private static void AddNotes(HtmlText page, MirrorDiff diff)
    {
        if (diff.Notes.IsEmpty)
        {
            return;
        }

        page.Add($"<section>");
        page.Add($"<h2>What the vendor says <span class=\"count\">{diff.Notes.Length + diff.OmittedNotes}</span></h2>");
        HtmlTable.Add(
            page,
            "What the vendor says",
            ["Release", "!Why", "Component", "Change"],
            diff.Notes.Select(note => ImmutableArray.Create(
                note.Release,
                DiffText.KindOf(note.Kind),
                note.Component,
                note.Link is null ? note.Text : $"{note.Text} ({note.Link})")),
            isWide: true);
        page.Add($"</section>");
    }

    private static void AddRequirements(HtmlText page, MirrorDiff diff)
    {
        if (diff.Requirements.IsEmpty)
        {
            return;
        }

        page.Add($"<section>");
        page.Add($"<h2>Requirements <span class=\"count\">{diff.Requirements.Length}</span></h2>");
        HtmlTable.Add(
            page,
            "Requirements",
            ["Release", "Requires"],
            diff.Requirements.Select(requirement => ImmutableArray.Create(
                requirement.Release, DiffText.Requirement(requirement))),
            isWide: true);
        page.Add($"</section>");
    }

    private static void AddAttestations(HtmlText page, MirrorDiff diff)
    {
        int added = diff.AttestationsAdded.Length;
        int gone = diff.AttestationsGone.Length;
        if (added + gone > 0)
        {
            page.Add($"<section>");
            page.Add($"<h2>Attestations</h2>");
            page.Add($"<p>{ItemCount.Format(added, "VEX attestations")} new, {gone} gone.</p>");
            page.Add($"</section>");
        }
    }

    private static void AddTags(HtmlText page, MirrorDiff diff)
    {
        if (diff.IsEmpty)
        {
            return;
        }

        page.Add($"<section>");
        page.Add($"<h2>All tags</h2>");
        HtmlChanges.AddLists(page, diff.Added, diff.Moved, diff.Gone);
        page.Add($"</section>");
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
