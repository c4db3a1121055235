using System.Text.RegularExpressions;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>What the console shows of a real pull, by verbosity and variables, and what a CI system is given.</summary>
[Collection(SharedPackage.Name)]
public sealed partial class LogTests(PackedPackage package)
{
    private const string Settings = """
          <PropertyGroup>
            <D8MirrorNoModules>true</D8MirrorNoModules>
            <D8MirrorNoPackages>true</D8MirrorNoPackages>
            <D8MirrorNoPlatform>true</D8MirrorNoPlatform>
          </PropertyGroup>
        """;

    [Fact]
    public async Task Milestones_are_high_blobs_normal_and_requests_low_and_the_variables_raise_them()
    {
        await using TestRegistry source = await StartAsync();
        using ConsumerProject project = ConsumerProject.Create(package, Settings);

        Assert.Equal((false, false, false), await ShownAsync(project, source, "-v:quiet"));
        Assert.Equal((true, false, false), await ShownAsync(project, source, "-v:minimal"));
        Assert.Equal((true, true, false), await ShownAsync(project, source, "-v:normal"));
        Assert.Equal((true, true, true), await ShownAsync(project, source, "-v:detailed"));

        Assert.Equal((true, true, false), await ShownAsync(project, source, "-v:minimal", ("MIRROR_DEBUG_LOG", "3")));
        Assert.Equal((true, true, true), await ShownAsync(project, source, "-v:minimal", ("D8_LOG_LEVEL", "4")));
    }

    [Fact]
    public async Task A_ci_system_gets_a_summary_and_the_page_is_written()
    {
        await using TestRegistry source = await StartAsync();
        using ConsumerProject project = ConsumerProject.Create(package, Settings);
        string summary = Path.Combine(project.Folder, "summary.md");

        DotNetRun pull = await BuildAsync(
            project,
            source,
            [new("GITHUB_STEP_SUMMARY", summary), new("TF_BUILD", "True"), new("AGENT_TEMPDIRECTORY", project.Folder)],
            "-p:D8MirrorReportFile=report.html");

        Assert.True(pull.ExitCode == 0, pull.Output);
        string text = await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken);
        Assert.StartsWith($"## Pull of {source.Host}/deckhouse/ee\n", text);
        string attached = Path.Combine(project.Folder, "deckhouse-mirror-1.md");
        Assert.Single(pull.LinesWith("##vso"), $"##vso[task.uploadsummary]{attached}");
        Assert.Equal(text, await File.ReadAllTextAsync(attached, TestContext.Current.CancellationToken));
        Assert.StartsWith(
            "<!DOCTYPE html>",
            await File.ReadAllTextAsync(
                Path.Combine(project.Folder, "report.html"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("-v:quiet")]
    [InlineData("-v:minimal")]
    [InlineData("-v:normal")]
    [InlineData("-tl:on")]
    public async Task A_command_for_a_ci_system_is_a_raw_line_at_every_verbosity(string option)
    {
        await using TestRegistry source = await StartAsync();
        using ConsumerProject project = ConsumerProject.Create(package, Settings);

        DotNetRun pull = await BuildAsync(
            project,
            source,
            [
                new("TF_BUILD", "True"), new("AGENT_TEMPDIRECTORY", project.Folder), new("GITHUB_ACTIONS", "true"),
                new("GITHUB_WORKSPACE", project.Folder), new("TEAMCITY_VERSION", "2026.1"),
            ],
            option);

        Assert.True(pull.ExitCode == 0, pull.Output);
        string[] lines = pull.Output.Split('\n');
        foreach (string start in new[]
        {
            $"##vso[task.uploadsummary]{project.Folder}/deckhouse-mirror-1.md",
            $"##vso[task.logissue type=warning;sourcepath={project.File};code=D8M2019;]D8M2019: ",
            "##teamcity[buildStatus text=",
            "##teamcity[message text='D8M2019: ",
            "::warning file=airgap.proj,title=D8M2019::",
        })
        {
            string line = Assert.Single(lines, line => line.StartsWith(start, StringComparison.Ordinal));
            Assert.DoesNotContain('\e', line);
        }
    }

    private static Task<TestRegistry> StartAsync() =>
        TestRegistry.StartAsync(new TestRegistryOptions { Content = DeckhouseMini.Load() });

    /// <summary>Pulls into a folder of its own, and says what of it the console showed.</summary>
    private static async Task<(bool Milestones, bool Blobs, bool Requests)> ShownAsync(
        ConsumerProject project, TestRegistry source, string verbosity, params (string Name, string Value)[] variables)
    {
        DotNetRun pull = await BuildAsync(
            project,
            source,
            [.. variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value))],
            verbosity);

        Assert.True(pull.ExitCode == 0, pull.Output);
        Assert.Contains(": warning D8M2019: ", pull.Output);
        return (Milestone().IsMatch(pull.Output), Blob().IsMatch(pull.Output), Request().IsMatch(pull.Output));
    }

    private static Task<DotNetRun> BuildAsync(
        ConsumerProject project,
        TestRegistry source,
        KeyValuePair<string, string>[] variables,
        params string[] arguments) => project.BuildAsync(
            "D8MirrorPull",
            variables,
            [
                $"-p:D8MirrorSource={source.Host}/deckhouse/ee",
                "-p:D8MirrorInsecure=true",
                $"-p:D8MirrorBundleDirectory=bundle-{Guid.NewGuid():N}",
                .. arguments,
            ]);

    [GeneratedRegex(@"^\s*Pulled \d+ images", RegexOptions.Multiline, 10_000)]
    private static partial Regex Milestone();

    [GeneratedRegex(@"^\s*sha256:[0-9a-f]{64} is there", RegexOptions.Multiline, 10_000)]
    private static partial Regex Blob();

    [GeneratedRegex(@"^\s*GET http://127\.0\.0\.1:\d+/v2/", RegexOptions.Multiline, 10_000)]
    private static partial Regex Request();
}
