using System.Text.RegularExpressions;
using Xunit;

namespace Mirror.Engine.Tests.House;

/// <summary>Whatever the repository says is written somewhere can be read there.</summary>
public sealed partial class CitationTests
{
    private const string Architecture = "docs/architecture.md";
    private const string PullFlow = "src/Mirror.Engine/Flows/PullFlow.cs";

    private static readonly string[] s_folders = ["build", "docs", "examples", "src", "tests"];
    private static readonly string[] s_firstPages = ["README.md", "CONTRIBUTING.md", Architecture];

    private static readonly string[] s_extensions =
    [
        ".cs", ".cake", ".md", ".json", ".txt", ".props", ".targets", ".csproj", ".proj", ".sh", ".ps1", ".yml",
        ".editorconfig", "",
    ];

    private readonly CitationRules _rules = new(
        path => File.Exists(RepositoryTree.PathOf(path)) || Directory.Exists(RepositoryTree.PathOf(path)),
        RepositoryTree.Read);

    [Fact]
    public void Every_citation_leads_to_a_section_that_exists()
    {
        // Recorded data of others cites what others have.
        var files = RepositoryTree.AllFiles()
            .Where(path => s_extensions.Contains(Path.GetExtension(path)))
            .Where(path => path.EndsWith(".md", StringComparison.Ordinal)
                || !path.Contains("/Data/", StringComparison.Ordinal))
            .ToList();

        Assert.Contains("tests/Mirror.Engine.Tests/Cases/cases-different.json", files);
        AssertNone(files.SelectMany(path => _rules.Violations(path, RepositoryTree.Read(path))));
    }

    [Fact]
    public void Every_path_that_a_newcomer_reads_of_exists()
    {
        // The map writes rooms without the folder that all of them are in.
        var folders = s_folders.ToDictionary(name => name, _ => "");
        foreach (var room in RoomTable.Rooms.Keys)
        {
            folders.TryAdd(room.Split('/')[0], "src/Mirror.Engine/");
        }

        AssertNone(s_firstPages.SelectMany(path => _rules.DeadPaths(path, RepositoryTree.Read(path), folders)));
    }

    [Fact]
    public void A_newcomer_gets_from_the_readme_to_the_rooms_of_a_pull_and_their_tests()
    {
        Assert.Contains(Architecture, MarkdownText.Links(RepositoryTree.Read("README.md")).Select(link => link.Target));
        Assert.Contains(PullFlow, MarkdownText.Codes(RepositoryTree.Read(Architecture)).Select(code => code.Code));

        var rooms = Using().Matches(RepositoryTree.Read(PullFlow)).Select(match => match.Groups["room"].Value).ToList();

        Assert.NotEmpty(rooms);
        AssertNone(rooms
            .SelectMany(room => new[]
            {
                $"src/Mirror.Engine/{room.Replace('.', '/')}", $"tests/Mirror.Engine.Tests/{room.Split('.')[0]}",
            })
            .Where(folder => !Directory.Exists(RepositoryTree.PathOf(folder)))
            .Select(folder => $"{PullFlow} leads to {folder}, which does not exist"));
    }

    private static void AssertNone(IEnumerable<string> violations)
    {
        var all = violations.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    [GeneratedRegex(@"^using Mirror\.Engine\.(?<room>[\w.]+);", RegexOptions.Multiline, 10_000)]
    private static partial Regex Using();
}
