using System.Globalization;
using System.Text.Json;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan.Have;

/// <summary>
/// Reads an inventory, which crossed a border and may be edited or forged: every member is known, every path is that of
/// a bundle, every digest is one, and the state is that of its tags.
/// </summary>
internal static class HaveReader
{
    private const string Unchecked = "nothing";

    /// <exception cref="FormatException">It is not an inventory; says why.</exception>
    public static HaveFile Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length > HaveFile.MaxBytes)
        {
            throw new FormatException(
                $"it has {content.Length} bytes, more than the {HaveFile.MaxBytes} of any inventory");
        }

        using JsonDocument document = StrictJson.Parse(content);
        JsonMembers root = new(document.RootElement, "the inventory");
        string format = root.Text("format");
        if (format != HaveFile.CurrentFormat)
        {
            throw new FormatException($"its format is {QuotedText.Quote(format)}, not {HaveFile.CurrentFormat}");
        }

        HaveFile file = new()
        {
            Source = root.FindText("source") is { } source ? Reference(source) : null,
            Target = root.FindText("target") is { } target ? Reference(target) : null,
            Basis = Word(root.Text("basis"), "basis", Enum.GetValues<HaveBasis>(), WordOf),
            Checked = root.Text("checked") is var depth && depth == Unchecked
                ? null
                : Word(depth, "checked", Enum.GetValues<CheckDepth>(), value => WordOf(value)),
            Taken = root.FindText("taken") is { } taken ? Time(taken) : null,
            Repositories = root.Object("repositories").All().ToImmutableSortedDictionary(
                member => RepositoryPath(member.Name), ReadRepository, StringComparer.Ordinal),
        };
        string state = root.Text("state");
        root.RefuseOthers();
        return state == file.StateId
            ? file
            : throw new FormatException(
                $"its state is {QuotedText.Quote(state)}, but its tags have the state {file.StateId}");
    }

    public static string WordOf(HaveBasis basis) => basis switch
    {
        HaveBasis.Target => "target",
        HaveBasis.Receipt => "receipt",
        HaveBasis.Predicted => "predicted",
        HaveBasis.Lock => "lock",
        _ => "bundle",
    };

    public static string WordOf(CheckDepth? depth) => depth switch
    {
        CheckDepth.Tags => "tags",
        CheckDepth.Manifests => "manifests",
        CheckDepth.Blobs => "blobs",
        _ => Unchecked,
    };

    private static HaveRepository ReadRepository(JsonProperty member)
    {
        JsonMembers members = new(member.Value, "a repository");
        ImmutableSortedDictionary<string, Digest> tags = members.Object("tags").All().ToImmutableSortedDictionary(
            tag => Tag(tag.Name), tag => DigestOf(tag.Value), StringComparer.Ordinal);
        ImmutableArray<string> blobs = members.Texts("blobs", static text => text, int.MaxValue);
        members.RefuseOthers();
        ImmutableSortedSet<Digest> digests = [.. blobs.Select(Parse)];
        return digests.Count == blobs.Length
            ? new HaveRepository(tags, digests)
            : throw new FormatException($"the repository '{member.Name}' has a blob twice");
    }

    private static T Word<T>(string word, string member, T[] values, Func<T, string> wordOf)
        where T : struct, Enum
    {
        int found = Array.FindIndex(values, value => wordOf(value) == word);
        return found >= 0 ? values[found] : throw new FormatException(
            $"'{member}' is {QuotedText.Quote(word)}, not one of {string.Join(", ", values.Select(wordOf))}");
    }

    private static string Reference(string text) =>
        text.Length is > 0 and <= 1024 && !text.Any(char.IsControl)
            ? text
            : throw new FormatException($"{QuotedText.Quote(text)} is not the name of a registry");

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParseExact(
            text, HaveFile.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time)
            ? time
            : throw new FormatException($"{QuotedText.Quote(text)} is not a time in UTC");

    private static string RepositoryPath(string path) => path.Length == 0 || RepositoryName.IsValid(path)
        ? path
        : throw new FormatException($"{QuotedText.Quote(path)} is not the path of a repository");

    private static string Tag(string tag) => RepositoryName.IsValidTag(tag)
        ? tag
        : throw new FormatException($"{QuotedText.Quote(tag)} is not a valid tag");

    private static Digest DigestOf(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? Parse(value.GetString()!)
        : throw new FormatException("a digest is not a text");

    private static Digest Parse(string text) => Digest.TryParse(text, out Digest digest)
        ? digest
        : throw new FormatException($"{QuotedText.Quote(text)} is not a valid digest");
}
