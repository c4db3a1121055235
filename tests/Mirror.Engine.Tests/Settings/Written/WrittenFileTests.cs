using Mirror.Engine.Tests.House;
using Xunit;

namespace Mirror.Engine.Tests.Settings.Written;

/// <summary>With <c>UPDATE_DOCS=1</c> the files are written first.</summary>
public sealed class WrittenFileTests
{
    private const string Command = "UPDATE_DOCS=1 dotnet run -p:RunAnalyzers=false --project tests/Mirror.Engine.Tests "
        + "-- -class \"*WrittenFileTests\"";

    public static TheoryData<string> Paths => [.. WrittenFile.All.Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_file_repeats_settings_as_the_table_has_them(string path)
    {
        string full = RepositoryTree.PathOf(path);
        string current = File.Exists(full) ? File.ReadAllText(full).ReplaceLineEndings("\n") : "";
        string expected = WrittenFile.All.Single(file => file.Path == path).Render(current);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1" && current != expected)
        {
            File.WriteAllText(full, expected);
            current = expected;
        }

        Assert.True(
            current == expected,
            $"{path} is not what the settings table says, from this line on: {FirstDifference(current, expected)}\n"
                + $"To write it, run: {Command}");
    }

    [Fact]
    public void Every_generated_source_file_belongs_to_a_class_that_has_settings() =>
        Assert.Equal(
            WrittenFile.All.Select(file => file.Path).Where(IsGenerated).Order(StringComparer.Ordinal),
            RepositoryTree.Files("src", ".cs").Where(IsGenerated).Order(StringComparer.Ordinal));

    [Fact]
    public void The_contract_keeps_a_name_that_the_table_no_longer_has() =>
        Assert.StartsWith(
            "D8MirrorGone | Gone | -\nD8MirrorSource | Source | ",
            SettingsContract.Render("D8MirrorGone | Gone | -\n"),
            StringComparison.Ordinal);

    [Fact]
    public void A_file_without_the_comments_around_its_settings_is_refused() =>
        Assert.Contains(
            "'Settings of D8MirrorPlan'",
            Assert.Throws<ArgumentException>(() => TargetsFile.Render("<Project />")).Message,
            StringComparison.Ordinal);

    private static bool IsGenerated(string path) => path.EndsWith(".g.cs", StringComparison.Ordinal);

    private static string FirstDifference(string current, string expected)
    {
        string[] known = current.Split('\n');
        return expected.Split('\n').Where((line, index) => index >= known.Length || known[index] != line)
            .FirstOrDefault("the end");
    }
}
