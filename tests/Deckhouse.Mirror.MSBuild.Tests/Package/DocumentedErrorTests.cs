using System.Text.RegularExpressions;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

[Collection(SharedPackage.Name)]
public sealed partial class DocumentedErrorTests(DocumentedErrorsBuild errors) : IClassFixture<DocumentedErrorsBuild>
{
    public static TheoryData<string> Codes => [.. DocumentedErrors.All.Select(fault => fault.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_project_that_causes_it_shows_file_line_and_code(string code)
    {
        DocumentedCase fault = DocumentedErrors.All.Single(row => row.Code == code);
        string kind = fault.IsWarning ? "warning" : "error";

        IReadOnlyList<string> lines = errors.LinesOf(code);

        string form = $"{errors.FileOf(code)}({errors.LineOf(fault)}): {kind} {code}: ";
        Assert.True(
            lines.Any(line => line.StartsWith(form, StringComparison.Ordinal) && line.Length > form.Length + 20),
            $"{form} is not in\n{string.Join('\n', lines)}");
        if (!fault.IsWarning)
        {
            Assert.All(
                lines.Where(line => line.Contains(": error ", StringComparison.Ordinal)),
                line => Assert.Contains($": error {code}: ", line));
        }
    }

    [Fact]
    public void A_secret_of_a_project_is_not_repeated() =>
        Assert.DoesNotContain("canary-in-a-project", errors.Build.Output);

    [Fact]
    public void Every_documented_code_is_caused_here_or_known_to_need_more_than_a_project() =>
        Assert.Equal(
            Entries().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "docs/errors.md")))
                .Select(entry => entry.Groups["code"].Value).Order(StringComparer.Ordinal),
            DocumentedErrors.All.Select(fault => fault.Code)
                .Concat(DocumentedErrors.Others.Values.SelectMany(codes => codes)).Order(StringComparer.Ordinal));

    [GeneratedRegex(
        "^## (?<code>D8M[0-9]{4})$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Entries();
}
