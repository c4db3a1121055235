namespace Mirror.Engine.Report;

/// <summary>
/// Plain tables of a page. One with digests or much text is wide: on a narrow screen each of its rows is a block, in
/// which every cell begins with the head of its column.
/// </summary>
internal static class HtmlTable
{
    /// <summary>Adds a table.</summary>
    /// <param name="page">The page.</param>
    /// <param name="label">What the table is, for those who do not see it.</param>
    /// <param name="columns">
    /// The heads of the columns; one that begins with <c>#</c> holds numbers, one with <c>@</c> digests, one with
    /// <c>!</c> a few words that stay on one line.
    /// </param>
    /// <param name="rows">The cells by row; the first of each names the row.</param>
    /// <param name="isBad">Which rows tell of a failure; <see langword="null"/>: none.</param>
    /// <param name="isWide">Whether its cells hold whole sentences.</param>
    public static void Add(
        HtmlText page,
        string label,
        ImmutableArray<string> columns,
        IEnumerable<ImmutableArray<string>> rows,
        Func<ImmutableArray<string>, bool>? isBad = null,
        bool isWide = false)
    {
        string kind = isWide || columns.Any(column => column.StartsWith('@')) ? "wide" : "plain";
        page.Add($"<table class=\"{kind}\" aria-label=\"{label}\">");
        page.Add($"<thead><tr>");
        foreach (string column in columns)
        {
            page.Add($"<th scope=\"col\" class=\"{ClassOf(column)}\">{HeadOf(column)}</th>");
        }

        page.Add($"</tr></thead><tbody>");
        foreach (ImmutableArray<string> row in rows)
        {
            page.Add($"<tr class=\"{(isBad?.Invoke(row) == true ? "bad" : "row")}\">");
            page.Add($"<th scope=\"row\">{row[0]:wrap}</th>");
            for (int column = 1; column < row.Length; column++)
            {
                AddCell(page, columns[column], row[column]);
            }

            page.Add($"</tr>");
        }

        page.Add($"</tbody></table>");
    }

    private static void AddCell(HtmlText page, string column, string text)
    {
        if (column.StartsWith('@'))
        {
            page.Add($"<td data-head=\"{HeadOf(column)}\"><code>{text}</code></td>");
        }
        else
        {
            page.Add($"<td data-head=\"{HeadOf(column)}\" class=\"{ClassOf(column)}\">{text}</td>");
        }
    }

    private static string HeadOf(string column) => column.TrimStart('#', '@', '!');

    private static string ClassOf(string column) => column[0] switch
    {
        '#' => "number",
        '!' => "words",
        _ => "text",
    };
}
