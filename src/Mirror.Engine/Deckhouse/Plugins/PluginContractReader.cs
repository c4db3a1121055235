using System.Text.Json;
using System.Text.Json.Nodes;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>Reads the contract of a plugin out of the annotation of its image: base64 of JSON or YAML.</summary>
internal static class PluginContractReader
{
    public const string Annotation = "contract";

    private static readonly JsonDocumentOptions Options =
        new() { MaxDepth = OciLimits.JsonDepth, AllowDuplicateProperties = false };

    /// <summary>
    /// Reads a contract and checks it (<see cref="PluginContractRules"/>); empty: there are no requirements.
    /// </summary>
    /// <exception cref="FormatException">The contract is broken.</exception>
    public static PluginContract Read(string annotation)
    {
        PluginContract contract = Parse(annotation);
        return PluginContractRules.Check(contract) is { } flaw ? throw new FormatException(flaw) : contract;
    }

    /// <summary>Reads a contract whatever it says.</summary>
    /// <exception cref="FormatException">It is no base64, no JSON or YAML, or has wrong types.</exception>
    public static PluginContract Parse(string annotation)
    {
        if (annotation.Length == 0)
        {
            return PluginContract.Empty;
        }

        try
        {
            return ContractOf(Object(Document(Convert.FromBase64String(annotation)), "requirements"));
        }
        catch (Exception exception) when (exception is not FormatException)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private static PluginContract ContractOf(JsonObject? requirements)
    {
        JsonObject? modules = Object(requirements, "modules");
        JsonObject? plugins = Object(requirements, "plugins");
        string deckhouse = Text(Object(requirements, "deckhouse"), "constraint");
        return new PluginContract
        {
            Deckhouse = deckhouse.Length == 0 ? null : new PluginRequirement("Deckhouse", deckhouse),
            Modules = Requirements(modules, "mandatory"),
            ConditionalModules = Requirements(modules, "conditional"),
            AnyOf = Groups(modules, "anyOf"),
            NoneOf = Groups(modules, "noneOf"),
            Plugins = Requirements(plugins, "mandatory"),
            ConditionalPlugins = Requirements(plugins, "conditional"),
        };
    }

    private static JsonObject Document(byte[] content)
    {
        MetadataJson.CheckSize(content.Length);
        return (AsJson(content) ?? YamlText.Read(content)) as JsonObject
            ?? throw new FormatException("it is not an object.");
    }

    private static JsonNode? AsJson(byte[] content)
    {
        try
        {
            return JsonNode.Parse(content, documentOptions: Options);
        }
        catch (JsonException)
        {
            return null; // The caller tries YAML, and says what is wrong with it if it is neither.
        }
    }

    private static ImmutableArray<PluginRequirement> Requirements(JsonObject? parent, string name) =>
        [.. Objects(parent, name).Select(item => new PluginRequirement(Text(item, "name"), Text(item, "constraint")))];

    private static ImmutableArray<PluginGroup> Groups(JsonObject? parent, string name) =>
        [.. Objects(parent, name).Select(item => new PluginGroup(Text(item, "name"), Requirements(item, "modules")))];

    private static IEnumerable<JsonObject> Objects(JsonObject? parent, string name) => parent?[name] switch
    {
        null => [],
        JsonArray items => items.Select(item =>
            item as JsonObject ?? throw new FormatException($"an item of '{name}' is not an object.")),
        _ => throw new FormatException($"'{name}' is not a list."),
    };

    private static JsonObject? Object(JsonObject? parent, string name) => parent?[name] switch
    {
        null => null,
        JsonObject value => value,
        _ => throw new FormatException($"'{name}' is not an object."),
    };

    private static string Text(JsonObject? parent, string name) => parent?[name] switch
    {
        null => "",
        JsonValue value when value.TryGetValue(out string? text) && text.Length > VersionConstraint.MaxLength =>
            throw new FormatException($"'{name}' has {text.Length} characters."),
        JsonValue value when value.TryGetValue(out string? text) => text.Trim(),
        _ => throw new FormatException($"'{name}' is not a string."),
    };
}
