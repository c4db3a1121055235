namespace Mirror.Engine.Report;

/// <summary>
/// The frame of a page: one file, no script, nothing loaded from anywhere, which its policy makes the browser enforce.
/// It is well-formed XML, too, so that whatever reads it can be sure of what is text. The same run gives the same
/// bytes.
/// </summary>
internal static class HtmlPage
{
    public static string Render(
        string title, string verdict, ImmutableArray<(string Name, string Value)> facts, Action<HtmlText> body)
    {
        HtmlText page = new();
        page.Add($"<!DOCTYPE html>");
        page.Add($"<html lang=\"en\">");
        page.Add($"<head>");
        page.Add($"<meta charset=\"utf-8\" />");
        page.Add($"<meta http-equiv=\"Content-Security-Policy\"");
        page.Add($"  content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';");
        page.Add($"  form-action 'none'\" />");
        page.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />");
        page.Add($"<meta name=\"color-scheme\" content=\"light dark\" />");
        page.Add($"<title>{title}</title>");
        HtmlStyle.AddTo(page);
        page.Add($"</head>");
        page.Add($"<body>");
        page.Add($"<header>");
        page.Add($"<p class=\"kind\">Deckhouse Mirror</p>");
        page.Add($"<h1>{title}</h1>");
        page.Add($"<p class=\"verdict\">{verdict}</p>");
        page.Add($"<dl class=\"facts\">");
        foreach ((string name, string value) in facts)
        {
            page.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>");
        }

        page.Add($"</dl>");
        page.Add($"</header>");
        page.Add($"<main>");
        body(page);
        page.Add($"</main>");
        page.Add($"</body>");
        page.Add($"</html>");
        return page.ToString();
    }

    /// <summary>Warnings or notes, each with its code as a link; nothing when there are none.</summary>
    public static void AddFaults(HtmlText page, string heading, ImmutableArray<Fault> faults)
    {
        if (faults.IsEmpty)
        {
            return;
        }

        page.Add($"<section>");
        page.Add($"<h2>{heading} <span class=\"count\">{faults.Length}</span></h2>");
        page.Add($"<ul class=\"faults\">");
        foreach (Fault fault in faults)
        {
            page.Add($"<li><a href=\"{fault.HelpLink}\">{fault.Code}</a> {fault.Message}");
            page.Add($"<span class=\"advice\">{fault.Advice}</span></li>");
        }

        page.Add($"</ul>");
        page.Add($"</section>");
    }
}
