using Xunit;

namespace Cake.DeckhouseMirror.Tests.Documented;

/// <summary>The page that shows the same job four ways shows the files that are run.</summary>
public sealed class FourWaysTests
{
    private static readonly string _page = Read("docs/four-ways.md");

    [Theory]
    [InlineData("examples/msbuild/airgap.proj")]
    [InlineData("examples/cake/build.cake")]
    [InlineData("examples/frosting/MirrorContext.cs")]
    [InlineData("examples/frosting/PushTask.cs")]
    [InlineData("examples/frosting/Program.cs")]
    [InlineData("examples/cake-sdk/cake.cs")]
    public void The_page_has_the_example_as_it_is(string file) =>
        Assert.Contains($"\n{Read(file)}```\n", _page, StringComparison.Ordinal);

    [Fact]
    public void The_page_has_the_fake_engine_that_is_tested()
    {
        string source = Read("tests/Cake.DeckhouseMirror.Tests/Documented/FakeMirror.cs");

        string usings = source[..source.IndexOf("namespace ", StringComparison.Ordinal)];
        string type = source[source.IndexOf("/// <summary>", StringComparison.Ordinal)..];
        Assert.Contains($"\n{usings}{type}```\n", _page);
    }

    [Fact]
    public void All_four_select_the_same_modules() => Assert.All(
        (string[])["msbuild/airgap.proj", "cake/build.cake", "frosting/MirrorContext.cs", "cake-sdk/cake.cs"],
        file =>
        {
            string text = Read($"examples/{file}");
            Assert.All(
                (string[])["\"console\"", "sds-local-volume", "^0.4.0", "registry.deckhouse.ru/deckhouse/ee"],
                part => Assert.Contains(part, text));
        });

    private static string Read(string file) => File.ReadAllText(Path.Combine(SourceTree.Root, file));
}
