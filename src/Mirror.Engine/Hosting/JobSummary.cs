using System.Text;
using Mirror.Engine.Disk;
using Mirror.Engine.Events;
using Mirror.Engine.Flows;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Report;

namespace Mirror.Engine.Hosting;

/// <summary>
/// Shows a summary of the run in the way of the CI system that runs it, told by the run's environment: GitHub Actions,
/// Azure Pipelines, TeamCity. Elsewhere it does nothing. A summary that cannot be shown is a warning: the run is done.
/// </summary>
internal sealed class JobSummary(EngineParts parts, EventSink events)
{
    /// <summary>Set by agents of Azure Pipelines.</summary>
    public const string AzureMark = "TF_BUILD";

    /// <summary>Set by agents of TeamCity.</summary>
    public const string TeamCityMark = "TEAMCITY_VERSION";

    /// <summary>A file that every program of the step appends to.</summary>
    private const string GitHubFile = "GITHUB_STEP_SUMMARY";

    private const string AzureFolder = "AGENT_TEMPDIRECTORY";

    /// <summary>The most summaries that one job can have.</summary>
    private const int LargestNumber = 10_000;

    public void Show(ReportSummary summary)
    {
        try
        {
            if (parts.Environment[GitHubFile] is { } file)
            {
                Append(file, summary.Markdown);
            }

            if (parts.Environment[AzureMark] is not null && parts.Environment[AzureFolder] is { } folder)
            {
                string path = Create(folder, summary.Markdown);
                events.Send(new CommandRaised(CiCommand.Azure("task.uploadsummary", path)));
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            events.Warn(new Fault(
                FaultCode.SummaryNotWritten,
                $"The summary for the CI system cannot be written: {exception.Message}",
                $"Let {GitHubFile} or {AzureFolder} name a place that can be written to, or remove the variable."));
        }

        // A run that failed is already told by the build.
        if (parts.Environment[TeamCityMark] is not null && !summary.HasFailed)
        {
            events.Send(new CommandRaised(
                CiCommand.TeamCity("buildStatus", ("text", $"{{build.status.text}}; {summary.Headline}"))));
        }
    }

    private void Append(string file, string markdown)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(markdown);
        using IDiskFile summary = parts.Disk.FileExists(file)
            ? parts.Disk.OpenWrite(file)
            : parts.Disk.Create(file, 0);
        summary.Write(bytes, summary.Length);
        summary.Close();
    }

    /// <summary>The agent reads the files at the end of the job, so each run has one of its own.</summary>
    private string Create(string folder, string markdown)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(markdown);
        string path = Enumerable.Range(1, LargestNumber)
            .Select(number => Path.Combine(folder, $"deckhouse-mirror-{number}.md"))
            .First(candidate => !parts.Disk.FileExists(candidate));
        using IDiskFile summary = parts.Disk.Create(path, bytes.Length);
        summary.Write(bytes, 0);
        summary.Close();
        return path;
    }
}
