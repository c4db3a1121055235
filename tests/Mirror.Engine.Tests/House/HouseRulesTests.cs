using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Mirror.Engine.Tests.House;

public sealed class HouseRulesTests
{
    private static readonly string[] s_codeFolders = ["src", "tests", "build", "examples"];

    [Fact]
    public void Rooms_of_the_engine_use_only_what_the_architecture_allows()
    {
        var sources = RepositoryTree.Files("src/Mirror.Engine", ".cs")
            .ToDictionary(path => path["src/Mirror.Engine/".Length..], RepositoryTree.Read);

        AssertNone(new RoomRules(RoomTable.Rooms, sources).Violations());
    }

    [Fact]
    public void Public_types_of_the_engine_share_one_namespace_and_the_others_have_their_rooms() =>
        AssertNone(RepositoryTree.Files("src/Mirror.Engine", ".cs").SelectMany(path =>
            TextRules.Namespaces(path["src/Mirror.Engine/".Length..], RepositoryTree.Read(path))));

    [Fact]
    public void The_engine_shows_its_internals_to_tests_and_never_to_a_front_end() => Assert.Equal(
        ["Cake.DeckhouseMirror.Tests", "Deckhouse.Mirror.MSBuild.Tests", "Mirror.Benchmarks", "Mirror.Engine.Tests"],
        typeof(MirrorEngine).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>()
            .Select(friend => friend.AssemblyName)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void The_engine_project_has_one_implicit_using_and_none_of_its_own_rooms() => Assert.Equal(
        ["System.Collections.Immutable"],
        XDocument.Parse(RepositoryTree.Read("src/Mirror.Engine/Mirror.Engine.csproj"))
            .Descendants("Using").SelectMany(item => item.Attributes()).Select(attribute => attribute.Value));

    [Fact]
    public void The_architecture_document_has_the_same_table()
    {
        var documented = RoomTable.Parse(RepositoryTree.Read("docs/architecture.md"));

        Assert.Equal(RoomTable.Rooms.Keys.Order(), documented.Keys.Order());
        Assert.All(documented, row => Assert.Equal(RoomTable.Rooms[row.Key].Order(), row.Value.Order()));
    }

    [Fact]
    public void No_file_is_longer_than_300_lines_and_no_line_wider_than_120_columns() =>
        AssertNone(Check(TextRules.Lengths, s_codeFolders));

    [Fact]
    public void Numbers_with_decimals_are_formatted_where_no_language_of_the_machine_counts() => Assert.Equal(
        ["src/Mirror.Engine/Errors/ByteCount.cs", "src/Mirror.Engine/Errors/SecondCount.cs"],
        RepositoryTree.Files("src", ".cs")
            .Where(path => RepositoryTree.Read(path).Contains(":0.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void No_folder_of_the_sources_has_more_than_30_files() =>
        AssertNone(RepositoryTree.Files("src", ".cs")
            .CountBy(path => path[..path.LastIndexOf('/')])
            .Where(folder => folder.Value > 30)
            .Select(folder => $"{folder.Key}: {folder.Value} files, 30 are the most"));

    [Fact]
    public void A_type_in_the_file_of_another_is_internal_and_short() => AssertNone(Check(TextRules.Companions, "src"));

    [Fact]
    public void No_file_has_a_region() => AssertNone(Check(TextRules.Regions, s_codeFolders));

    [Fact]
    public void No_type_has_a_name_that_says_nothing() => AssertNone(Check(TextRules.TypeNames, s_codeFolders));

    [Fact]
    public void A_factory_says_what_it_does() => AssertNone(Check(TextRules.Factories, "src"));

    [Fact]
    public void Only_the_settings_table_of_the_engine_knows_the_names_of_MSBuild() =>
        AssertNone(Check(TextRules.PropertyNames, "src/Mirror.Engine"));

    [Fact]
    public void No_test_waits_for_time() => AssertNone(Check(TextRules.Sleeps, "tests"));

    [Theory]
    [InlineData(".config/dotnet-tools.json")]
    [InlineData("examples/cake/.config/dotnet-tools.json")]
    [InlineData("examples/fleet/.config/dotnet-tools.json")]
    public void A_tool_manifest_and_the_central_versions_name_the_same_Cake(string file)
    {
        using var manifest = JsonDocument.Parse(RepositoryTree.Read(file));
        var tool = manifest.RootElement.GetProperty("tools").GetProperty("cake.tool").GetProperty("version");
        var central = XDocument.Parse(RepositoryTree.Read("Directory.Packages.props")).Descendants("CakeVersion");

        Assert.Equal(Assert.Single(central).Value, tool.GetString());
    }

    [Fact]
    public void No_NuGet_configuration_is_committed()
    {
        var index = CommittedFiles.ReadIndex(RepositoryTree.Root);

        Assert.False(CommittedFiles.Any(index, RepositoryTree.AllFiles(), "nuget.config"));
    }

    private static IEnumerable<string> Check(
        Func<string, string, IEnumerable<string>> rule,
        params string[] folders)
    {
        var files = folders.SelectMany(folder => RepositoryTree.Files(folder, ".cs", ".cake")).ToList();
        Assert.NotEmpty(files);
        return files.SelectMany(path => rule(path, RepositoryTree.Read(path)));
    }

    private static void AssertNone(IEnumerable<string> violations)
    {
        var all = violations.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
