using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Mirror.Engine.Oci;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// Reads one YAML document as JSON, with the types of the YAML 1.2 core schema. Texts are those of others: size, depth,
/// number of nodes and length of all texts are bounded, and an alias counts as what it stands for.
/// </summary>
internal sealed class YamlText
{
    private const int MaxNodes = 50_000;
    private const int MaxLetters = 4 * OciLimits.DocumentBytes;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, JsonNode?> _anchors = [];
    private int _nodes;
    private long _letters;

    private YamlText(TextReader reader) => _parser = new Parser(reader);

    /// <summary>Reads a document; nothing, <c>~</c> and <c>null</c> are a null.</summary>
    /// <exception cref="FormatException">It is no YAML, or beyond the bounds.</exception>
    public static JsonNode? Read(ReadOnlyMemory<byte> content)
    {
        MetadataJson.CheckSize(content.Length);
        using StringReader reader = new(Encoding.UTF8.GetString(content.Span));
        try
        {
            return new YamlText(reader).ReadDocument();
        }
        catch (Exception exception) when (exception is not FormatException)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private JsonNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        return ReadNode(0);
    }

    private JsonNode? ReadNode(int depth)
    {
        CheckDepth(depth);
        ParsingEvent first = _parser.Consume<ParsingEvent>();
        JsonNode? value = first switch
        {
            AnchorAlias alias => Repeat(alias, depth),
            Scalar scalar => ScalarOf(scalar),
            SequenceStart => ReadSequence(depth),
            MappingStart => ReadMapping(depth),
            _ => throw new FormatException("it ends within a node."),
        };
        if (first is NodeEvent { Anchor.IsEmpty: false } node)
        {
            _anchors[node.Anchor] = value;
        }

        return value;
    }

    private JsonArray ReadSequence(int depth)
    {
        Count(1, 0);
        JsonArray items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return items;
    }

    private JsonObject ReadMapping(int depth)
    {
        Count(1, 0);
        JsonObject members = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            string key = _parser.Consume<Scalar>().Value;
            Count(0, key.Length);
            members.Add(key, ReadNode(depth + 1));
        }

        return members;
    }

    // An anchor that is not closed yet is unknown here, so a document that holds itself is refused.
    private JsonNode? Repeat(AnchorAlias alias, int depth)
    {
        JsonNode? value = _anchors.TryGetValue(alias.Value, out JsonNode? known)
            ? known
            : throw new FormatException($"the alias '{alias.Value}' has no anchor before it.");
        CountTree(value, depth);
        return value?.DeepClone();
    }

    private void Count(int nodes, int letters)
    {
        _nodes += nodes;
        _letters += letters;
        if (_nodes > MaxNodes || _letters > MaxLetters)
        {
            throw new FormatException("it is too large.");
        }
    }

    private void CountTree(JsonNode? node, int depth)
    {
        CheckDepth(depth);
        Count(1, node is JsonValue value && value.TryGetValue(out string? text) ? text.Length : 0);
        switch (node)
        {
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    CountTree(item, depth + 1);
                }

                break;
            case JsonObject members:
                foreach ((string key, JsonNode? member) in members)
                {
                    Count(0, key.Length);
                    CountTree(member, depth + 1);
                }

                break;
        }
    }

    private static void CheckDepth(int depth)
    {
        if (depth > OciLimits.JsonDepth)
        {
            throw new FormatException("it is nested too deeply.");
        }
    }

    private JsonValue? ScalarOf(Scalar scalar)
    {
        Count(1, scalar.Value.Length);
        return scalar.IsPlainImplicit ? PlainOf(scalar.Value) : JsonValue.Create(scalar.Value);
    }

    private static JsonValue? PlainOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) =>
            JsonValue.Create(number),
        _ when plain.IndexOfAny(['.', 'e', 'E']) >= 0
            && double.TryParse(
                plain,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out double number)
            && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(plain),
    };
}
