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

    private const string Pull = Addin + """
        System.IO.File.WriteAllText("pid", System.Environment.ProcessId.ToString());
        Teardown(context => Information("torn down"));
        Task("Pull").Does(async () => await D8MirrorPullAsync(new MirrorPullSettings
        {
            Source = Argument<string>("source"),
            Insecure = true,
            BundleDirectory = "bundle",
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
    public async Task The_examples_of_all_aliases_compile_in_one_script()
    {
        var examples = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Cake.DeckhouseMirror.xml"))
            .Descendants("member")
            .Where(member => member.Attribute("name")!.Value.Contains(
                $".{nameof(DeckhouseMirrorAliases)}.", StringComparison.Ordinal))
            .Select((member, number) => TaskName().Replace(
                member.Element("example")!.Element("code")!.Value,
                match => $"Task(\"{match.Groups["name"].Value}{number}\")"))
            .ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Matches(TaskName(), example));
        using CakeScript script = new(
            packages, $"{Addin}{string.Join('\n', examples)}\nTask(\"All\");\nRunTarget(\"All\");\n");

        DotNetRun run = await script.RunAsync(variables: [], "--dryrun");

        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_the_alias_as_a_failure_and_teardown_runs(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        await using TestRegistry source = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, TestContext.Current.CancellationToken);
        RequestGate gate = new();
        source.Faults.Add(request => request.IsBlob(), new Fault { Gate = gate });
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
    }

    [GeneratedRegex("""Task\("(?<name>\w+)"\)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TaskName();
}
