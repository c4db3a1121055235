using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Mirror.Engine.Oci;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Reads one YAML document as JSON, with the types of the YAML 1.2 core schema. Texts are those of others: depth and
/// number of nodes are bounded, and an alias counts as what it stands for.
/// </summary>
internal sealed class YamlText
{
    private const int MaxNodes = 200_000;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, JsonNode?> _anchors = [];
    private int _nodes;

    private YamlText(TextReader reader) => _parser = new Parser(reader);

    /// <summary>Reads a document; nothing, <c>~</c> and <c>null</c> are a null.</summary>
    /// <exception cref="FormatException">It is no YAML, or beyond the bounds.</exception>
    public static JsonNode? Read(ReadOnlyMemory<byte> content)
    {
        using StringReader reader = new(Encoding.UTF8.GetString(content.Span));
        try
        {
            return new YamlText(reader).ReadDocument();
        }
        catch (Exception exception) when (exception is YamlException or ArgumentException)
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
        if (depth > OciLimits.JsonDepth)
        {
            throw new FormatException("it is nested too deeply.");
        }

        Count(1);
        ParsingEvent first = _parser.Consume<ParsingEvent>();
        JsonNode? value = first switch
        {
            AnchorAlias alias => Repeat(alias),
            Scalar scalar => ScalarOf(scalar),
            SequenceStart => ReadSequence(depth),
            _ => ReadMapping(depth),
        };
        if (first is NodeEvent { Anchor.IsEmpty: false } node)
        {
            _anchors[node.Anchor] = value;
        }

        return value;
    }

    private JsonArray ReadSequence(int depth)
    {
        JsonArray items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return items;
    }

    private JsonObject ReadMapping(int depth)
    {
        JsonObject members = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            string key = _parser.Consume<Scalar>().Value;
            members.Add(key, ReadNode(depth + 1));
        }

        return members;
    }

    // An anchor that is not closed yet is unknown here, so a document that holds itself is refused.
    private JsonNode? Repeat(AnchorAlias alias)
    {
        JsonNode? value = _anchors.TryGetValue(alias.Value, out JsonNode? known)
            ? known
            : throw new FormatException($"the alias '{alias.Value}' has no anchor before it.");
        Count(SizeOf(value));
        return value?.DeepClone();
    }

    private void Count(int nodes)
    {
        _nodes += nodes;
        if (_nodes > MaxNodes)
        {
            throw new FormatException("it is too large.");
        }
    }

    private static int SizeOf(JsonNode? node) => node switch
    {
        JsonArray items => 1 + items.Sum(SizeOf),
        JsonObject members => 1 + members.Sum(member => SizeOf(member.Value)),
        _ => 1,
    };

    private static JsonValue? ScalarOf(Scalar scalar) => !scalar.IsPlainImplicit
        ? JsonValue.Create(scalar.Value)
        : scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            var text when long.TryParse(
                text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) =>
                JsonValue.Create(number),
            var text when text.IndexOfAny(['.', 'e', 'E']) >= 0
                && double.TryParse(
                    text,
                    NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                    CultureInfo.InvariantCulture,
                    out double number)
                && double.IsFinite(number) => JsonValue.Create(number),
            var text => JsonValue.Create(text),
        };
}
