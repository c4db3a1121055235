using System.Globalization;

namespace Mirror.Engine.Report.Targets;

/// <summary>Inventories and checks as a page that is one file.</summary>
internal static class CheckHtml
{
    public static string Render(RunOutcome outcome, MirrorCheckResult result) => HtmlPage.Render(
        outcome,
        CheckMarkdown.Title(result),
        CheckTable.Verdict(result),
        [
            ("Targets", Number(result.Targets.Length)),
            ("Images", Number(result.Images)),
            ("Not as they should be", Number(result.Targets.Sum(target => target.FindingCount))),
            ("Requests", Number(result.Targets.Sum(target => target.Requests))),
        ],
        page =>
        {
            HtmlPage.AddFaults(page, "Warnings", outcome.Result == RunResult.Succeeded ? result.Warnings : []);
            page.Add($"<section>");
            page.Add($"<h2>Registries and archives</h2>");
            HtmlTable.Add(
                page,
                "Registries and archives",
                CheckTable.Columns,
                CheckTable.Rows(result),
                CheckTable.IsBad,
                isWide: true);
            page.Add($"</section>");
            AddFindings(page, result);
        },
        [("State id", result.StateId)]);

    public static string Render(RunOutcome outcome, MirrorInventory inventory) => HtmlPage.Render(
        outcome,
        $"Inventory of {inventory.Target}",
        "The inventory was written.",
        [
            ("Repositories", Number(inventory.Repositories)),
            ("Tags", Number(inventory.Tags)),
            ("Blobs", Number(inventory.Blobs)),
            ("Requests", Number(inventory.Requests)),
        ],
        static _ => { },
        [("State id", inventory.StateId)]);

    private static void AddFindings(HtmlText page, MirrorCheckResult result)
    {
        ImmutableArray<CheckFinding> findings = [.. result.Targets.SelectMany(target => target.Findings)];
        if (findings.IsEmpty)
        {
            return;
        }

        page.Add($"<section>");
        page.Add(
            $"<h2>Findings <span class=\"count\">{result.Targets.Sum(target => target.FindingCount)}</span></h2>");
        HtmlTable.Add(
            page,
            "Findings",
            ["Image", "!Finding", "@Should be", "Is"],
            findings.Select(finding => ImmutableArray.Create(
                finding.Reference,
                $"{finding.Kind}".ToLowerInvariant(),
                $"{finding.Digest}",
                finding.Found?.ToString() ?? string.Join("; ", finding.Content))),
            static _ => true);
        page.Add($"</section>");
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
