using Mirror.Engine;
using Mirror.TestKit.Files;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

public sealed class ProjectLineTests : IDisposable
{
    private const string Project = """
        <?xml version="1.0" encoding="utf-8"?>
        <!-- D8MirrorForce -->
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <D8MirrorMaxConnections>many</D8MirrorMaxConnections>
            <D8MirrorTimeout>30s</D8MirrorTimeout>
            <D8MirrorTimeout Condition="'$(CI)' == 'true'">soon</D8MirrorTimeout>
          </PropertyGroup>
          <ItemGroup>
            <D8MirrorIncludeModule Include="console" Version="not a version" />
            <D8MirrorIncludeModule Include="prometheus" />
            <D8MirrorIncludeModule Include="neuvector">
              <Version>odd</Version>
            </D8MirrorIncludeModule>
          </ItemGroup>
        </Project>
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(5, "Transfer.MaxConnections (D8MirrorMaxConnections) is 'many', which is no number.")]
    [InlineData(5, "d8mirrormaxconnections and D8MIRRORMAXCONNECTIONS (D8MirrorMAXCONNECTIONS) are one property.")]
    [InlineData(6, "Timeout (D8MirrorTimeout) is '30s'.")]
    [InlineData(7, "Timeout (D8MirrorTimeout) is 'soon'.")]
    [InlineData(7, "Timeout (D8MirrorTimeout) is wrong.")]
    [InlineData(10, "IncludeModules (D8MirrorIncludeModule): 'not a version' is no constraint.")]
    [InlineData(11, "The module 'prometheus' of D8MirrorIncludeModule does not exist.")]
    [InlineData(12, "IncludeModules (D8MirrorIncludeModule): 'odd' is no constraint.")]
    [InlineData(10, "The rule 'console@not a version' selects no version of the module 'console'.")]
    [InlineData(12, "The rule 'neuvector@odd' selects nothing.")]
    [InlineData(3, "Force (D8MirrorForce) is 'perhaps', from the command line.")]
    [InlineData(3, "The registry refused the login.")]
    public void A_fault_is_shown_at_the_line_of_its_setting_or_of_the_project(int line, string message) =>
        Assert.Equal(line, LineOf(Project, message));

    [Fact]
    public void The_message_comes_before_the_advice() =>
        Assert.Equal(5, LineOf(Project, "D8MirrorMaxConnections is wrong.", "Or raise D8MirrorTimeout."));

    [Theory]
    [InlineData("<Project>")]
    [InlineData("")]
    public void A_project_that_is_no_XML_has_no_line(string content) =>
        Assert.Equal(0, LineOf(content, "D8MirrorTimeout"));

    [Fact]
    public void Errors_and_warnings_of_a_task_carry_the_line()
    {
        string file = _folder.Combine("airgap.proj");
        File.WriteAllText(file, Project);
        var (task, build, _) = TaskRun.Pull((progress, _) =>
        {
            progress.Report(new WarningRaised(new Fault("D8M3003", "See D8MirrorTimeout.", "Wait.")));
            throw new MirrorException(new Fault("D8M1002", "See D8MirrorMaxConnections.", "Correct it."));
        });
        task.ProjectFile = file;

        Assert.False(task.Execute());

        Assert.Equal((file, 7), (Assert.Single(build.Warnings).File, Assert.Single(build.Warnings).LineNumber));
        Assert.Equal((file, 5), (Assert.Single(build.Errors).File, Assert.Single(build.Errors).LineNumber));
    }

    private int LineOf(string project, string message, string advice = "Correct it.")
    {
        string file = _folder.Combine("airgap.proj");
        File.WriteAllText(file, project);
        return new ProjectLines(file).LineOf(new Fault("D8M1002", message, advice));
    }
}
