using Mirror.TestKit.Processes;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>What other users of the machine can list: command lines, and what helper programs are given.</summary>
[Collection(SharedPackage.Name)]
public sealed class ProcessListTests(PlainProjects projects) : IClassFixture<PlainProjects>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_secret_is_in_a_command_line_and_a_helper_is_given_no_more_than_the_build(bool isApart)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are listed by /proc.");
        await using SecretProject project = new(projects, isApart ? "secrets-apart" : "secrets");

        DotNetRun build = await project.BuildAsync(isApart ? PlainProjects.TasksApart : []);

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.True(project.AreAllUsed);
        Assert.InRange(Count(project.CommandLines.Seen, project.File), 2, int.MaxValue);
        Assert.Equal(isApart ? 2 : 0, Count(project.CommandLines.Seen, "nodemode:"));
        Assert.EndsWith("docker-credential-canary get ", project.HelperCommands[0]);
        Assert.Contains(project.HelperCommands[1], project.CommandLines.Seen);
        Assert.All(SecretProject.Secrets, secret => Assert.DoesNotContain(
            project.CommandLines.Seen.Concat(project.HelperCommands),
            line => line.Contains(secret, StringComparison.Ordinal)));
        string[] given = [.. project.Given.SelectMany(variable => $"{variable.Key}={variable.Value}".Split('\n'))];
        Assert.All(SecretProject.Secrets, secret => Assert.DoesNotContain(
            project.HelperVariables.Except(given), line => line.Contains(secret, StringComparison.Ordinal)));
        Assert.All(SecretProject.Secrets, secret => Assert.DoesNotContain(secret, build.Output));
    }

    private static int Count(IEnumerable<string> lines, string text) =>
        lines.Count(line => line.Contains(text, StringComparison.Ordinal));
}
