namespace Mirror.Engine.Report;

/// <summary>Plain tables of a page; one that is too wide for the screen scrolls by itself.</summary>
internal static class HtmlTable
{
    /// <summary>Adds a table.</summary>
    /// <param name="page">The page.</param>
    /// <param name="label">What the table is, for those who do not see it.</param>
    /// <param name="columns">
    /// The heads of the columns; one that begins with <c>#</c> holds numbers, one with <c>@</c> digests.
    /// </param>
    /// <param name="rows">The cells by row; the first of each names the row.</param>
    public static void Add(
        HtmlText page, string label, ImmutableArray<string> columns, IEnumerable<ImmutableArray<string>> rows)
    {
        page.Add($"<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table>");
        page.Add($"<thead><tr>");
        foreach (string column in columns)
        {
            page.Add($"<th scope=\"col\" class=\"{ClassOf(column)}\">{column.TrimStart('#', '@')}</th>");
        }

        page.Add($"</tr></thead><tbody>");
        foreach (ImmutableArray<string> row in rows)
        {
            page.Add($"<tr><th scope=\"row\">{row[0]}</th>");
            for (int column = 1; column < row.Length; column++)
            {
                if (columns[column].StartsWith('@'))
                {
                    page.Add($"<td><code>{row[column]}</code></td>");
                }
                else
                {
                    page.Add($"<td class=\"{ClassOf(columns[column])}\">{row[column]}</td>");
                }
            }

            page.Add($"</tr>");
        }

        page.Add($"</tbody></table></div>");
    }

    private static string ClassOf(string column) =>
        column.StartsWith('#') ? "number" : "text";
}
