using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Cake.DeckhouseMirror.Tests.Package;

[Collection(SharedPackages.Name)]
public sealed partial class ScriptTests(PackedPackages packages)
{
    private const string Addin = "#addin nuget:?package=Cake.DeckhouseMirror&prerelease&loaddependencies=true\n";

    private const int BlobsBefore = 60;

    private const string Pull = Addin + """
        System.IO.File.WriteAllText("pid", System.Environment.ProcessId.ToString());
        Teardown(context => Information("torn down"));
        Task("Pull").Does(async () => await D8MirrorPullAsync(new()
        {
            Source = Argument<string>("source"),
            Insecure = true,
            BundleDirectory = Directory("bundle"),
        }));
        RunTarget("Pull");
        """;

    [Fact]
    public async Task The_copied_example_compiles_with_the_packed_addin_and_plans_by_default()
    {
        using CakeScript script = CakeScript.Example(packages);

        DotNetRun run = await script.RunAsync(variables: [], "--dryrun");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(["1. Plan"], run.LinesWith("1. "));
        Assert.Contains(
            $"{PackedPackages.Engine}.{packages.Version}",
            Directory.GetDirectories(Path.Combine(script.Folder, "cake-addins")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task The_examples_of_all_aliases_compile_in_one_script_and_all_their_tasks_are_dry_run()
    {
        List<string> tasks = [];
        string Rename(Match match)
        {
            tasks.Add($"{match.Groups["name"].Value}{tasks.Count}");
            return $"Task(\"{tasks[^1]}\")";
        }

        string[] examples = [.. XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Cake.DeckhouseMirror.xml"))
            .Descendants("member")
            .Where(member => member.Attribute("name")!.Value.Contains(
                $".{nameof(DeckhouseMirrorAliases)}.", StringComparison.Ordinal))
            .Select(member => TaskName().Replace(member.Element("example")!.Element("code")!.Value, Rename))];
        Assert.Equal(examples.Length, tasks.Count);
        using CakeScript script = new(packages, string.Join('\n', [
            Addin,
            .. examples,
            $"Task(\"All\"){string.Concat(tasks.Select(task => $".IsDependentOn(\"{task}\")"))};",
            "RunTarget(\"All\");",
        ]));

        DotNetRun run = await script.RunAsync(variables: [], "--dryrun");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.All(
            tasks.Append("All").Index(),
            task => Assert.Contains($"{task.Index + 1}. {task.Item}", run.LinesWith(". ")));
    }

    [Fact]
    public async Task The_page_about_settings_in_scripts_is_a_script()
    {
        string page = await File.ReadAllTextAsync(
            Path.Combine(SourceTree.Root, "docs/cake-settings.md"), TestContext.Current.CancellationToken);
        string[] blocks = [.. CodeBlock().Matches(page).Select(match => match.Groups["code"].Value)];
        using CakeScript script = new(packages, string.Concat(blocks));

        DotNetRun run = await script.RunAsync(variables: [], "--target=Mirror", "--dryrun");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(["1. Mirror"], run.LinesWith("1. "));
    }

    [Fact]
    public async Task The_example_describes_its_tasks()
    {
        using CakeScript script = CakeScript.Example(packages);

        DotNetRun run = await script.RunAsync(variables: [], "--description");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.All(
            (string[])["Plan", "Pull", "Verify", "Push"],
            task => Assert.Matches($@"\b{task} +\w.+\.", run.Output));
    }

    // The two lines of the SDK are all that Cake.Tool does not know.
    [Fact]
    public async Task The_body_of_the_file_for_Cake_Sdk_is_a_script_that_plans_by_default()
    {
        string[] lines = CakeScript.ReadExample("cake-sdk/cake.cs").Split('\n');
        Assert.All(lines[..2], line => Assert.StartsWith("#:", line));
        using CakeScript script = new(packages, Addin + string.Join('\n', lines[2..]));

        DotNetRun run = await script.RunAsync(variables: [], "--dryrun");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(["1. Plan"], run.LinesWith("1. "));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_the_alias_as_a_failure_teardown_runs_and_the_next_run_goes_on(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        await using TestRegistry source = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
        RequestGate gate = new();
        int blobs = 0;
        source.Faults.Add(
            request => request.IsBlob() && Interlocked.Increment(ref blobs) > BlobsBefore,
            new RegistryFault { Gate = gate });
        using CakeScript script = new(packages, Pull);
        Task<DotNetRun> running = script.RunAsync(variables: [], $"--source={source.Host}/deckhouse/ee");
        await Task.WhenAny(gate.Reached, running);
        Assert.True(gate.Reached.IsCompleted, running.IsCompleted ? (await running).Output : "");

        string pid = await File.ReadAllTextAsync(
            Path.Combine(script.Folder, "pid"), TestContext.Current.CancellationToken);
        ToolResult kill = await Tool.RunAsync(
            "/bin/sh", ["-c", $"kill -{signal} {pid}"], TestContext.Current.CancellationToken);
        DotNetRun run = await running;

        Assert.Equal((0, 1), (kill.ExitCode, run.ExitCode));
        Assert.NotEmpty(run.LinesWith("D8M8002: The pull was cancelled."));
        Assert.NotEmpty(run.LinesWith("torn down"));
        Assert.Empty(Directory.GetFiles(Path.Combine(script.Folder, "bundle"), "*.tar"));

        string[] had = [.. source.Requests.Blobs().Where(blob => blob.IsComplete).Select(blob => blob.Path)];
        source.Requests.Clear();
        source.Faults.Clear();
        DotNetRun again = await script.RunAsync(variables: [], $"--source={source.Host}/deckhouse/ee");

        Assert.True(again.ExitCode == 0, again.Output);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(script.Folder, "bundle"), "*.tar"));
        Assert.InRange(had.Length, BlobsBefore / 2, int.MaxValue);

        // Those that were under way come again, and no others: as many as there are connections.
        Assert.InRange(source.Requests.Blobs().Select(blob => blob.Path).Intersect(had).Count(), 0, 8);
    }

