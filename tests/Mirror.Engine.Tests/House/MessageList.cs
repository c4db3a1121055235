using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mirror.Engine.Tests.House;

/// <summary>
/// Every message that source code holds, in one list for an editor to read: faults with their codes, events with their
/// levels, and the texts of exceptions. What the code inserts is shown in braces.
/// </summary>
internal static class MessageList
{
    private static readonly string[] s_levels = ["Milestone", "Cause", "Decision", "Request"];

    /// <summary>The messages of the whole of <c>src</c>, as <c>path(line): kind: text</c>.</summary>
    public static IEnumerable<string> OfSources() =>
        RepositoryTree.Files("src", ".cs").Order(StringComparer.Ordinal)
            .SelectMany(path => Read(path, RepositoryTree.Read(path)));

    /// <summary>The messages of one file, in the order in which they stand there.</summary>
    public static IEnumerable<string> Read(string path, string source)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source);
        return from node in tree.GetRoot().DescendantNodes()
               let message = Fault(node) ?? Event(node) ?? Failure(node)
               where message is not null
               let line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1
               select $"{path}({line}): {message}";
    }

    private static string? Fault(SyntaxNode node) =>
        node is ArgumentListSyntax { Arguments: [var code, _, _, ..] arguments }
            && code.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } member
            && owner.Identifier.ValueText == nameof(FaultCode)
            ? $"{member.Name}: {TextOf(arguments[1].Expression)} | {TextOf(arguments[2].Expression)}"
            : null;

    private static string? Event(SyntaxNode node) =>
        node is InvocationExpressionSyntax { ArgumentList.Arguments: [var argument] } call
            && call.Expression is MemberAccessExpressionSyntax member
            && s_levels.Contains(member.Name.Identifier.ValueText)
            && IsText(argument.Expression)
            ? $"{member.Name}: {TextOf(argument.Expression)}"
            : null;

    private static string? Failure(SyntaxNode node) =>
        node is ObjectCreationExpressionSyntax { ArgumentList.Arguments: [var text, ..] } creation
            && creation.Type.ToString() is var type && type.EndsWith("Exception", StringComparison.Ordinal)
            && IsText(text.Expression)
            ? $"{type}: {TextOf(text.Expression)}"
            : null;

    private static bool IsText(ExpressionSyntax expression) => expression is InterpolatedStringExpressionSyntax
        or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression }
        or BinaryExpressionSyntax;

    private static string TextOf(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal => literal.Token.ValueText,
        InterpolatedStringExpressionSyntax text => string.Concat(text.Contents.Select(content =>
            content is InterpolatedStringTextSyntax part ? part.TextToken.ValueText : content.ToString())),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => TextOf(sum.Left) + TextOf(sum.Right),
        ParenthesizedExpressionSyntax inner => TextOf(inner.Expression),
        ConditionalExpressionSyntax choice => $"[{TextOf(choice.WhenTrue)} / {TextOf(choice.WhenFalse)}]",
        _ => $"{{{OnOneLine(expression.ToString())}}}",
    };

    private static string OnOneLine(string text) =>
        string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
