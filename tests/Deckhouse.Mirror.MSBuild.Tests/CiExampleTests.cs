using System.Text.RegularExpressions;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>
/// The files of <c>examples/ci</c>: those of the CI systems only call the one script, whose stages the demo runs.
/// </summary>
public sealed partial class CiExampleTests
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "examples", "ci");

    private static readonly string[] Stages = ["plan", "pull", "verify", "push"];

    [Theory]
    [InlineData(".gitlab-ci.yml")]
    [InlineData(".github/workflows/mirror.yml")]
    [InlineData("azure-pipelines.yml")]
    public void A_ci_system_runs_the_stages_of_the_script_in_order_and_nothing_else(string file)
    {
        string text = Read(file);

        Assert.Equal(Stages.Select(stage => $"./mirror.sh {stage}"), Commands().Matches(text)
            .Select(command => command.Groups["command"].Value));
        Assert.Equal(Stages, Calls().Matches(text).Select(call => call.Groups["stage"].Value));
    }

    [Theory]
    [InlineData(".gitlab-ci.yml")]
    [InlineData(".github/workflows/mirror.yml")]
    [InlineData("azure-pipelines.yml")]
    public void Secrets_come_from_the_ci_system_by_their_names(string file)
    {
        string text = Read(file);

        foreach (string name in new[]
        {
            "D8_MIRROR_LICENSE_TOKEN", "D8_MIRROR_REGISTRY_LOGIN", "D8_MIRROR_REGISTRY_PASSWORD",
        })
        {
            Assert.Contains(name, text);
            Assert.DoesNotMatch($@"{name}: (?!\$[({{])", text.Split("\n", 2)[1]);
        }
    }

    [Theory]
    [InlineData("lock.gitlab-ci.yml", "gitlab")]
    [InlineData(".github/workflows/lock.yml", "github")]
    [InlineData("lock.azure-pipelines.yml", "azure")]
    public void A_nightly_job_runs_the_script_for_its_system_with_secrets_by_their_names(string file, string system)
    {
        string text = Read(file);

        Assert.Equal([$"./lock.sh {system}"], Commands().Matches(text)
            .Select(command => command.Groups["command"].Value));
        Assert.Contains("D8_MIRROR_LICENSE_TOKEN", text);
        Assert.DoesNotMatch(@"(TOKEN|PAT): (?!\$[({])", text.Split("\n", 2)[1]);
    }

    [Fact]
    public void The_script_knows_these_stages_and_no_others() => Assert.Equal(
        Stages,
        Cases().Matches(Read("mirror.sh")).Select(stage => stage.Groups["stage"].Value));

    [Fact]
    public void The_demo_runs_every_stage() => Assert.Contains(
        $"{{ {string.Join(", ", Stages.Select(stage => $"\"{stage}\""))} }}",
        File.ReadAllText(Path.Combine(SourceTree.Root, "build/demo-ci.cake")));

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    [GeneratedRegex(@"(?:run|script): (?<command>.+)", RegexOptions.None, 1000)]
    private static partial Regex Commands();

    [GeneratedRegex(@"mirror\.sh (?<stage>\w+)", RegexOptions.None, 1000)]
    private static partial Regex Calls();

    [GeneratedRegex(@"^  (?<stage>\w+)\) targets=", RegexOptions.Multiline, 1000)]
    private static partial Regex Cases();
}
