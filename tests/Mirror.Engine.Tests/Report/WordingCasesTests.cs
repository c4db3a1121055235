using Mirror.Engine.Errors;
using Mirror.Engine.Report;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Report;

/// <summary>The cases about how sizes, times and the end of a run are told.</summary>
public sealed class WordingCasesTests
{
    public static TheoryData<string> Sizes => CaseFile.Pull.Ids("human-size");

    public static TheoryData<string> Durations => CaseFile.Pull.Ids("duration");

    public static TheoryData<string> Colours => CaseFile.Pull.Ids("colour");

    public static TheoryData<string> States => CaseFile.Pull.Ids("summary-state");

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sizes_have_a_unit(string id)
    {
        SpecCase spec = CaseFile.Pull[id];

        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Expected, "text")!,
            ByteCount.Format(spec.Input.GetProperty("bytes").GetInt64()));
    }

    [Theory]
    [MemberData(nameof(Durations))]
    public void Times_are_written_as_in_go(string id)
    {
        SpecCase spec = CaseFile.Pull[id];

        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Expected, "text")!,
            PushSummary.TimeOf(TimeSpan.FromMilliseconds(spec.Input.GetProperty("milliseconds").GetInt64())));
    }

    /// <summary>A colour would be an escape character in a line.</summary>
    [Theory]
    [MemberData(nameof(Colours))]
    public async Task Lines_have_a_colour_where_d8_gives_them_one(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        Dictionary<string, string> variables = spec.Input.EnumerateObject()
            .Where(variable => variable.Name != "terminal")
            .ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!);
        Lines lines = new();

        await new MirrorEngine(variables, TimeProvider.System).VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = PushRun.Recorded("0.33") },
            lines,
            TestContext.Current.CancellationToken);

        Assert.NotEmpty(lines.Messages);
        CaseFile.Check(
            spec,
            SpecCase.Any(spec.Expected, "colour")!,
            $"{lines.Messages.Any(line => line.Contains('\e', StringComparison.Ordinal))}");
    }

    /// <summary>Told by the summary for CI, which every run has, also one that was cancelled.</summary>
    [Theory]
    [MemberData(nameof(States))]
    public async Task A_run_that_was_cancelled_says_what_it_was(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        using TemporaryFolder folder = new();
        EngineRun run = new("registry.example", folder.Combine("bundle"));
        run.Environment["GITHUB_STEP_SUMMARY"] = folder.Combine("summary.md");
        MirrorHost host = new((_, _) => { }, path => path, run.Environment);
        CancellationToken stop = new(spec.Input.GetProperty("cancelled").GetBoolean());

        await Assert.ThrowsAsync<MirrorException>(() => spec.Input.GetProperty("dry_run").GetBoolean()
            ? host.RunAsync((engine, progress) => engine.PlanAsync(run.Settings, progress, stop))
            : host.RunAsync((engine, progress) => engine.PullAsync(run.Settings, progress, stop)));

        string heading = (await File.ReadAllLinesAsync(
            folder.Combine("summary.md"), TestContext.Current.CancellationToken))[0];
        CaseFile.Check(
            spec,
            $"## {SpecCase.Text(spec.Expected, "title")}: {SpecCase.Text(spec.Expected, "state")}",
            heading.ToLowerInvariant());
    }

    private sealed class Lines : IProgress<MirrorEvent>
    {
        public List<string> Messages { get; } = [];

        public void Report(MirrorEvent value)
        {
            lock (Messages)
            {
                Messages.Add(value.Message);
            }
        }
    }
}
