using System.Reflection;
using System.Text.RegularExpressions;
using Mirror.Engine.Tests.House;
using Xunit;

namespace Mirror.Engine.Tests.Errors;

public sealed partial class FaultCodeTests
{
    private static readonly FieldInfo[] Fields = typeof(FaultCode).GetFields(BindingFlags.Public | BindingFlags.Static);

    private static readonly string[] Codes = [.. Fields.Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void No_code_has_two_meanings() => Assert.Equal(Codes.Distinct(), Codes);

    [Fact]
    public void Every_code_belongs_to_a_family() =>
        Assert.All(Codes, code => Assert.Matches("^D8M[1-9][0-9]{3}$", code));

    [Fact]
    public void The_documentation_has_an_entry_for_every_code_and_for_no_other()
    {
        string document = File.ReadAllText(RepositoryTree.PathOf("docs/errors.md"));

        string[] documented = [.. EntryPattern().Matches(document).Select(match => match.Groups["code"].Value)];

        Assert.Equal(Codes.Order(StringComparer.Ordinal), documented);
    }

    [Fact]
    public void Every_entry_says_what_why_and_what_to_do()
    {
        string[] entries = File.ReadAllText(RepositoryTree.PathOf("docs/errors.md")).Split("\n## ")[1..];

        Assert.All(entries, entry =>
        {
            Assert.Matches(@"\A.*\n\n\*\*.+\*\*\n\nWhy: .+\n\nWhat to do: .+", entry);
        });
    }

    [Fact]
    public void Every_code_is_used_by_the_sources_or_documented_as_retired()
    {
        string document = File.ReadAllText(RepositoryTree.PathOf("docs/errors.md"));
        string sources = string.Concat(RepositoryTree.AllFiles()
            .Where(path => path.StartsWith("src/", StringComparison.Ordinal)
                && Path.GetExtension(path) is ".cs" or ".targets"
                && !path.Contains("/FaultCode.", StringComparison.Ordinal))
            .Select(path => File.ReadAllText(RepositoryTree.PathOf(path))));

        Assert.All(Fields, field =>
        {
            string code = (string)field.GetRawConstantValue()!;
            bool isUsed = sources.Contains($"FaultCode.{field.Name}", StringComparison.Ordinal)
                || sources.Contains($"\"{code}\"", StringComparison.Ordinal);
            string entry = document[document.IndexOf($"## {code}\n", StringComparison.Ordinal)..];
            bool isRetired = entry.Split('\n')[2].EndsWith(" (Retired)**", StringComparison.Ordinal);

            Assert.True(isUsed != isRetired, $"{field.Name} ({code}): used is {isUsed}, retired is {isRetired}.");
        });
    }

    [GeneratedRegex(@"^## (?<code>D8M[0-9]{4})$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex EntryPattern();
}
