using System.Globalization;

namespace Mirror.Engine.Report;

/// <summary>
/// The frame of a page: one file, no script, nothing loaded from anywhere, which its policy makes the browser enforce.
/// It is well-formed XML, too, so that whatever reads it can be sure of what is text. The same run gives the same
/// bytes but for its times.
/// </summary>
internal static class HtmlPage
{
    /// <summary>Writes a page.</summary>
    /// <param name="outcome">How the run ended; a run that did not succeed says so in place of the verdict.</param>
    /// <param name="title">What it was, with its ends.</param>
    /// <param name="verdict">How it succeeded.</param>
    /// <param name="facts">Numbers.</param>
    /// <param name="body">The sections.</param>
    /// <param name="details">What else is to be known of how it was done.</param>
    /// <param name="isDoubtful">Whether it succeeded with something that a reader must not miss.</param>
    public static string Render(
        RunOutcome outcome,
        string title,
        string verdict,
        ImmutableArray<(string Name, string Value)> facts,
        Action<HtmlText> body,
        ImmutableArray<(string Name, string Value)> details = default,
        bool isDoubtful = false)
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
        page.Add($"<title>{TitlePrefix(outcome)}{title}</title>");
        HtmlStyle.AddTo(page);
        page.Add($"</head>");
        page.Add($"<body>");
        page.Add($"<header>");
        page.Add($"<p class=\"kind\">Deckhouse Mirror</p>");
        page.Add($"<h1>{title:wrap}</h1>");
        (string style, string told) = outcome.Result switch
        {
            RunResult.Succeeded => (isDoubtful ? "verdict stopped" : "verdict good", verdict),
            RunResult.Cancelled => ("verdict stopped", "Cancelled before it was done."),
            _ when outcome.Faults.Length == 1 => ("verdict bad", "Failed, with 1 error."),
            _ => ("verdict bad", $"Failed, with {outcome.Faults.Length} errors."),
        };
        page.Add($"<p class=\"{style}\">{told}</p>");
        AddOutcome(page, outcome, details.IsDefault ? [] : details);
        AddFacts(page, facts);
        page.Add($"</header>");
        page.Add($"<main>");
        AddFaults(page, "Errors", outcome.Faults, "bad");
        AddFaults(page, "Warnings", outcome.Warnings);
        body(page);
        page.Add($"</main>");
        page.Add($"</body>");
        page.Add($"</html>");
        return page.ToString();
    }

    /// <summary>The tab of a browser and a list of artifacts show the title alone.</summary>
    private static string TitlePrefix(RunOutcome outcome) => outcome.Result switch
    {
        RunResult.Succeeded => "",
        RunResult.Cancelled => "Cancelled: ",
        _ => "Failed: ",
    };

    private static void AddFacts(HtmlText page, ImmutableArray<(string Name, string Value)> facts)
    {
        if (facts.IsEmpty)
        {
            return;
        }

        page.Add($"<dl class=\"facts\">");
        foreach ((string name, string value) in facts)
        {
            AddPair(page, name, value);
        }

        page.Add($"</dl>");
    }

    /// <summary>Who did this when; <c>Verb</c> is where the next run finds whose file it is.</summary>
    private static void AddOutcome(
        HtmlText page, RunOutcome outcome, ImmutableArray<(string Name, string Value)> details)
    {
        (string, string)[] pairs =
        [
            ("Result", outcome.ResultWord),
            ("Verb", VerbNames.Word(outcome.Verb)),
            ("Started", TimeOf(outcome.Started)),
            ("Finished", TimeOf(outcome.Finished)),
            .. details,
            ("Tool", $"Deckhouse Mirror {outcome.Version}"),
        ];
        page.Add($"<dl class=\"run\">");
        foreach ((string name, string value) in pairs)
        {
            AddPair(page, name, value);
        }

        page.Add($"</dl>");
    }

    private static void AddPair(HtmlText page, string name, string value) =>
        page.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static string TimeOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Errors, warnings or notes, each with its code as a link; nothing when there are none.</summary>
    public static void AddFaults(
        HtmlText page, string heading, ImmutableArray<Fault> faults, string kind = "warn")
    {
        if (faults.IsEmpty)
        {
            return;
        }

        page.Add($"<section>");
        page.Add($"<h2>{heading} <span class=\"count\">{faults.Length}</span></h2>");
        page.Add($"<ul class=\"faults {kind}\">");
        foreach (Fault fault in faults)
        {
            page.Add($"<li><a href=\"{fault.HelpLink}\">{fault.Code}</a> {fault.Message}");
            page.Add($"<span class=\"advice\">{fault.Advice}</span></li>");
        }

        page.Add($"</ul>");
        page.Add($"</section>");
    }
}
