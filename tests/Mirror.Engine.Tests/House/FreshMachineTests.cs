using System.Xml.Linq;
using Xunit;

namespace Mirror.Engine.Tests.House;

/// <summary>What a newcomer's machine must be told; the build's tools are played by scripts.</summary>
public sealed class FreshMachineTests
{
    private const string Works = "case $1 in --version) echo 10.0.401 ;; esac";

    [Fact]
    public async Task Without_arguments_the_commands_are_listed()
    {
        var run = await BuildScriptRun.StartAsync([], dotnet: null);

        Assert.Equal(0, run.ExitCode);
        Assert.All(["demo", "test", "pack", "clean"], command => Assert.Contains($"\n  {command} ", run.Output));
    }

    [Fact]
    public async Task An_unknown_command_fails_and_lists_the_commands()
    {
        var run = await BuildScriptRun.StartAsync(["tset"], Works);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Unknown command: tset", run.Output);
        Assert.Contains("\n  test ", run.Output);
    }

    [Fact]
    public async Task Without_the_SDK_the_first_line_says_so()
    {
        var run = await BuildScriptRun.StartAsync(["test"], dotnet: null);

        Assert.NotEqual(0, run.ExitCode);
        Assert.StartsWith("The .NET SDK 10 is needed, and 'dotnet' is not on the PATH.", run.Output);
    }

    [Fact]
    public async Task With_an_older_SDK_the_first_line_names_both_versions()
    {
        var run = await BuildScriptRun.StartAsync(["test"], "echo 9.0.100");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Matches("^The .NET SDK 10 is needed .*9.0.100\n", run.Output);
    }

    [Fact]
    public async Task Without_a_feed_the_first_line_says_that_packages_cannot_be_restored()
    {
        var run = await BuildScriptRun.StartAsync(
            ["demo"], $"{Works}\ncase $1 in tool) echo NU1301: no route; exit 1 ;; esac");

        Assert.NotEqual(0, run.ExitCode);
        Assert.StartsWith("Packages cannot be restored: no NuGet feed", run.Output);
        Assert.Contains("NU1301: no route", run.Output);
    }

    [Fact]
    public async Task The_build_runs_at_the_root_without_ICU_and_gets_the_further_options()
    {
        var run = await BuildScriptRun.StartAsync(
            ["pack", "--configuration=De bug"],
            $"{Works}\ncase $1 in cake) pwd; echo icu=$DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"
                + "; for each in \"$@\"; do echo \"<$each>\"; done ;; esac");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            $"{run.Root}\nicu=1\n<cake>\n<build/build.cake>\n<--target=Pack>\n<--configuration=De bug>\n", run.Output);
    }

    [Fact]
    public async Task The_last_line_of_a_test_run_is_the_total_of_the_runner_and_its_exit_code_is_kept()
    {
        var run = await BuildScriptRun.StartAsync(
            ["test"],
            $"{Works}\ncase $1 in cake) mkdir artifacts; echo 'total: 2, failed: 1' >artifacts/test-summary.txt"
                + "; echo Failed; exit 3 ;; esac");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("Failed\ntotal: 2, failed: 1\n", run.Output);
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
