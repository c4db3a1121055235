using Xunit;

namespace Mirror.Engine.Tests.House;

/// <summary>Each house rule is shown able to fail, and to let pass what only looks like a fault.</summary>
public sealed class HouseRuleCheckTests
{
    private static readonly Dictionary<string, string> s_otherFiles = new()
    {
        ["MirrorEngine.cs"] = "using Mirror.Engine.Flows; namespace Mirror.Engine; public sealed class MirrorEngine;",
        ["Flows/PullFlow.cs"] = "namespace Mirror.Engine.Flows; internal sealed class PullFlow;",
        ["Registry/RegistryClient.cs"] = "namespace Mirror.Engine.Registry; internal sealed class RegistryClient;",
    };

    [Theory]
    [InlineData("Bundles/A.cs", "using Mirror.Engine.Registry;", "Bundles may not use Registry")]
    [InlineData("Bundles/A.cs", "using static Mirror.Engine.Registry.RegistryClient;", "Bundles may not use Registry")]
    [InlineData("Bundles/A.cs", "using R = Mirror.Engine.Registry.Auth;", "Bundles may not use Registry")]
    [InlineData("Bundles/Deep/A.cs", "Mirror.Engine.Registry.RegistryClient client;", "Bundles may not use Registry")]
    [InlineData("Bundles/A.cs", "private readonly Registry.RegistryClient _client;", "Bundles may not use Registry")]
    [InlineData("Plan/A.cs", "using Mirror.Engine.Flows;", "Plan may not use Flows")]
    [InlineData("Plan/A.cs", "MirrorEngine engine;", "Plan may not use MirrorEngine of the root")]
    [InlineData("Cellar/A.cs", "class A;", "the architecture has no room named Cellar")]
    [InlineData("Plan/A.cs", "global using Mirror.Engine.Oci;", "a global using hides who uses whom")]
    [InlineData("Usings.cs", "global using System.Text;", "a global using hides who uses whom")]
    public void A_use_that_the_table_forbids_is_found(string path, string code, string expected) =>
        Assert.Equal([$"{path}: {expected}"], RoomViolations(path, code));

    [Theory]
    [InlineData("Bundles/A.cs", "using Mirror.Engine.Plan;\nusing Mirror.Engine.Errors;\nusing Mirror.Engine.Bundles;")]
    [InlineData("Flows/A.cs", "using Mirror.Engine.Registry;\nusing Mirror.Engine.Bundles;")]
    [InlineData("Other.cs", "using Mirror.Engine.Flows; Flows.PullFlow flow;")]
    [InlineData("Bundles/A.cs", "namespace Mirror.Engine.Bundles; // like Mirror.Engine.Registry\nclass A;")]
    [InlineData("Bundles/A.cs", "var text = \"Mirror.Engine.Registry\"; var x = endpoint.Registry.RegistryClient;")]
    [InlineData("Bundles/A.cs", "var host = Registry.Host;")]
    public void A_use_that_the_table_allows_is_no_fault(string path, string code) =>
        Assert.Empty(RoomViolations(path, code));

    [Fact]
    public void The_table_is_read_out_of_markdown()
    {
        var table = RoomTable.Parse("text\n| folder | may use |\n|---|---|\n| A, B | - |\n| C | A, B |\n"
            + "| D | all of the above |\n\n| E | A |\n");

        Assert.Equal(["A", "B", "C", "D"], table.Keys);
        Assert.Empty(table["B"]);
        Assert.Equal(["A", "B"], table["C"]);
        Assert.Equal(["A", "B", "C"], table["D"]);
    }

    [Fact]
    public void A_file_over_300_lines_is_found()
    {
        Assert.Empty(TextRules.Lengths("a.cs", Lines(300)));
        Assert.Equal(["a.cs: 301 lines, 300 are the most"], TextRules.Lengths("a.cs", Lines(301)));
        Assert.Equal(["a.cs: 301 lines, 300 are the most"], TextRules.Lengths("a.cs", Lines(301).TrimEnd()));
    }

    [Fact]
    public void A_line_over_120_columns_is_found()
    {
        Assert.Empty(TextRules.Lengths("a.cs", new string('x', 120) + "\r\n"));
        Assert.Equal(
            ["a.cs(2): 121 columns, 120 are the most"], TextRules.Lengths("a.cs", "\n" + new string('x', 121) + "\n"));
    }

    [Theory]
    [InlineData("#region Fields\n", 1)]
    [InlineData("    # region\n", 1)]
    [InlineData("// #region\nvar text = \"\"\"\n#region\n\"\"\";", 0)]
    public void A_region_is_found(string code, int count) =>
        Assert.Equal(count, TextRules.Regions("a.cs", code).Count());

    [Theory]
    [InlineData("internal static class PathHelper;", "PathHelper")]
    [InlineData("internal readonly record struct TarUtils(int A);", "TarUtils")]
    [InlineData("public interface IBlobManager", "IBlobManager")]
    [InlineData("enum Common { A }", "Common")]
    public void A_name_that_says_nothing_is_found(string code, string name) =>
        Assert.Equal([$"a.cs: {name} does not say what it does"], TextRules.TypeNames("a.cs", code));

    [Theory]
    [InlineData("internal sealed class TarHeader;")]
    [InlineData("internal sealed class ManagerOfNothing;")]
    [InlineData("// the class BHelper is gone\nclass A { string s = @\"a \"\"class XHelper\"\" b\"; char c = '\"'; }")]
    public void A_name_that_says_something_is_no_fault(string code) => Assert.Empty(TextRules.TypeNames("a.cs", code));

    [Theory]
    [InlineData("Thread.Sleep(100);", 1)]
    [InlineData("await Task.Delay(100); await Task.Delay(time, cancellationToken);", 2)]
    [InlineData("await Task.Delay(Timeout.Infinite, stop); await Task.Delay(Timeout.InfiniteTimeSpan, stop);", 0)]
    [InlineData("/* Thread.Sleep */ var text = $\"Task.Delay({1})\";", 0)]
    public void A_wait_for_time_is_found(string code, int count) =>
        Assert.Equal(count, TextRules.Sleeps("a.cs", code).Count());

    [Fact]
    public void A_committed_NuGet_configuration_is_found()
    {
        Assert.True(CommittedFiles.Any("..src/NuGet.Config\0..", [], "nuget.config"));
        Assert.False(CommittedFiles.Any("..src/a.cs\0..", ["nuget.config"], "nuget.config"));
        Assert.True(CommittedFiles.Any(null, ["src/NuGet.Config"], "nuget.config"));
        Assert.False(CommittedFiles.Any(null, ["src/a.cs"], "nuget.config"));
    }

    private static IEnumerable<string> RoomViolations(string path, string code) =>
        new RoomRules(RoomTable.Rooms, new Dictionary<string, string>(s_otherFiles) { [path] = code }).Violations();

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("x\n", count));
}