    [Fact]
    public async Task After_a_signal_no_later_task_pushes_whatever_its_failure_was_made_of()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        await using TestRegistry source = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
        RequestGate gate = new();
        source.Faults.Add(request => request.IsBlob(), new RegistryFault { Gate = gate });
        using CakeScript script = new(packages, Addin + """
            System.IO.File.WriteAllText("pid", System.Environment.ProcessId.ToString());
            Task("Pull").ContinueOnError().Does(() => D8MirrorPull(new()
            {
                Source = Argument<string>("source"), Insecure = true, BundleDirectory = Directory("bundle"),
            }));
            Task("Push").IsDependentOn("Pull").Does(() => D8MirrorPush(new()
            {
                BundleDirectory = Directory("other"), Target = Argument<string>("source"), Insecure = true,
            }));
            RunTarget("Push");
            """);
        Task<DotNetRun> running = script.RunAsync(variables: [], $"--source={source.Host}/deckhouse/ee");
        await Task.WhenAny(gate.Reached, running);
        Assert.True(gate.Reached.IsCompleted, running.IsCompleted ? (await running).Output : "");

        string pid = await File.ReadAllTextAsync(
            Path.Combine(script.Folder, "pid"), TestContext.Current.CancellationToken);
        await Tool.RunAsync("/bin/sh", ["-c", $"kill -INT {pid}"], TestContext.Current.CancellationToken);
        DotNetRun run = await running;

        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.LinesWith("Ctrl+C (SIGINT): stopping; no other mirror alias"));
        Assert.Single(run.LinesWith("D8M8002: The pull was cancelled. "));
        Assert.Single(run.LinesWith("D8M8002: The push was cancelled before it started. "));
        Assert.DoesNotContain(source.Requests.All, request => request.Method is "POST" or "PUT");
    }

    [Theory]
    [InlineData("quiet")]
    [InlineData("normal")]
    public async Task Commands_to_CI_systems_are_raw_lines_and_a_swallowed_failure_is_an_error(string verbosity)
    {
        using CakeScript script = new(packages, Addin + """
            Task("Verify").ContinueOnError().Does(() => D8MirrorVerify("nowhere"));
            RunTarget("Verify");
            """);

        DotNetRun run = await script.RunAsync(
            [
                new("NO_COLOR", ""), new("TF_BUILD", "True"), new("AGENT_TEMPDIRECTORY", script.Folder),
                new("GITHUB_ACTIONS", "true"), new("TEAMCITY_VERSION", "2026.1"),
            ],
            $"--verbosity={verbosity}");

        Assert.True(run.ExitCode == 0, run.Output);
        string[] lines = run.Output.Split('\n');
        foreach (string start in new[]
        {
            $"##vso[task.uploadsummary]{script.Folder}/deckhouse-mirror-1.md",
            "##vso[task.logissue type=error;code=D8M6009;]D8M6009: ",
            "##teamcity[message text='D8M6009: ",
            "::error title=D8M6009::",
        })
        {
            string line = Assert.Single(lines, line => line.StartsWith(start, StringComparison.Ordinal));
            Assert.DoesNotContain('\e', line);
        }

        Assert.Contains(lines, line => line.StartsWith('\e') && line.Contains("D8M6009: ", StringComparison.Ordinal));
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 10_000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("""Task\("(?<name>\w+)"\)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TaskName();
}
