using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The cases about how a run ends and what it leaves behind.</summary>
public sealed class OutcomeCasesTests
{
    public static TheoryData<string> DryRuns => CaseFile.Pull.Ids("dry-run");

    public static TheoryData<string, string> Exits => CaseFile.Pull.Rows("exit");

    [Theory]
    [MemberData(nameof(DryRuns))]
    public async Task A_dry_run_writes_nothing_into_the_bundle(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        using TemporaryFolder folder = new();
        await using TestRegistry registry = await MiniSource.StartAsync();

        await EngineRun.Of(registry, folder.Combine("bundle")).PlanAsync();

        CaseFile.CheckSet(
            spec,
            SpecCase.Strings(spec.Expected, "bundle_files"),
            Directory.GetFileSystemEntries(folder.FullName, "*", SearchOption.AllDirectories));
    }

    /// <summary>A verb that throws fails the build, and a failed build exits with 1.</summary>
    [Theory]
    [MemberData(nameof(Exits))]
    public async Task A_run_that_did_not_do_its_work_fails_where_d8_does(string id, string d8)
    {
        SpecCase spec = CaseFile.Pull[id];
        using TemporaryFolder folder = new();
        await using TestRegistry registry = await new SketchedSource().StartAsync();
        EngineRun run = EngineRun.Of(registry, folder.FullName);
        using CancellationTokenSource user = new();
        if (SpecCase.Text(spec.Input, "outcome") == "cancelled")
        {
            await user.CancelAsync();
        }

        Exception? failure = await Record.ExceptionAsync(() => run.PullAsync(user.Token));

        CaseFile.Check(
            spec,
            SpecCase.Any(spec.Expected, "code")!,
            failure is MirrorException or OperationCanceledException ? "1" : "0",
            d8);
        Assert.Equal(user.IsCancellationRequested, failure is OperationCanceledException);
    }
}
