using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mirror.Engine.Tests.House;

/// <summary>The rules that look at one file: lengths, types, regions, names, waiting in tests.</summary>
internal static partial class TextRules
{
    public const int MaxLines = 300;
    public const int MaxColumns = 120;
    public const int MaxCompanionLines = 20;

    public static IEnumerable<string> Lengths(string path, string text)
    {
        var lines = text.Split('\n');
        var count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        if (count > MaxLines)
        {
            yield return $"{path}: {count} lines, {MaxLines} are the most";
        }

        foreach (var (index, line) in lines.Index())
        {
            var columns = line.TrimEnd('\r').Length;
            if (columns > MaxColumns)
            {
                yield return $"{path}({index + 1}): {columns} columns, {MaxColumns} are the most";
            }
        }
    }

    /// <summary>A file is about its first type; others in it are internal, and short.</summary>
    public static IEnumerable<string> Companions(string path, string text) =>
        from type in CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot().Members
            .SelectMany(member => member is BaseNamespaceDeclarationSyntax space ? space.Members : [member]).Skip(1)
        let lines = type.ToFullString().Trim().Split('\n').Length
        let name = type is BaseTypeDeclarationSyntax named ? named.Identifier.ValueText : "a type"
        where lines > MaxCompanionLines || type.Modifiers.Any(SyntaxKind.PublicKeyword)
        select $"{path}: {name} is public or longer than {MaxCompanionLines} lines, and belongs in its own file";

    public static IEnumerable<string> Regions(string path, string text) =>
        RegionLine().IsMatch(CodeText.WithoutCommentsAndLiterals(text)) ? [$"{path}: has a #region"] : [];

    public static IEnumerable<string> TypeNames(string path, string text) =>
        TypeDeclaration().Matches(CodeText.WithoutCommentsAndLiterals(text))
            .Select(match => match.Groups["name"].Value)
            .Where(name => VagueEnding().IsMatch(name))
            .Select(name => $"{path}: {name} does not say what it does");

    /// <summary>Of says nothing to a searcher: factories parse, scan, read, create, compare.</summary>
    public static IEnumerable<string> Factories(string path, string text) =>
        CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(method => method.Identifier.ValueText == "Of")
            .Select(_ => $"{path}: a method is called Of");

    /// <summary>Waiting for time makes tests slow and flaky; to wait for a cancellation is something else.</summary>
    public static IEnumerable<string> Sleeps(string path, string text) =>
        Sleep().Matches(CodeText.WithoutCommentsAndLiterals(text))
            .Select(match => $"{path}: {match.Value} waits for time");

    /// <summary>The engine speaks of members; how MSBuild calls them stands in the settings table alone.</summary>
    public static IEnumerable<string> PropertyNames(string path, string text) =>
        path.StartsWith("src/Mirror.Engine/Settings/Table/", StringComparison.Ordinal)
            ? []
            : PropertyName().Matches(text)
                .Select(match => $"{path}: {match.Value} is a name of MSBuild, which only the settings table knows");

    [GeneratedRegex("D8Mirror[A-Z][A-Za-z]*", RegexOptions.None, 10_000)]
    private static partial Regex PropertyName();

    /// <summary>A file of the engine has the namespace of its folder; a public type is in the root's.</summary>
    public static IEnumerable<string> Namespaces(string path, string text)
    {
        var code = CodeText.WithoutCommentsAndLiterals(text);
        var declared = NamespaceLine().Match(code).Groups["name"].Value;
        var folder = path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : "";
        var room = folder.Length == 0 ? "Mirror.Engine" : $"Mirror.Engine.{folder.Replace('/', '.')}";
        var expected = PublicType().IsMatch(code) ? "Mirror.Engine" : room;
        return declared == expected ? [] : [$"{path}: is in {declared}, and belongs in {expected}"];
    }

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(
        @"^public\s+([a-z]+\s+)*(class|struct|interface|record|enum|delegate)\b",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        10_000)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^\s*#\s*region\b", RegexOptions.Multiline, 10_000)]
    private static partial Regex RegionLine();

    [GeneratedRegex(
        @"\b(class|struct|interface|record|enum)\s+(?!class\b|struct\b)(?<name>\w+)",
        RegexOptions.ExplicitCapture,
        10_000)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex("(Helpers?|Util(s|ity|ities)?|Managers?|Common)$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex VagueEnding();

    [GeneratedRegex(@"\bThread\.Sleep\b|\bTask\.Delay\((?!Timeout\.Infinite)", RegexOptions.None, 10_000)]
    private static partial Regex Sleep();
}
