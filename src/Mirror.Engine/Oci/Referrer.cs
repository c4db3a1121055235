using System.Text;
using System.Text.Json.Nodes;

namespace Mirror.Engine.Oci;

/// <summary>
/// A manifest that refers to another one by its <c>subject</c>. A registry without the referrers API is told of it by a
/// tag, which stands for an index of all who refer to that subject (distribution-spec 1.1, "Referrers Tag Schema").
/// </summary>
/// <param name="Subject">What it refers to.</param>
/// <param name="Descriptor">What such an index says of it; no node may be added to two parents.</param>
internal sealed record Referrer(Digest Subject, JsonObject Descriptor)
{
    private const int EncodedLength = 64;

    /// <summary>
    /// The tag that stands for the index of those who refer to the same subject: the encoded part is cut to 64
    /// characters, and a <see cref="Digest"/> has none that a tag may not have.
    /// </summary>
    public string Tag => $"{Subject.Algorithm}-{Subject.Hex[..EncodedLength]}";

    /// <summary>Reads whom a manifest refers to; <see langword="null"/>: nobody that could be named.</summary>
    public static Referrer? Find(ReadOnlyMemory<byte> manifest, Digest digest, string mediaType)
    {
        if (Parse(manifest) is not { } root
            || !Digest.TryParse(Text((root["subject"] as JsonObject)?["digest"]), out Digest subject))
        {
            return null;
        }

        JsonObject descriptor = new()
        {
            ["mediaType"] = mediaType,
            ["digest"] = digest.ToString(),
            ["size"] = manifest.Length,
        };
        string? type = Text(root["artifactType"]);
        type = string.IsNullOrEmpty(type) ? Text((root["config"] as JsonObject)?["mediaType"]) : type;
        if (!string.IsNullOrEmpty(type))
        {
            descriptor["artifactType"] = type;
        }

        if (root["annotations"] is JsonObject annotations)
        {
            descriptor["annotations"] = annotations.DeepClone();
        }

        return new Referrer(subject, descriptor);
    }

    public Referrer Copy() => this with { Descriptor = (JsonObject)Descriptor.DeepClone() };

    /// <summary>The index with this referrer in it; <see langword="null"/>: it is in it.</summary>
    /// <param name="index">What the tag stands for; empty: there is no such tag.</param>
    /// <exception cref="FormatException">That is no OCI index.</exception>
    public ReadOnlyMemory<byte>? AddTo(ReadOnlyMemory<byte> index)
    {
        JsonObject root = index.IsEmpty
            ? new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = MediaType.OciIndex,
                ["manifests"] = new JsonArray(),
            }
            : StrictJson.ParseObject(index) ?? throw new FormatException("it is not a JSON object.");
        if (Text(root["mediaType"]) != MediaType.OciIndex || root["manifests"] is not JsonArray manifests)
        {
            throw new FormatException($"it is not an OCI index, but its tag is the one for referrers of {Subject}.");
        }

        string? digest = Text(Descriptor["digest"]);
        if (manifests.Any(entry => Text((entry as JsonObject)?["digest"]) == digest))
        {
            return null;
        }

        manifests.Add(Descriptor.DeepClone());
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static JsonObject? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return StrictJson.ParseObject(json);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
