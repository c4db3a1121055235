using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows.Locked;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>What later steps of a pipeline read of a run.</summary>
public sealed class OutputsFileTests : IDisposable
{
    private const string Variable = "GITHUB_OUTPUT";

    private readonly TemporaryFolder _folder = new();

    private string Outputs => _folder.Combine("outputs");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static MirrorEngine Engine { get; } = new(new Dictionary<string, string>());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_verb_appends_what_it_knows_and_equal_content_has_one_id()
    {
        await using LockedSource source = await LockedSource.StartAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await using TestRegistry other = await PushRun.StartTargetAsync();
        MirrorPullSettings open = source.Run(change: Modules).Settings with { LockFile = null };
        MirrorPushSettings push =
            new PushRun(target.Host, open.BundleDirectory).Settings with { OutputsFile = Outputs };

        MirrorPlan plan = await Engine.PlanAsync(open, null, Cancellation);
        string id = $"D8MirrorStateId={plan.StateId}";
        string bytes = $"D8MirrorNewBytes={plan.DownloadBytes}";
        Assert.Equal([id, bytes], Take());

        await source.LockAsync(Modules);
        Assert.Equal(["D8MirrorChanged=true", id, bytes], Take());
        await source.CheckAsync(source.Run(change: Modules));
        Assert.Equal(["D8MirrorChanged=false", id, "D8MirrorNewBytes=0"], Take());

        await Engine.PullAsync(open, null, Cancellation);
        Assert.Equal(["D8MirrorChanged=true", id, bytes], Take());
        await Engine.PullAsync(open, null, Cancellation);
        Assert.Equal(["D8MirrorChanged=false", id, "D8MirrorNewBytes=0"], Take());

        await Engine.VerifyAsync(
            new() { BundleDirectory = open.BundleDirectory, OutputsFile = Outputs }, null, Cancellation);
        Assert.Equal([id], Take());

        MirrorReport pushed = await Engine.PushAsync(push, null, Cancellation);
        Assert.Equal(["D8MirrorChanged=true", id, $"D8MirrorNewBytes={pushed.TransferredBytes}"], Take());
        await Engine.PushAsync(push, null, Cancellation);
        Assert.Equal(["D8MirrorChanged=false", id, "D8MirrorNewBytes=0"], Take());

        MirrorReport synced = await Engine.SyncAsync(
            new MirrorSyncSettings
            {
                Source = open.Source,
                Target = new RegistryEndpoint($"{other.Host}/mirror/ee"),
                Insecure = true,
                IncludeModules = open.IncludeModules,
                Components = open.Components,
                TmpDirectory = _folder.Combine("tmp"),
                OutputsFile = Outputs,
            },
            null,
            Cancellation);
        Assert.Equal(["D8MirrorChanged=true", id, $"D8MirrorNewBytes={synced.TransferredBytes}"], Take());

        source.Move("modules/console/release", "stable", "alpha");
        await source.CheckAsync(source.Run(change: Modules));
        string[] moved = Take();
        Assert.Equal("D8MirrorChanged=true", moved[0]);
        Assert.NotEqual(id, moved[1]);
    }

    [Fact]
    public async Task A_verification_of_GOST_sums_knows_no_outputs()
    {
        using BundleCopy bundle = new("0.33", "security");

        await Engine.VerifyGostDigestAsync(
            new() { BundleDirectory = bundle.Folder, OutputsFile = Outputs }, null, Cancellation);

        Assert.False(File.Exists(Outputs));
    }

    [Theory]
    [InlineData("other=1\n", "other=1\n")]
    [InlineData("other=1", "other=1\n")]
    [InlineData("", "")]
    public async Task What_other_programs_wrote_stays_on_lines_of_its_own(string before, string kept)
    {
        await File.WriteAllTextAsync(Outputs, before, Cancellation);

        await VerifyAsync();

        string id = StateId(await File.ReadAllTextAsync(Outputs, Cancellation));
        Assert.Equal($"{kept}D8MirrorStateId={id}\n", await File.ReadAllTextAsync(Outputs, Cancellation));
    }

    [Fact]
    public async Task A_run_that_fails_or_is_cancelled_appends_nothing()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        await File.WriteAllTextAsync(Outputs, "other=1\n", Cancellation);
        EngineRun run = EngineRun.Of(source, _folder.Combine("bundle"));
        run.Settings = run.Settings with { OutputsFile = Outputs, IncludeModules = ["no-such-module"] };

        await Assert.ThrowsAsync<MirrorException>(() => run.PlanAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.PullAsync(new CancellationToken(true)));

