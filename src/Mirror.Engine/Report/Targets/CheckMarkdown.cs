using System.Text;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Report.Targets;

/// <summary>Inventories and checks as Markdown, bounded for the summary of a CI system.</summary>
internal static class CheckMarkdown
{
    public static string Render(RunOutcome outcome, MirrorCheckResult result)
    {
        StringBuilder text = new();
        ReportMarkdown.AddOutcome(text, Title(result), outcome);
        if (outcome.Result == RunResult.Succeeded)
        {
            ReportMarkdown.AddFaults(text, "Warnings", result.Warnings);
        }

        Add(text, result);
        return text.ToString();
    }

    public static string Render(RunOutcome outcome, MirrorInventory inventory)
    {
        StringBuilder text = new();
        ReportMarkdown.AddOutcome(text, $"Inventory of {inventory.Target}", outcome);
        text.Append(MarkdownText.Escape($"{inventory}")).Append(".\n\n").Append(State(inventory.StateId));
        return text.ToString();
    }

    /// <summary>What a CI system shows of a check that succeeded.</summary>
    public static ReportSummary Summarize(MirrorCheckResult result)
    {
        string headline = $"{CheckTable.Verdict(result).TrimEnd('.')}: {ItemCount.Format(result.Images, "images")}, "
            + $"state {StateId.Short(result.StateId)}";
        StringBuilder text = new();
        text.Append($"## {MarkdownText.Escape(Title(result))}\n\n{MarkdownText.Escape(headline)}.\n\n");
        ReportMarkdown.AddFaults(text, "Warnings", [.. result.Warnings.Take(MarkdownText.Shown)]);
        Add(text, result);
        return new ReportSummary(headline, text.ToString(), HasFailed: false);
    }

    /// <summary>What a CI system shows of an inventory.</summary>
    public static ReportSummary Summarize(MirrorInventory inventory) => new(
        $"{inventory}",
        $"## Inventory of {MarkdownText.Escape(inventory.Target)}\n\n{MarkdownText.Escape($"{inventory}")}.\n\n",
        HasFailed: false);

    public static string Title(MirrorCheckResult result) => result.Targets is [var only]
        ? $"Check of {only.Target}"
        : $"Check of {ItemCount.Format(result.Targets.Length, "targets")}";

    private static void Add(StringBuilder text, MirrorCheckResult result)
    {
        text.Append(CheckTable.Verdict(result)).Append("\n\n").Append(State(result.StateId));
        ImmutableArray<ImmutableArray<string>> rows = [.. CheckTable.Rows(result)
            .OrderBy(row => CheckTable.IsBad(row) ? 0 : 1)];
        text.AddRow([.. CheckTable.Columns.Select(column => column.TrimStart('#').ToLowerInvariant())])
            .Append("|---|---|---:|---:|---:|---:|---:|\n");
        foreach (ImmutableArray<string> row in rows.Take(MarkdownText.Shown))
        {
            text.AddRow([.. row]);
        }

        MarkdownSections.AddRest(text, rows.Length - MarkdownText.Shown);
        text.Append('\n');
        AddFindings(text, result);
    }

    private static void AddFindings(StringBuilder text, MirrorCheckResult result)
    {
        ImmutableArray<CheckFinding> findings = [.. result.Targets.SelectMany(target => target.Findings)];
        if (findings.IsEmpty)
        {
            return;
        }

        text.Append("| | image | should be | is |\n|---|---|---|---|\n");
        foreach (CheckFinding finding in findings.Take(MarkdownText.Shown))
        {
            text.AddRow(
                $"{finding.Kind}".ToLowerInvariant(),
                finding.Reference,
                $"{finding.Digest}",
                finding.Found?.ToString() ?? string.Join("; ", finding.Content));
        }

        MarkdownSections.AddRest(
            text, result.Targets.Sum(target => target.FindingCount) - int.Min(findings.Length, MarkdownText.Shown));
        text.Append('\n');
    }

    private static string State(string id) => $"State `{StateId.Short(id)}` ({id}).\n\n";
}
