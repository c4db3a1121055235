using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// Writes JSON as YAML documents: the same bytes on every system. Keys are sorted; a text is quoted wherever a reader
/// of YAML 1.1 or 1.2 could take it for another type.
/// </summary>
internal sealed class YamlWriter
{
    /// <summary>Texts of these first characters can be numbers, times, nulls or marks.</summary>
    private const string AmbiguousHeads = "0123456789+-.~=<";

    private static readonly FrozenSet<string> AmbiguousWords = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "", "null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private readonly Emitter _emitter;

    private YamlWriter(TextWriter text) => _emitter = new Emitter(text, new EmitterSettings()
        .WithNewLine("\n")
        .WithBestWidth(int.MaxValue)
        .WithUtf16SurrogatePairs());

    /// <summary>Writes documents, each after a line <c>---</c>.</summary>
    public static byte[] Write(IEnumerable<JsonNode?> documents)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        text.NewLine = "\n";
        new YamlWriter(text).WriteStream(documents);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private void WriteStream(IEnumerable<JsonNode?> documents)
    {
        _emitter.Emit(new StreamStart());
        foreach (JsonNode? document in documents)
        {
            _emitter.Emit(new DocumentStart(version: null, tags: null, isImplicit: false));
            WriteNode(document);
            _emitter.Emit(new DocumentEnd(isImplicit: true));
        }

        _emitter.Emit(new StreamEnd());
    }

    private void WriteNode(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                _emitter.Emit(new MappingStart());
                foreach ((string key, JsonNode? value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    WriteScalar(key, IsPlain(key) ? ScalarStyle.Any : ScalarStyle.DoubleQuoted);
                    WriteNode(value);
                }

                _emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                _emitter.Emit(new SequenceStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Any));
                foreach (JsonNode? item in items)
                {
                    WriteNode(item);
                }

                _emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                string text = value.GetValue<string>();
                WriteScalar(
                    text,
                    IsPlain(text) ? ScalarStyle.Any
                        : IsBlock(text) ? ScalarStyle.Literal
                        : ScalarStyle.DoubleQuoted);
                break;
            default:
                WriteScalar(node is null ? "null" : node.ToJsonString(), ScalarStyle.Plain);
                break;
        }
    }

    private void WriteScalar(string text, ScalarStyle style) => _emitter.Emit(new Scalar(
        AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));

    /// <summary>Whether nobody can mistake the text; the emitter quotes what else needs it.</summary>
    private static bool IsPlain(string text) =>
        !AmbiguousWords.Contains(text)
        && !AmbiguousHeads.Contains(text[0], StringComparison.Ordinal)
        && !text.Any(IsSpecial);

    /// <summary>Whether a literal block keeps the text: lines without blanks where they would be lost.</summary>
    private static bool IsBlock(string text)
    {
        string[] lines = (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
        return text.Contains('\n', StringComparison.Ordinal)
            && lines[0].Length > 0 && !char.IsWhiteSpace(lines[0][0])
            && lines[^1].Length > 0
            && lines.All(line => !line.Any(IsSpecial) && (line.Length == 0 || !char.IsWhiteSpace(line[^1])));
    }

    private static bool IsSpecial(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or '\ufeff';
}
