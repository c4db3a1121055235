using System.Globalization;
using System.Text;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Oci;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("a: 1\nb: [x, 'y', \"1\", ~]\n", """{"a":1,"b":["x","y","1",null]}""")]
    [InlineData("a: |\n  two\n  lines\n", """{"a":"two\nlines\n"}""")]
    [InlineData("{\"k\":true,\"v\":\"1.27\"}", """{"k":true,"v":"1.27"}""")]
    [InlineData("a: yes\nb: 1.5\nc: 1.2.3\nd: 0o7\n", """{"a":"yes","b":1.5,"c":"1.2.3","d":"0o7"}""")]
    [InlineData("a: &x {k: v}\nb: *x\n", """{"a":{"k":"v"},"b":{"k":"v"}}""")]
    [InlineData("", "null")]
    public void A_document_is_read_with_the_types_of_the_core_schema(string yaml, string json) =>
        Assert.Equal(json, YamlText.Read(Encoding.UTF8.GetBytes(yaml))?.ToJsonString() ?? "null");

    [Theory]
    [InlineData("a: [")]
    [InlineData("a: *nowhere")]
    [InlineData("a: &a [*a]")]
    [InlineData("a: 1\na: 2")]
    [InlineData("? [a]\n: b")]
    [InlineData("a: &x [: *x\n<<: *x\n")]
    [InlineData("...\n-")]
    [InlineData("[a: ...")]
    [InlineData("\"\\ud800\"")]
    public void What_is_no_document_is_refused(string yaml) =>
        Assert.Throws<FormatException>(() => YamlText.Read(Encoding.UTF8.GetBytes(yaml)));

    [Fact]
    public void A_document_nested_without_end_is_refused() => Assert.Throws<FormatException>(
        () => YamlText.Read(Encoding.UTF8.GetBytes(new string('[', 100_000))));

    [Fact]
    public void An_alias_nests_as_deeply_as_what_it_stands_for()
    {
        StringBuilder yaml = new("l0: &l0 [x]\n");
        for (int level = 1; level < 10; level++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"l{level}: &l{level} [[[[[*l{level - 1}]]]]]\n");
        }

        Assert.Contains("deeply", Refused(yaml.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_counts_as_often_as_it_is_repeated() => Assert.Contains("large", Refused(
        $"a: &a {new string('x', 100_000)}\nb: [{string.Join(',', Enumerable.Repeat("*a", 100))}]"));

    [Fact]
    public void A_document_over_a_megabyte_is_refused() =>
        Assert.Contains("bytes", Refused(new string('x', OciLimits.DocumentBytes + 1)), StringComparison.Ordinal);

    [Fact]
    public void A_small_document_that_would_become_a_large_tree_is_refused()
    {
        StringBuilder yaml = new("l0: &l0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int level = 1; level < 10; level++)
        {
            string alias = $"*l{level - 1}";
            yaml.Append(CultureInfo.InvariantCulture,
                $"l{level}: &l{level} [{string.Join(',', Enumerable.Repeat(alias, 10))}]\n");
        }

        Refused(yaml.ToString());
    }

    private static string Refused(string yaml) =>
        Assert.Throws<FormatException>(() => YamlText.Read(Encoding.UTF8.GetBytes(yaml))).Message;
}
