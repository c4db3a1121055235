using Xunit;

namespace Mirror.Engine.Tests.House;

/// <summary>Each house rule is shown able to fail, and to let pass what only looks like a fault.</summary>
public sealed class HouseRuleCheckTests
{
    private static readonly Dictionary<string, string[]> s_rooms = new()
    {
        ["Errors"] = [],
        ["Plan"] = [],
        ["Bundles"] = ["Plan"],
        ["Bundles/Deep"] = [],
        ["Registry"] = [],
        ["Flows"] = ["Errors", "Plan", "Bundles", "Bundles/Deep", "Registry"],
    };

    private static readonly Dictionary<string, string> s_files = new()
    {
        ["MirrorEngine.cs"] = "namespace Mirror.Engine; public sealed class MirrorEngine { Flows.PullFlow flow; }",
        ["Errors/Fault.cs"] = "namespace Mirror.Engine; public sealed class Fault;",
        ["Plan/Blob.cs"] = "namespace Mirror.Engine.Plan; internal sealed class Blob;",
        ["Bundles/Folder.cs"] = "namespace Mirror.Engine.Bundles; internal sealed class Folder { Plan.Blob blob; }",
        ["Registry/Client.cs"] = "namespace Mirror.Engine.Registry; internal sealed class Client { Fault fault; }",
        ["Registry/Urls.cs"] = """
            namespace Mirror.Engine.Registry;
            internal static class Urls { public static string Short(this string text) => text; }
            """,
        ["Flows/PullFlow.cs"] = "namespace Mirror.Engine.Flows; internal sealed class PullFlow { Registry.Client c; }",
    };

    [Theory]
    [InlineData("Bundles/A.cs", "class A { Registry.Client client; }", "Bundles may not use Client of Registry")]
    [InlineData("Plan/A.cs", "class A { object o = new Bundles.Folder(); }", "Plan may not use Folder of Bundles")]
    [InlineData("Plan/A.cs", "class A { string N => nameof(Bundles.Folder); }", "Plan may not use Folder of Bundles")]
    [InlineData("Bundles/Deep/A.cs", "class A { Folder folder; }", "Bundles/Deep may not use Folder of Bundles")]
    [InlineData("Plan/A.cs", "class A { MirrorEngine engine; }", "Plan may not use MirrorEngine of the root")]
    [InlineData("Cellar/A.cs", "class A;", "the architecture has no room named Cellar")]
    public void A_use_that_the_table_forbids_is_found(string path, string code, string expected) =>
        Assert.Equal([$"{path}: {expected}"], RoomViolations(path, code));

    [Fact]
    public void An_extension_of_a_forbidden_room_is_found() => Assert.Equal(
        ["Bundles/A.cs: Bundles may not use Urls of Registry"],
        RoomViolations("Bundles/A.cs", "class A { string Name => \"x\".Short(); }", "using Mirror.Engine.Registry;"));

    [Fact]
    public void A_global_using_is_found() => Assert.Equal(
        ["Usings.cs: a global using hides who uses whom"],
        new RoomRules(s_rooms, new Dictionary<string, string>(s_files) { ["Usings.cs"] = "global using System.Text;" })
            .Violations());

    [Fact]
    public void A_permission_that_nothing_uses_is_found()
    {
        Dictionary<string, string[]> rooms = new(s_rooms) { ["Plan"] = ["Registry"] };

        Assert.Equal(["Plan: nothing uses the permission for Registry"], new RoomRules(rooms, s_files).Violations());
    }

    [Theory]
    [InlineData("Bundles/A.cs", "class A { Plan.Blob blob; Fault fault; Folder folder; }")]
    [InlineData("Flows/A.cs", "class A { Registry.Client client; Bundles.Folder folder; }")]
    [InlineData("Other.cs", "class A { Flows.PullFlow flow; }")]
    [InlineData("Bundles/A.cs", "/// <summary>Like <see cref=\"Registry.Client\"/>.</summary>\nclass A;")]
    [InlineData("Bundles/A.cs", "class A { string Text => \"Registry.Client\"; string Client => Text; }")]
    public void A_use_that_the_table_allows_is_not_a_violation(string path, string code) =>
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
    [InlineData("Plan/A.cs", "namespace Mirror.Engine.Plan;\ninternal sealed class A;", 0)]
    [InlineData("Plan/Deep/A.cs", "namespace Mirror.Engine.Plan.Deep;\ninternal sealed class A;", 0)]
    [InlineData("Plan/A.cs", "namespace Mirror.Engine;\npublic sealed partial class A;", 0)]
    [InlineData("A.cs", "namespace Mirror.Engine;\ninternal sealed class A;", 0)]
    [InlineData("Plan/A.cs", "namespace Mirror.Engine;\ninternal sealed class A;", 1)]
    [InlineData("Plan/A.cs", "namespace Mirror.Engine.Plan;\npublic sealed class A;", 1)]
    [InlineData("Plan/Deep/A.cs", "namespace Mirror.Engine.Plan;\ninternal sealed class A;", 1)]
    public void A_namespace_that_is_not_the_files_is_found(string path, string code, int count) =>
        Assert.Equal(count, TextRules.Namespaces(path, code).Count());

    [Theory]
    [InlineData("internal sealed class A;\n\ninternal sealed record B(int C);\n\ninternal enum D { E }", 0)]
    [InlineData("public sealed class A;\n\npublic sealed record B(int C);", 1)]
    [InlineData("internal sealed class A;\n\n/// <summary>B.</summary>\ninternal sealed class B\n{LINES}", 0)]
    [InlineData("internal sealed class A;\n\n/// <summary>B.</summary>\ninternal sealed class B\n{LINES\n}", 1)]
    public void A_companion_that_is_public_or_long_is_found(string code, int count)
    {
        string body = Lines(17).Replace("x", "//");

        Assert.Equal(count, TextRules.Companions("a.cs", $"namespace A;\n\n{code.Replace("LINES", body)}").Count());
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

    private static IEnumerable<string> RoomViolations(string path, string code, string usings = "")
    {
        int end = path.LastIndexOf('/');
        string room = end < 0 ? "" : $".{path[..end].Replace('/', '.')}";
        Dictionary<string, string> files = new(s_files)
        {
            [path] = $"{usings} namespace Mirror.Engine{room}; {code}",
        };
        return new RoomRules(s_rooms, files).Violations();
    }

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("x\n", count));
}
