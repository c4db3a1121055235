using System.Text.Json;
using System.Text.Json.Nodes;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// One document of <c>deckhousereleases.yaml</c> (docs/behaviour/pull.md#release-manifests): a release as a cluster
/// without a registry of its own takes it. Without <c>creationTimestamp</c>, as both recorded files of d8 are.
/// </summary>
internal static class ReleaseManifest
{
    /// <summary>The other file it is made of, beside <see cref="ReleaseMetadata.FileName"/>.</summary>
    public const string ChangelogName = "changelog.yaml";

    /// <exception cref="FormatException">The tag is no version, or a file has another shape; says which.</exception>
    public static JsonObject Create(string tag, ReadOnlyMemory<byte> version, ReadOnlyMemory<byte> changelog)
    {
        if (!SemanticVersion.TryParse(tag, out SemanticVersion? parsed))
        {
            throw new FormatException("the tag is not a version.");
        }

        (JsonObject requirements, JsonArray disruptions) = ReadVersion(version, $"{parsed.Major}.{parsed.Minor}");
        JsonObject spec = new()
        {
            ["changelog"] = ReadChangelog(changelog),
            ["changelogLink"] = $"https://github.com/deckhouse/deckhouse/releases/tag/{tag}",
            ["version"] = tag,
        };
        if (disruptions.Count > 0)
        {
            spec.Add("disruptions", disruptions);
        }

        if (requirements.Count > 0)
        {
            spec.Add("requirements", requirements);
        }

        return new JsonObject
        {
            ["apiVersion"] = "deckhouse.io/v1alpha1",
            ["approved"] = false,
            ["kind"] = "DeckhouseRelease",
            ["metadata"] = new JsonObject { ["name"] = tag },
            ["spec"] = spec,
            ["status"] = new JsonObject
            {
                ["approved"] = false,
                ["message"] = "",
                ["transitionTime"] = "0001-01-01T00:00:00Z",
            },
        };
    }

    private static (JsonObject Requirements, JsonArray Disruptions) ReadVersion(
        ReadOnlyMemory<byte> content, string minor)
    {
        try
        {
            return MetadataJson.Read(content, root => (RequirementsOf(root), DisruptionsOf(root, minor)));
        }
        catch (FormatException exception)
        {
            throw new FormatException($"its {ReleaseMetadata.FileName} cannot be read: {exception.Message}", exception);
        }
    }

    private static JsonObject RequirementsOf(JsonElement root)
    {
        JsonObject requirements = [];
        foreach (JsonProperty requirement in Members(root, "requirements"))
        {
            requirements[requirement.Name] = requirement.Value.GetString();
        }

        return requirements;
    }

    private static JsonArray DisruptionsOf(JsonElement root, string minor)
    {
        JsonArray disruptions = [];
        foreach (JsonElement disruption in Members(root, "disruptions")
            .Where(entry => entry.Name == minor && entry.Value.ValueKind != JsonValueKind.Null)
            .SelectMany(entry => entry.Value.EnumerateArray()))
        {
            disruptions.Add((JsonNode?)disruption.GetString());
        }

        return disruptions;
    }

    private static ImmutableArray<JsonProperty> Members(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement members) && members.ValueKind != JsonValueKind.Null
            ? [.. members.EnumerateObject()]
            : [];

    private static JsonObject ReadChangelog(ReadOnlyMemory<byte> content)
    {
        try
        {
            return YamlText.Read(content) switch
            {
                JsonObject changes => changes,
                null => [],
                _ => throw new FormatException("it is not a map."),
            };
        }
        catch (FormatException exception)
        {
            throw new FormatException($"its {ChangelogName} cannot be read: {exception.Message}", exception);
        }
    }
}
