using Xunit;

namespace Cake.DeckhouseMirror.Tests.Documented;

/// <summary>The file for Cake.Sdk, and the fake for tests of tasks, as their readers compile them.</summary>
public sealed class CakeSdkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_example_compiles_with_the_namespaces_that_the_methods_of_aliases_import()
    {
        string[] lines = Read("examples/cake-sdk/cake.cs").Split('\n');
        Assert.All(lines[..2], line => Assert.StartsWith("#:", line));
        string program = string.Join('\n', lines[2..]);

        Assert.Empty(CakeSdkProgram.Compile(program, withImports: true, Cancellation));
        Assert.Contains(
            CakeSdkProgram.Compile(program, withImports: false, Cancellation),
            found => found.Id == "CS0246"
                && found.GetMessage().Contains("D8MirrorPullSettings", StringComparison.Ordinal));
    }

    [Fact]
    public void The_fake_on_the_page_compiles_with_the_usings_that_it_shows()
    {
        string page = Read("docs/four-ways.md");
        string fake = page[page.IndexOf("```csharp\nusing System.Collections.Immutable;", StringComparison.Ordinal)..]
            .Split("```")[1]["csharp".Length..];

        Assert.Contains("class FakeMirror", fake);
        const string Start = "public static class Start { public static void Main() { } }";
        Assert.Empty(CakeSdkProgram.Compile(fake + Start, withImports: false, Cancellation));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(SourceTree.Root, file));
}
