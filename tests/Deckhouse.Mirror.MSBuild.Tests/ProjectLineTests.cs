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
          <PropertyGroup><D8MirrorNoModules>true</D8MirrorNoModules></PropertyGroup>
          <PropertyGroup><D8MirrorExcludeModule>one; two@~1.0.0</D8MirrorExcludeModule></PropertyGroup>
          <ItemGroup><D8MirrorExcludeModule Include="three;four" Version="^2.0.0" /></ItemGroup>
        </Project>
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(5, "Transfer.MaxConnections", "many")]
    [InlineData(6, "Timeout", "30s")]
    [InlineData(7, "Timeout", "soon")]
    [InlineData(7, "Timeout", "of a property function")]
    [InlineData(7, "Timeout", null)]
    [InlineData(10, "IncludeModules", "console@not a version")]
    [InlineData(10, "IncludeModules", "console")]
    [InlineData(11, "IncludeModules", "prometheus")]
    [InlineData(12, "IncludeModules", "neuvector@odd")]
    [InlineData(12, "IncludeModules", null)]
    [InlineData(16, "Components", null)]
    [InlineData(17, "ExcludeModules", "two@~1.0.0")]
    [InlineData(18, "ExcludeModules", "four@^2.0.0")]
    [InlineData(3, "Force", "perhaps")]
    [InlineData(3, "Credential", null)]
    public void A_fault_is_shown_at_the_line_of_its_setting_or_of_the_project(int line, string member, string? value) =>
        Assert.Equal(line, LineOf(Project, new SettingReference(member, value)));

    [Fact]
    public void A_fault_about_no_setting_is_shown_at_the_project_whatever_its_text_says() =>
        Assert.Equal(3, LineOf(Project));

    [Fact]
    public void The_first_setting_that_the_project_sets_counts() => Assert.Equal(
        5, LineOf(Project, new("Force"), new("Transfer.MaxConnections", "many"), new("Timeout", "soon")));

    [Fact]
    public void A_value_of_the_command_line_has_no_line_and_a_setting_of_it_is_not_looked_for_in_the_project()
    {
        Write("airgap.proj", Project);
        string project = _folder.Combine("airgap.proj");

        Assert.Equal(
            (project, 0), Lines("d8mirrortimeout").PlaceOf(About(new SettingReference("Timeout", "soon"))));
        Assert.Equal((project, 3), Lines("d8mirrortimeout").PlaceOf(About(new SettingReference("Timeout"))));
        ProjectLines lists = Lines("D8MirrorExcludeModule");
        Assert.Equal((project, 18), lists.PlaceOf(About(new SettingReference("ExcludeModules", "three"))));
        Assert.Equal((project, 0), lists.PlaceOf(About(new SettingReference("ExcludeModules", "one"))));
    }

    [Theory]
    [InlineData("Directory.Build.props", 2, "ProxyRegistry", "true")]
    [InlineData("Directory.Build.props", 3, "Timeout", "1s")]
    [InlineData("Directory.Build.targets", 2, "Transfer.MaxConnections", "0")]
    [InlineData("Directory.Build.targets", 2, "Transfer.MaxConnections", null)]
    [InlineData("src/airgap.proj", 5, "Transfer.MaxConnections", "many")]
    [InlineData("src/airgap.proj", 7, "Timeout", null)]
    [InlineData("common.props", 1, "Force", "perhaps")]
    public void The_files_that_MSBuild_imports_by_their_names_are_looked_into(
        string file, int line, string member, string? value)
    {
        Write("Directory.Build.props", """
            <Project><PropertyGroup>
              <D8MirrorProxyRegistry>true</D8MirrorProxyRegistry>
              <D8MirrorTimeout>1s</D8MirrorTimeout>
            </PropertyGroup></Project>
            """);
        Write("Directory.Build.targets", """
            <Project><PropertyGroup>
              <D8MirrorMaxConnections>0</D8MirrorMaxConnections>
            </PropertyGroup></Project>
            """);
        Write("common.props", """
            <Project><PropertyGroup><D8MirrorForce>perhaps</D8MirrorForce></PropertyGroup></Project>
            """);
        Write("src/airgap.proj", Project.Replace(
            "</Project>", """<Import Project="../common.props" /></Project>""", StringComparison.Ordinal));

        (string place, int found) = Lines(_folder.Combine("src", "airgap.proj"), [])
            .PlaceOf(About(new SettingReference(member, value)));

        Assert.Equal((_folder.Combine(file.Split('/')), line), (place, found));
    }

    [Theory]
    [InlineData("<Project>")]
    [InlineData("")]
    public void A_project_that_is_not_XML_has_no_line(string content) =>
        Assert.Equal(0, LineOf(content, new SettingReference("Timeout")));

    [Fact]
    public void Errors_and_warnings_of_a_task_carry_the_line()
    {
        string file = _folder.Combine("airgap.proj");
        File.WriteAllText(file, Project);
        var (task, build, _) = TaskRun.Pull((progress, _) =>
        {
            progress.Report(new WarningRaised(About(new SettingReference("Timeout"))));
            throw new MirrorException(About(new SettingReference("Transfer.MaxConnections", "many")));
        });
        task.ProjectFile = file;

        Assert.False(task.Execute());

        Assert.Equal((file, 7), (Assert.Single(build.Warnings).File, Assert.Single(build.Warnings).LineNumber));
        Assert.Equal((file, 5), (Assert.Single(build.Errors).File, Assert.Single(build.Errors).LineNumber));
    }

    private int LineOf(string project, params SettingReference[] settings)
    {
        Write("airgap.proj", project);
        return Lines().PlaceOf(About(settings)).Line;
    }

    private ProjectLines Lines(params string[] globalProperties) =>
        Lines(_folder.Combine("airgap.proj"), globalProperties);

    private static ProjectLines Lines(string project, string[] globalProperties) => new(
        project,
        new ProjectFiles(project, globalProperties.Select(name => KeyValuePair.Create(name, "")), []),
        globalProperties);

    private static Fault About(params SettingReference[] settings) =>
        new("D8M1002", "D8MirrorIncludeModule 'console' is not what it is about.", "Correct it.")
        {
            Settings = [.. settings],
        };

    private void Write(string file, string content)
    {
        string path = _folder.Combine(file.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
