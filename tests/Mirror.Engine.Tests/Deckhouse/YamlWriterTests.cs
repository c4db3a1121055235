using System.Text;
using System.Text.Json.Nodes;
using Mirror.Engine.Deckhouse.Source;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

public sealed class YamlWriterTests
{
    private static readonly string[] Pieces =
    [
        "", " ", "\n", "\n\n", "a", "plain text", "1.27", "0x1f", "1_000", "12:30", "2024-01-02", "yes", "No", "~",
        "null",
        "- item", "key: value", "# note", "'", "\"", "\\", "<new> & shiny", "%", "@", "`", "*x", "&x", "!tag", "|", ">",
        "[", "]", "{", "}", ",", "?", ":", "\t", "\r", "\u0085", "\u00a0", "\u2028", "\ufeff", "é", "плагин",
        "\U0001f600",
        "---", "...", "<<", "=", "\0", "\u0007", "  indented", "trailing ",
    ];

    [Theory]
    [InlineData("k8s", "1.27", "k8s: \"1.27\"")]
    [InlineData("empty", "", "empty: \"\"")]
    [InlineData("time", "0001-01-01T00:00:00Z", "time: \"0001-01-01T00:00:00Z\"")]
    [InlineData("yes", "No", "\"yes\": \"No\"")]
    [InlineData("1.69", "~", "\"1.69\": \"~\"")]
    [InlineData("hex", "0x1f", "hex: \"0x1f\"")]
    [InlineData("text", "A <new> & shiny thing", "text: A <new> & shiny thing")]
    [InlineData("link", "https://example.test/pull/1", "link: https://example.test/pull/1")]
    [InlineData("name", "v1.69.4", "name: v1.69.4")]
    [InlineData("pair", "a: b", "pair: 'a: b'")]
    [InlineData("lines", "one\n  two\n", "lines: |\n  one\n    two")]
    [InlineData("odd", " one\ntwo", "odd: \" one\\ntwo\"")]
    public void A_text_is_quoted_only_where_it_could_be_taken_for_something_else(
        string key, string value, string line) =>
        Assert.Equal($"---\n{line}\n", Text(new JsonObject { [key] = value }));

    [Fact]
    public void Keys_are_sorted_lists_are_not_indented_and_each_document_begins_with_a_mark() => Assert.Equal(
        "---\na: 1\nb:\n- true\n- c: null\n  d: 1.5\n---\nempty: {}\nnone: []\n",
        Text(
            JsonNode.Parse("""{"b":[true,{"d":1.5,"c":null}],"a":1}"""),
            JsonNode.Parse("""{"none":[],"empty":{}}""")));

    [Fact]
    public void A_long_text_stays_on_its_line() =>
        Assert.Equal(2, Text(new JsonObject { ["a"] = string.Join(' ', Enumerable.Repeat("word", 500)) })
            .Count(character => character == '\n'));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_written_is_read_back_the_same(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 400; round++)
        {
            JsonNode? node = Node(random, 0);
            byte[] yaml = YamlWriter.Write([node]);

            Assert.True(
                JsonNode.DeepEquals(node, YamlText.Read(yaml)),
                $"{node?.ToJsonString()} became\n{Encoding.UTF8.GetString(yaml)}");
            Assert.DoesNotContain((byte)'\r', yaml);
        }
    }

    private static string Text(params JsonNode?[] documents) => Encoding.UTF8.GetString(YamlWriter.Write(documents));

    private static JsonNode? Node(Random random, int depth) => random.Next(depth > 3 ? 5 : 8) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.NextInt64(long.MinValue, long.MaxValue)),
        3 or 4 => JsonValue.Create(String(random)),
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Node(random, depth + 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(5)).Select(_ => String(random)).Distinct()
            .Select(key => KeyValuePair.Create(key, Node(random, depth + 1)))),
    };

    private static string String(Random random) => string.Concat(
        Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
