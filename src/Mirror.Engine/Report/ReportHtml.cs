using System.Globalization;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Report;

/// <summary>Plans and reports as a page that is one file.</summary>
internal static class ReportHtml
{
    /// <summary>The record of a run that has no more to tell than how it ended.</summary>
    public static string Render(RunOutcome outcome) => HtmlPage.Render(
        outcome,
        char.ToUpperInvariant(VerbNames.Noun(outcome.Verb)[0]) + VerbNames.Noun(outcome.Verb)[1..],
        "",
        [],
        static _ => { });

    public static string Render(RunOutcome outcome, MirrorPlan plan, BundleChanges? changes) => HtmlPage.Render(
        outcome,
        $"Plan of {plan.Source}",
        "Planned. Nothing was moved.",
        [
            .. Facts(plan),
            ("To download", ByteCount.Format(plan.DownloadBytes)),
            ("Requests", Number(plan.Requests)),
        ],
        page =>
        {
            HtmlPage.AddFaults(page, "Notes", plan.Notes);
            HtmlArchives.AddChart(page, plan);
            HtmlArchives.AddReleases(page, plan);
            HtmlChanges.AddTo(page, changes);
            HtmlArchives.AddImages(page, plan);
        });

    public static string Render(RunOutcome outcome, MirrorReport report) => HtmlPage.Render(
        outcome,
        report.Title,
        report.Warnings.IsEmpty
            ? "Succeeded, without warnings."
            : $"Succeeded, with {report.Warnings.Length} warning{(report.Warnings.Length == 1 ? "" : "s")}.",
        [
            .. Facts(report.Plan),
            .. Work(report),
            ("Requests", Number(report.Requests)),
            ("Time", PushSummary.TimeOf(report.Duration)),
        ],
        page =>
        {
            HtmlPage.AddFaults(page, "Warnings", report.Warnings);
            HtmlArchives.AddChart(page, report.Plan);
            HtmlArchives.AddReleases(page, report.Plan);
            HtmlChanges.AddTo(page, report.Changes);
            AddRepositories(page, report.Repositories);
            AddFiles(page, report.Files);
            AddBelieved(page, report);
            HtmlArchives.AddImages(page, report.Plan);
        });

    public static string Render(RunOutcome outcome, GostRecord record) => HtmlPage.Render(
        outcome,
        "GOST sums",
        "Every sum is true.",
        [
            ("Files", Number(record.Files.Length)),
            ("Failed", Number(record.Files.Count(file => file.Code is not null))),
            ("Size", ByteCount.Format(record.Files.Sum(file => file.Bytes))),
            ("Time", PushSummary.TimeOf(outcome.Finished - outcome.Started)),
        ],
        page => AddSums(page, record.Files),
        [("Kernel", record.Kernel)]);

    private static ImmutableArray<(string Name, string Value)> Facts(MirrorPlan plan)
    {
        (string, string)[] facts =
        [
            ("Images", Number(plan.ImageCount)),
            ("Archives", Number(plan.Archives.Length)),
        ];
        return
        [
            .. facts,
            .. plan.FileBytes == 0 ? [] : Fact("Bundle", plan.FileBytes),
            .. plan.DeltaBase is null ? [] : Fact("Left out", plan.OmittedBytes),
        ];

        static (string, string)[] Fact(string name, long bytes) => [(name, ByteCount.Format(bytes))];
    }

    private static ImmutableArray<(string Name, string Value)> Work(MirrorReport report) => report.Verb switch
    {
        MirrorVerb.Merge => [("Copied", ByteCount.Format(report.TransferredBytes))],
        MirrorVerb.Pull => [("Downloaded", ByteCount.Format(report.TransferredBytes))],
        MirrorVerb.Verify => [("Hashed", ByteCount.Format(report.TransferredBytes))],
        _ =>
        [
            ("Tags pushed", Number(report.Repositories.Sum(repository => repository.Pushed))),
            ("Already there", Number(report.Repositories.Sum(repository => repository.AlreadyThere))),
            ("Sent", ByteCount.Format(report.TransferredBytes)),
            ("Mounted", ByteCount.Format(report.MountedBytes)),
        ],
    };

    private static void AddRepositories(HtmlText page, ImmutableArray<ReportedRepository> repositories)
    {
        if (repositories.IsEmpty)
        {
            return;
        }

        page.Add($"<section>");
        page.Add($"<h2>Repositories <span class=\"count\">{repositories.Length}</span></h2>");
        HtmlTable.Add(
            page,
            "Repositories",
            ["Repository", "#Tags pushed", "#Already there"],
            repositories.Select(repository => ImmutableArray.Create(
                repository.Repository, Number(repository.Pushed), Number(repository.AlreadyThere))));
        page.Add($"</section>");
    }

    private static void AddFiles(HtmlText page, ImmutableArray<ReportedFile> files)
    {
        if (files.IsEmpty)
        {
            return;
        }

        bool areSummed = files.Any(file => file.GostDigest is not null);
        page.Add($"<section>");
        page.Add($"<h2>Files <span class=\"count\">{files.Length}</span></h2>");
        HtmlTable.Add(
            page,
            "Files",
            areSummed ? ["File", "#Size", "@GOST R 34.11-2012, 256 bits"] : ["File", "#Size"],
            files.Select(file => areSummed
                ? ImmutableArray.Create(file.Name, ByteCount.Format(file.Bytes), file.GostDigest ?? "none")
                : [file.Name, ByteCount.Format(file.Bytes)]));
        page.Add($"</section>");
    }

    private static void AddSums(HtmlText page, ImmutableArray<GostRecordFile> files)
    {
        page.Add($"<section>");
        page.Add($"<h2>Files <span class=\"count\">{files.Length}</span></h2>");
        HtmlTable.Add(
            page,
            "Files",
            ["File", "#Size", "!Result", "@Expected", "@GOST R 34.11-2012, 256 bits"],
            files.Select(file => ImmutableArray.Create(
                file.Name,
                ByteCount.Format(file.Bytes),
                file.Code is null ? file.Result : $"{file.Result}, {file.Code}",
                file.Expected ?? "none",
                file.Actual ?? "none")),
            row => row[2].StartsWith("failed", StringComparison.Ordinal));
        page.Add($"</section>");
    }

    private static void AddBelieved(HtmlText page, MirrorReport report)
    {
        if (report.Believed is { } believed)
        {
            page.Add($"<section>");
            page.Add($"<h2>Kept without reading</h2>");
            page.Add($"<p>{believed}</p>");
            page.Add($"</section>");
        }
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
