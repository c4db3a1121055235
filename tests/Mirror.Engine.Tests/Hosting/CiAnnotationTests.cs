using Mirror.Engine.Errors;
using Xunit;

namespace Mirror.Engine.Tests.Hosting;

/// <summary>How faults are marked for CI systems, with the escaping of each.</summary>
public sealed class CiAnnotationTests
{
    private static readonly string Folder = Path.Combine(Path.GetPathRoot(AppContext.BaseDirectory)!, "work", "repo");
    private static readonly string Project = Path.Combine(Folder, "sub", "a,b.proj");

    private static readonly Fault Fault =
        new("D8M2006", "It's 100% [refused]: \"x\"; é", "Set ReportFile, then 'run' | again.");

    [Fact]
    public void GitHub_gets_an_annotation_at_the_line_of_the_file_in_the_repository()
    {
        (string, string)[] variables = [("GITHUB_ACTIONS", "true"), ("GITHUB_WORKSPACE", Folder)];

        Assert.Equal(
            "::error file=sub/a%2Cb.proj,line=7,title=D8M2006::It's 100%25 [refused]: \"x\"; é "
                + "Set ReportFile, then 'run' | again.",
            Create(isWarning: false, variables));
        Assert.StartsWith("::warning file=sub/", Create(isWarning: true, variables), StringComparison.Ordinal);
    }

    [Fact]
    public void Azure_gets_an_issue_at_the_line_of_the_file()
    {
        Assert.Equal(
            $"##vso[task.logissue type=error;sourcepath={Project};linenumber=7;code=D8M2006;]"
                + "D8M2006: It's 100%AZP25 [refused]: \"x\"; é Set ReportFile, then 'run' | again.",
            Create(isWarning: false, ("TF_BUILD", "True")));
        Assert.StartsWith(
            "##vso[task.logissue type=warning;",
            Create(isWarning: true, ("TF_BUILD", "True")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void TeamCity_gets_a_message_with_a_status()
    {
        Assert.Equal(
            "##teamcity[message text='D8M2006: It|'s 100% |[refused|]: \"x\"; |0x00E9 "
                + "Set ReportFile, then |'run|' || again.' status='ERROR']",
            Create(isWarning: false, ("TEAMCITY_VERSION", "2026.1")));
        Assert.EndsWith(
            " status='WARNING']", Create(isWarning: true, ("TEAMCITY_VERSION", "2026.1")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_cannot_end_a_command_or_add_to_it()
    {
        CiAnnotations azure = new(new Dictionary<string, string> { ["TF_BUILD"] = "True" });
        CiAnnotations github = new(new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true" });

        Assert.Contains(
            "sourcepath=/a%3Btype=x%5D%AZP25;code=",
            Assert.Single(azure.Create(Fault, isWarning: false, file: "/a;type=x]%")).Command,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "::error file=/a%2Cline=9%3A%3A%25,title=",
            Assert.Single(github.Create(Fault, isWarning: false, file: "/a,line=9::%")).Command,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_have_the_names_of_the_front_end()
    {
        CiAnnotations annotations = new(new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true" });
        Fault fault = new("D8M1001", $"{SettingName.Target} is missing.", "Set it.");

        Assert.Equal(
            "::error title=D8M1001::--target is missing. Set it.",
            Assert.Single(annotations.Create(fault, isWarning: false, _ => "--target")).Command);
    }

    [Theory]
    [InlineData("GITLAB_CI", "true")]
    [InlineData("GITHUB_ACTIONS", "false")]
    [InlineData("TF_BUILD", "")]
    public void Elsewhere_nothing_is_marked(string name, string value) =>
        Assert.Empty(new CiAnnotations(new Dictionary<string, string> { [name] = value })
            .Create(Fault, isWarning: false));

    private static string Create(bool isWarning, params (string Name, string Value)[] variables) => Assert.Single(
        new CiAnnotations(variables.ToDictionary(variable => variable.Name, variable => variable.Value))
            .Create(Fault, isWarning, file: Project, line: 7)).Command;
}