        Assert.Equal("other=1\n", await File.ReadAllTextAsync(Outputs, Cancellation));
    }

    [Fact]
    public async Task On_GitHub_the_file_of_the_step_is_the_default_and_a_setting_wins()
    {
        string step = _folder.Combine("step");
        MirrorEngine engine = new(new Dictionary<string, string> { [Variable] = step });

        await VerifyAsync(engine, outputs: null);
        string first = await File.ReadAllTextAsync(step, Cancellation);
        await VerifyAsync(engine);

        Assert.StartsWith("D8MirrorStateId=", first, StringComparison.Ordinal);
        Assert.Equal(first, await File.ReadAllTextAsync(step, Cancellation));
        Assert.Equal(first, await File.ReadAllTextAsync(Outputs, Cancellation));
    }

    [Fact]
    public async Task A_variable_that_names_no_file_is_told_by_its_name()
    {
        MirrorEngine engine = new(new Dictionary<string, string> { [Variable] = "relative/step" });

        Fault fault = Assert.Single((await Assert.ThrowsAsync<MirrorException>(
            () => VerifyAsync(engine, outputs: null))).Faults);

        Assert.Equal(FaultCode.ReportNotWritable, fault.Code);
        Assert.StartsWith("GITHUB_OUTPUT is 'relative/step'", fault.Message, StringComparison.Ordinal);
        Assert.Equal("OutputsFile", Assert.Single(fault.Settings).Member);
    }

    [Theory]
    [InlineData("folder", "it is a folder")]
    [InlineData("link", "it is a symbolic link")]
    [InlineData("pipe", "a named pipe")]
    [InlineData("below", "")]
    public async Task What_is_no_file_is_refused_with_the_other_settings_before_anything_is_asked(
        string kind, string cause)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && kind == "link", "Links need a privilege there.");
        await using TestRegistry source = await MiniSource.StartAsync();
        string precious = _folder.Combine("precious");
        await File.WriteAllTextAsync(precious, "precious\n", Cancellation);
        string path = kind == "below" ? Path.Combine(precious, "outputs") : Outputs;
        switch (kind)
        {
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "link":
                File.CreateSymbolicLink(path, precious);
                break;
            case "pipe":
                Assert.Equal(0, (await Tool.RunAsync(RealPart.OrSkip("mkfifo"), [path], Cancellation)).ExitCode);
                break;
        }

        EngineRun run = EngineRun.Of(source, _folder.Combine("bundle"));
        run.Settings = run.Settings with { OutputsFile = path, SinceVersion = "newest" };

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => run.PullAsync());

        Assert.Equal(
            [FaultCode.VersionMalformed, FaultCode.ReportNotWritable], failure.Faults.Select(fault => fault.Code));
        Assert.Contains(cause, failure.Faults[1].Message, StringComparison.Ordinal);
        Assert.Equal("OutputsFile", failure.Faults[1].Settings[0].Member);
        Assert.Empty(source.Requests.All);
        Assert.Equal("precious\n", await File.ReadAllTextAsync(precious, Cancellation));
    }

    [Fact]
    public async Task A_path_that_is_not_full_is_one_fault()
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => VerifyAsync(outputs: "outputs"));

        Assert.Equal([FaultCode.PathNotQualified], failure.Faults.Select(fault => fault.Code));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_in_the_end_fails_the_run()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        EngineRun run = EngineRun.Of(source, _folder.Combine("bundle"));
        run.Settings = run.Settings with { OutputsFile = Outputs };
        source.Faults.Add(
            request =>
            {
                Directory.CreateDirectory(Outputs);
                return false;
            },
            new RegistryFault());

        Fault fault = Assert.Single((await Assert.ThrowsAsync<MirrorException>(() => run.PlanAsync())).Faults);

        Assert.Equal(FaultCode.DiskFailed, fault.Code);
        Assert.Equal("OutputsFile", Assert.Single(fault.Settings).Member);
    }

    private static string StateId(string outputs) => outputs.Split('=')[^1].Trim();

    private MirrorPullSettings Modules(MirrorPullSettings settings) => settings with
    {
        IncludeModules = ["console"],
        Components = MirrorComponents.Modules,
        OutputsFile = Outputs,
    };

    private Task<MirrorReport> VerifyAsync(MirrorEngine? engine = null, string? outputs = "") =>
        (engine ?? Engine).VerifyAsync(
            new()
            {
                BundleDirectory = PushRun.Recorded("0.33"),
                OutputsFile = outputs?.Length == 0 ? Outputs : outputs,
            },
            null,
            Cancellation);

    /// <summary>What was appended since the last question.</summary>
    private string[] Take()
    {
        string[] lines = File.ReadAllLines(Outputs);
        File.Delete(Outputs);
        return lines;
    }
}
