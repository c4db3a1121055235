using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mirror.Engine.Tests.House;

/// <summary>
/// Compares which room of the engine uses which with the table: an arrow that the table forbids is a violation, and so
/// is a permission that nothing uses. The compiler says what a name means; what only comments mention is not a use.
/// </summary>
/// <param name="table">Each room with the rooms it may use.</param>
/// <param name="sources">The engine's files: path relative to the engine's folder, and text.</param>
internal sealed class RoomRules(
    IReadOnlyDictionary<string, string[]> table,
    IReadOnlyDictionary<string, string> sources)
{
    /// <summary>What every room may use.</summary>
    private const string Foundation = "Errors";

    /// <summary>The engine's own folder, with the verbs.</summary>
    private const string Root = "the root";

    /// <summary>
    /// What the SDK and the project add to every file: without them, names in queries have no meaning.
    /// </summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    public IEnumerable<string> Violations()
    {
        List<string> violations = [];
        HashSet<(string From, string To)> arrows = [];
        foreach (Use use in Uses().OrderBy(use => use.Path, StringComparer.Ordinal))
        {
            string from = RoomOf(use.Path);
            if (use.Room == from || use.Room == Foundation)
            {
                continue;
            }

            arrows.Add((from, use.Room));
            if (table.TryGetValue(from, out string[]? allowed) && !allowed.Contains(use.Room))
            {
                violations.Add($"{use.Path}: {from} may not use {use.Type} of {use.Room}");
            }
        }

        return [.. UnknownRooms(), .. GlobalUsings(), .. violations.Distinct(), .. UnusedPermissions(arrows)];
    }

    private IEnumerable<string> UnknownRooms() =>
        from path in sources.Keys.Order(StringComparer.Ordinal)
        let room = RoomOf(path)
        where room != Root && !table.ContainsKey(room)
        select $"{path}: the architecture has no room named {room}";

    private IEnumerable<string> GlobalUsings() =>
        from source in sources.OrderBy(source => source.Key, StringComparer.Ordinal)
        where CodeText.WithoutCommentsAndLiterals(source.Value).Contains("global using", StringComparison.Ordinal)
        select $"{source.Key}: a global using hides who uses whom";

    // A row that allows every room above it need not use them all.
    private IEnumerable<string> UnusedPermissions(HashSet<(string From, string To)> arrows) =>
        from row in table.Index()
        where !table.Keys.Take(row.Index).ToHashSet().SetEquals(row.Item.Value)
        from allowed in row.Item.Value
        where allowed != Foundation && !arrows.Contains((row.Item.Key, allowed))
        select $"{row.Item.Key}: nothing uses the permission for {allowed}";

    private IEnumerable<Use> Uses()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Rooms",
            sources.Select(source => CSharpSyntaxTree.ParseText(source.Value, path: source.Key))
                .Append(CSharpSyntaxTree.ParseText(ImplicitUsings)),
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        HashSet<string> names = [.. compilation.SyntaxTrees.SelectMany(DeclaredNames)];
        return compilation.SyntaxTrees.SelectMany(tree => UsesIn(tree, compilation.GetSemanticModel(tree), names));
    }

    // What a file can reach another one by: its types, and the extension methods and static members in them.
    private static IEnumerable<string> DeclaredNames(SyntaxTree tree) => tree.GetRoot().DescendantNodes()
        .Select(node => node switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
            DelegateDeclarationSyntax type => type.Identifier.ValueText,
            MethodDeclarationSyntax { Modifiers: var modifiers } method when modifiers.Any(SyntaxKind.StaticKeyword) =>
                method.Identifier.ValueText,
            _ => "",
        })
        .Where(name => name.Length > 0);

    private static IEnumerable<Use> UsesIn(SyntaxTree tree, SemanticModel model, HashSet<string> names) =>
        from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
        where names.Contains(name.Identifier.ValueText)
        let type = NamedType(name, model.GetSymbolInfo(name))
        where type is not null
        let file = type.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath
        where file is not null
        select new Use(tree.FilePath, RoomOf(file), type.Name);

    // A type that is written out, the one of an attribute, or the one behind an extension or a "using static".
    private static INamedTypeSymbol? NamedType(SimpleNameSyntax name, SymbolInfo info)
    {
        INamedTypeSymbol? type = (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) switch
        {
            INamedTypeSymbol named => named,
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType,
            IMethodSymbol { ReducedFrom: { } extension } => extension.ContainingType,
            IMethodSymbol { IsStatic: true } method when name.Parent is not MemberAccessExpressionSyntax =>
                method.ContainingType,
            _ => null,
        };
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type?.OriginalDefinition;
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var file
                && !file.StartsWith("Mirror.", StringComparison.Ordinal)
                && !file.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));

    private static string RoomOf(string path) =>
        path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : Root;

    /// <summary>A use of a type.</summary>
    /// <param name="Path">The file that uses it.</param>
    /// <param name="Room">The room that declares it.</param>
    /// <param name="Type">Its name.</param>
    private sealed record Use(string Path, string Room, string Type);
}
