using Mirror.Engine.Events;
using Mirror.Engine.Flows;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Hosting;
using Mirror.Engine.Report;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Report;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Hosting;

/// <summary>What CI systems are given, by the variables that they set.</summary>
public sealed class JobSummaryTests : IProgress<MirrorEvent>, IDisposable
{
    private static readonly ReportSummary Summary = ReportSummary.Create(SmallPlan.Report);

    private readonly TemporaryFolder _folder = new();
    private readonly List<MirrorEvent> _events = [];

    void IProgress<MirrorEvent>.Report(MirrorEvent value) => _events.Add(value);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GitHubs_file_is_appended_to()
    {
        string file = _folder.Combine("summary");
        File.WriteAllText(file, "before\n");

        Show(Summary, ("GITHUB_STEP_SUMMARY", file));
        Show(Summary, ("GITHUB_STEP_SUMMARY", file));

        Assert.Equal($"before\n{Summary.Markdown}{Summary.Markdown}", File.ReadAllText(file));
        Assert.Empty(_events);
    }

    [Fact]
    public void GitHubs_file_may_have_to_be_made()
    {
        Show(Summary, ("GITHUB_STEP_SUMMARY", _folder.Combine("new")));

        Assert.Equal(Summary.Markdown, File.ReadAllText(_folder.Combine("new")));
    }

    [Fact]
    public void Azure_gets_a_file_and_a_command_for_each_run()
    {
        (string, string)[] variables = [("TF_BUILD", "True"), ("AGENT_TEMPDIRECTORY", _folder.FullName)];

        Show(Summary, variables);
        Show(Summary, variables);

        string[] files = [_folder.Combine("deckhouse-mirror-1.md"), _folder.Combine("deckhouse-mirror-2.md")];
        Assert.Equal(
            files.Select(file => new CommandRaised($"##vso[task.uploadsummary]{file}")), _events.Cast<CommandRaised>());
        Assert.All(files, file => Assert.Equal(Summary.Markdown, File.ReadAllText(file)));
    }

    [Fact]
    public void TeamCity_gets_the_headline_of_a_run_that_succeeded()
    {
        ReportSummary summary = Summary with { Headline = "It's [1|2] é" };

        Show(summary, ("TEAMCITY_VERSION", "2025.11"));
        Show(summary with { HasFailed = true }, ("TEAMCITY_VERSION", "2025.11"));

        Assert.Equal(
            "##teamcity[buildStatus text='{build.status.text}; It|'s |[1||2|] |0x00E9']",
            Assert.IsType<CommandRaised>(Assert.Single(_events)).Command);
    }

    [Theory]
    [InlineData("GITLAB_CI", "true")]
    [InlineData("TF_BUILD", "True")]
    [InlineData("GITHUB_STEP_SUMMARY", "")]
    public void Elsewhere_nothing_is_done(string name, string value)
    {
        Show(Summary, (name, value));

        Assert.Empty(_events);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Theory]
    [InlineData("GITHUB_STEP_SUMMARY")]
    [InlineData("AGENT_TEMPDIRECTORY")]
    public void A_summary_that_cannot_be_written_is_a_warning(string variable)
    {
        Show(Summary, ("TF_BUILD", "True"), (variable, _folder.Combine("no", "folder")));

        Fault fault = Assert.IsType<WarningRaised>(Assert.Single(_events)).Fault;
        Assert.Equal(FaultCode.SummaryNotWritten, fault.Code);
    }

    [Fact]
    public async Task A_run_that_succeeds_and_one_that_fails_are_both_summarised()
    {
        string file = _folder.Combine("summary.md");
        MirrorHost host = new(
            (_, _) => { }, path => path, new Dictionary<string, string> { ["GITHUB_STEP_SUMMARY"] = file });
        CancellationToken stop = TestContext.Current.CancellationToken;

        await host.RunAsync((engine, progress) => engine.VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = PushRun.Recorded("0.33") }, progress, stop));
        await Assert.ThrowsAsync<MirrorException>(() => host.RunAsync((engine, progress) => engine.VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = _folder.Combine("nowhere") }, progress, stop)));

        string text = await File.ReadAllTextAsync(file, stop);
        Assert.StartsWith("## Verification of ", text, StringComparison.Ordinal);
        Assert.Contains("\nVerified 202 images in ", text, StringComparison.Ordinal);
        Assert.Contains("\n## Verification: failed\n\n- [D8M6009](", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_has_the_archives_and_warnings_and_no_list_of_images()
    {
        string help = SmallPlan.Plan.Notes[0].HelpLink;

        Assert.Equal(
            $"""
            ## Pull of registry.example/edition

            Pulled 2 images in 2 archives (3.0 MB), 1.5 MB downloaded in 1m1s, 1 warning.

            - [D8M3101]({help}): No "databases" here. *Switch them off.*

            | archive | images | size |
            |---|---:|---:|
            | module-x.tar | 1 | 1.5 MB |
            | platform.tar | 1 | 1.5 MB |
            | deckhousereleases.yaml | - | 584 B |
            | **total** | 2 | 3.0 MB |

            | archive | versions | channels |
            |---|---|---|
            | platform.tar | v1.69.0 |  |


            """,
            Summary.Markdown);
    }

    [Fact]
    public void Long_lists_are_cut_and_say_so()
    {
        ReportSummary summary = ReportSummary.OfFailure(
            "pull", [.. Enumerable.Range(0, 60).Select(number => new Fault("D8M2008", $"Fault {number}.", "Do."))]);

        Assert.Contains("Fault 49.", summary.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("Fault 50.", summary.Markdown, StringComparison.Ordinal);
        Assert.Contains("\nand 10 more\n", summary.Markdown, StringComparison.Ordinal);
    }

    private void Show(ReportSummary summary, params (string Name, string Value)[] variables) =>
        new JobSummary(
            new EngineParts(
                new RunEnvironment(variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value))),
                TimeProvider.System),
            new EventSink(this)).Show(summary);
}
