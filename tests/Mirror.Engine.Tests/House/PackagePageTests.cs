using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Mirror.Engine.Tests.House;

/// <summary>What a feed shows of a package: a page that works outside of the repository, and one address.</summary>
public sealed partial class PackagePageTests
{
    private const string EnginePage = "src/Mirror.Engine/README.md";

    /// <summary>What the SDK adds to every program.</summary>
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; "
            + "global using System.Threading; global using System.Threading.Tasks;";

    private static readonly string[] s_pages =
        [EnginePage, "src/Deckhouse.Mirror.MSBuild/README.md", "src/Cake.DeckhouseMirror/README.md"];

    private static readonly string s_address = XDocument.Load(RepositoryTree.PathOf("Directory.Build.props"))
        .Descendants("ProjectAddress").Single().Value;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_program_on_the_page_of_the_engine_compiles_against_the_public_surface()
    {
        var program = RepositoryTree.Read(EnginePage).Split("```csharp\n")[1].Split("\n```")[0];
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

        // The name decides: the engine shows its internals to assemblies of its own tests.
        var compilation = CSharpCompilation.Create(
            "ProgramOfAReader",
            [Parse(ImplicitUsings), Parse(program)],
            platform.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

        Assert.Empty(compilation.GetDiagnostics(Cancellation)
            .Where(found => found.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void Pages_of_packages_link_by_full_addresses_of_pages_that_exist() => Assert.All(s_pages, page =>
        Assert.All(MarkdownText.Links(RepositoryTree.Read(page)), link =>
        {
            var pages = $"{s_address}/blob/main/";
            Assert.StartsWith(pages, link.Target, StringComparison.Ordinal);
            Assert.True(File.Exists(RepositoryTree.PathOf(link.Target[pages.Length..].Split('#')[0])), link.Target);
        }));

    [Fact]
    public void Pages_of_packages_have_no_HTML() => Assert.All(
        s_pages, page => Assert.DoesNotMatch(HtmlTag(), RepositoryTree.Read(page)));

    [Fact]
    public void The_project_has_one_address() => Assert.All(
        RepositoryTree.Files("src", ".cs", ".targets", ".props", ".json", ".md")
            .SelectMany(file => ProjectAddress().Matches(RepositoryTree.Read(file)))
            .Select(match => match.Value),
        address => Assert.Equal(s_address, address));

    private static SyntaxTree Parse(string text) =>
        CSharpSyntaxTree.ParseText(text, cancellationToken: Cancellation);

    [GeneratedRegex("<(table|tr|td|th|br|img|a)[ >/]", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex HtmlTag();

    [GeneratedRegex(@"https://github\.com/deckhouse-mirror/[\w.-]*", RegexOptions.None, 10_000)]
    private static partial Regex ProjectAddress();
}
