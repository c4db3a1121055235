using System.Xml.Linq;
using Xunit;

namespace Mirror.Engine.Tests.House;

/// <summary>
/// What the build's two entry scripts say on a newcomer's machine, and hand over to the build; scripts play the SDK.
/// </summary>
public sealed class FreshMachineTests
{
    public static TheoryData<string> Scripts => BuildScriptRun.Scripts;

    private const string Works = "case $1 in --version) echo 10.0.401 ;; esac";

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Without_arguments_the_commands_are_listed(string script)
    {
        var run = await BuildScriptRun.StartAsync(script, [], dotnet: null);

        Assert.Equal(0, run.ExitCode);
        Assert.All(["demo", "test", "pack", "clean"], command => Assert.Contains($"\n  {command} ", run.Output));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task An_unknown_command_fails_and_lists_the_commands(string script)
    {
        var run = await BuildScriptRun.StartAsync(script, ["tset"], Works);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Unknown command: tset", run.Output);
        Assert.Contains("\n  test ", run.Output);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Without_the_SDK_the_first_line_says_so(string script)
    {
        var run = await BuildScriptRun.StartAsync(script, ["test"], dotnet: null);

        Assert.NotEqual(0, run.ExitCode);
        Assert.StartsWith("The .NET SDK 10 is needed, and 'dotnet' is not on the PATH.", run.Output);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task With_an_older_SDK_the_first_line_names_both_versions(string script)
    {
        var run = await BuildScriptRun.StartAsync(script, ["test"], "echo 9.0.100");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Matches("^The .NET SDK 10 is needed .*9.0.100\n", run.Output);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Without_a_feed_the_first_line_says_that_packages_cannot_be_restored(string script)
    {
        var run = await BuildScriptRun.StartAsync(
            script,
            ["demo"],
            $"{Works}\ncase $1 in tool) echo NU1301: no route; exit 1 ;; esac");

        Assert.NotEqual(0, run.ExitCode);
        Assert.StartsWith("Packages cannot be restored: no NuGet feed", run.Output);
        Assert.Contains("NU1301: no route", run.Output);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task The_build_runs_at_the_root_without_ICU_and_gets_the_further_options(string script)
    {
        var run = await BuildScriptRun.StartAsync(
            script,
            ["pack", "--configuration=De bug", "-h", "-e"],
            $"{Works}\ncase $1 in cake) pwd; echo icu=$DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"
                + "; for each in \"$@\"; do echo \"<$each>\"; done ;; esac");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            $"{run.Root}\nicu=1\n<cake>\n<build/build.cake>\n<--target=Pack>\n<--configuration=De bug>\n<-h>\n<-e>\n",
            run.Output);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task The_last_line_of_a_test_run_is_the_total_of_the_runner_and_its_exit_code_is_kept(string script)
    {
        var run = await BuildScriptRun.StartAsync(
            script,
            ["test"],
            $"{Works}\ncase $1 in cake) mkdir artifacts; echo 'total: 2, failed: 1' >artifacts/test-summary.txt"
                + "; echo Failed; exit 3 ;; esac");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("Failed\ntotal: 2, failed: 1\n", run.Output);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Commands_are_told_apart_by_case_and_help_is_no_command_of_the_build(string script)
    {
        var upper = await BuildScriptRun.StartAsync(script, ["TEST"], Works);
        var help = await BuildScriptRun.StartAsync(script, ["--help"], dotnet: null);

        Assert.Equal((1, 0), (upper.ExitCode, help.ExitCode));
        Assert.Contains("Unknown command: TEST", upper.Output);
        Assert.StartsWith("Deckhouse Mirror for MSBuild and Cake", help.Output);
    }

    [Fact]
    public async Task Both_scripts_print_the_same_help_under_their_own_names()
    {
        var sh = await BuildScriptRun.StartAsync(BuildScriptRun.Sh, [], dotnet: null);
        var powerShell = await BuildScriptRun.StartAsync(BuildScriptRun.PowerShell, [], dotnet: null);

        Assert.Contains("Usage: ./build.ps1 <command>", powerShell.Output);

        // A checkout of build.ps1 has the line endings of Windows, and so has the text that it holds.
        Assert.Equal(
            sh.Output,
            powerShell.Output.ReplaceLineEndings("\n").Replace("build.ps1", "build.sh", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_example_carries_its_own_empty_props_so_that_a_copy_works()
    {
        var examples = RepositoryTree.Files("examples", ".proj", ".csproj")
            .Select(path => Path.GetDirectoryName(path)!)
            .Distinct();
        string[] names = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];

        Assert.All(
            from example in examples from name in names select Path.Combine(example, name),
            path => Assert.Empty(XDocument.Parse(RepositoryTree.Read(path)).Root!.Elements()));
    }
}
