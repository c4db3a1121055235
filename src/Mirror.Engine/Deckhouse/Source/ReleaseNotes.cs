using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// What a release image says of its release to those who review it, out of its <c>version.json</c> and
/// <c>changelog.yaml</c>: requirements, disruptions, and those changes that name a vulnerability or have an impact.
/// Whatever it says is a text of others: on one line each, and not longer than <see cref="MaxLetters"/>.
/// </summary>
internal sealed partial record ReleaseNotes
{
    /// <summary>A text that is longer is cut.</summary>
    public const int MaxLetters = 1000;

    /// <summary>Of more changes worth telling, or requirements, a release is told with the first.</summary>
    public const int MaxItems = 200;

    /// <summary>The files it is read from.</summary>
    public static readonly ImmutableArray<string> FileNames =
        [ReleaseMetadata.FileName, ReleaseManifest.ChangelogName];

    /// <summary>The version; <see langword="null"/>: there is none that is valid.</summary>
    public string? Version { get; init; }

    /// <summary>What the release needs, by name.</summary>
    public ImmutableSortedDictionary<string, string> Requirements { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The disruptions of the release's own minor version.</summary>
    public ImmutableArray<string> Disruptions { get; init; } = [];

    /// <summary>The changes that name a vulnerability or have an impact, in the order of the file.</summary>
    public ImmutableArray<ReleaseChange> Changes { get; init; } = [];

    /// <summary>Why a file says nothing, with its name.</summary>
    public ImmutableArray<string> Unreadable { get; init; } = [];

    /// <summary>Reads the files that are there; one that is not a file of its kind is told, not thrown.</summary>
    public static ReleaseNotes Read(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        ReleaseNotes notes = new();
        foreach ((string name, Func<ReleaseNotes, ReadOnlyMemory<byte>, ReleaseNotes> add) in new[]
        {
            (ReleaseMetadata.FileName, (Func<ReleaseNotes, ReadOnlyMemory<byte>, ReleaseNotes>)AddVersion),
            (ReleaseManifest.ChangelogName, AddChangelog),
        })
        {
            if (!files.TryGetValue(name, out ReadOnlyMemory<byte> content))
            {
                continue;
            }

            try
            {
                notes = add(notes, content);
            }
            catch (FormatException exception)
            {
                notes = notes with
                {
                    Unreadable = notes.Unreadable.Add(TextOf($"{name} cannot be read: {exception.Message}")),
                };
            }
        }

        return notes;
    }

    /// <summary>Whether a text names an entry of a list of vulnerabilities: CVE, or BDU of the Russian FSTEC.</summary>
    public static bool NamesVulnerability(string text) => Vulnerability().IsMatch(text);

    private static ReleaseNotes AddVersion(ReleaseNotes notes, ReadOnlyMemory<byte> content) =>
        MetadataJson.Read(content, root =>
        {
            SemanticVersion? version =
                root.TryGetProperty("version", out JsonElement text) && text.ValueKind == JsonValueKind.String
                && SemanticVersion.TryParse(text.GetString(), out SemanticVersion? parsed)
                    ? parsed
                    : null;
            return notes with
            {
                Version = version?.ToTag(),
                Requirements = ImmutableSortedDictionary.CreateRange(
                    StringComparer.Ordinal,
                    Members(root, "requirements").Take(MaxItems)
                        .DistinctBy(member => TextOf(member.Name), StringComparer.Ordinal)
                        .Select(member => KeyValuePair.Create(TextOf(member.Name), TextOf(member.Value)))),
                Disruptions =
                [
                    .. Members(root, "disruptions")
                        .Where(member => version is not null && member.Name == $"{version.Major}.{version.Minor}"
                            && member.Value.ValueKind == JsonValueKind.Array)
                        .SelectMany(member => member.Value.EnumerateArray())
                        .Take(MaxItems)
                        .Select(TextOf),
                ],
            };
        });

    private static IEnumerable<JsonProperty> Members(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement members) && members.ValueKind == JsonValueKind.Object
            ? members.EnumerateObject()
            : [];

    private static ReleaseNotes AddChangelog(ReleaseNotes notes, ReadOnlyMemory<byte> content)
    {
        if (YamlText.Read(content) is not { } root)
        {
            return notes;
        }

        List<ReleaseChange> changes = [];
        foreach ((string name, JsonNode? part) in root as JsonObject ?? throw new FormatException("it is not a map."))
        {
            // A module may have its lists without a component above them.
            Collect(part, part is JsonArray ? "" : TextOf(name), OciLimits.JsonDepth, changes);
        }

        return notes with { Changes = [.. changes] };
    }

    private static void Collect(JsonNode? node, string component, int depth, List<ReleaseChange> changes)
    {
        if (depth == 0 || changes.Count == MaxItems)
        {
            return;
        }

        switch (node)
        {
            case JsonObject entry when entry.ContainsKey("summary"):
                AddIfTold(
                    new ReleaseChange(
                        component,
                        TextOf(entry["summary"]),
                        TextOf(entry["impact"]),
                        LinkOf(entry["pull_request"])),
                    changes);
                break;
            case JsonObject members:
                foreach ((_, JsonNode? member) in members)
                {
                    Collect(member, component, depth - 1, changes);
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Collect(item, component, depth - 1, changes);
                }

                break;
            case JsonValue value:
                AddIfTold(new ReleaseChange(component, TextOf(value), "", null), changes);
                break;
        }
    }

    private static void AddIfTold(ReleaseChange change, List<ReleaseChange> changes)
    {
        if (changes.Count < MaxItems && (change.Impact.Length > 0 || change.NamesVulnerability))
        {
            changes.Add(change);
        }
    }

    /// <summary>Only what is plainly the address of a page.</summary>
    private static string? LinkOf(JsonNode? node) => TextOf(node) is var text && Link().IsMatch(text) ? text : null;

    private static string TextOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? TextOf(text) : "";

    private static string TextOf(JsonElement value) =>
        TextOf(value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : value.GetRawText());

    private static string TextOf(string text)
    {
        string line = LogLine.Printable(text).Trim();
        return line.Length > MaxLetters ? string.Concat(line.AsSpan(0, MaxLetters), "...") : line;
    }

    [GeneratedRegex(
        @"\b(CVE-[0-9]{4}-[0-9]{4,}|BDU:[0-9]{4}-[0-9]{5})",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        OciLimits.PatternMilliseconds)]
    private static partial Regex Vulnerability();

    [GeneratedRegex(
        @"\Ahttps://[a-z0-9]([a-z0-9.-]{0,100}[a-z0-9])?(/[A-Za-z0-9._~-]{1,100}){0,10}/?\z",
        RegexOptions.ExplicitCapture, OciLimits.PatternMilliseconds)]
    private static partial Regex Link();
}

/// <summary>One change of a release, in the words of whoever released it.</summary>
/// <param name="Component">What was changed; empty: it does not say.</param>
/// <param name="Summary">The change.</param>
/// <param name="Impact">What it does to a cluster, such as restarts; empty: nothing is said.</param>
/// <param name="Link">Where to read more; <see langword="null"/>: nowhere.</param>
internal sealed record ReleaseChange(string Component, string Summary, string Impact, string? Link)
{
    /// <summary>Whether it names a vulnerability.</summary>
    public bool NamesVulnerability =>
        ReleaseNotes.NamesVulnerability(Summary) || ReleaseNotes.NamesVulnerability(Impact);
}
