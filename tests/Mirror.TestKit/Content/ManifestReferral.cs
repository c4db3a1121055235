using System.Text.Json;

namespace Mirror.TestKit.Content;

/// <summary>What a manifest with a <c>subject</c> says of itself to whoever asks for the referrers of that.</summary>
/// <param name="Subject">The digest of the manifest it refers to, which may be unknown.</param>
/// <param name="ArtifactType">Its artifact type, else the media type of its configuration, else null.</param>
/// <param name="Annotations">Its annotations, null when it has none.</param>
public sealed record ManifestReferral(
    string Subject,
    string? ArtifactType,
    IReadOnlyDictionary<string, string>? Annotations)
{
    /// <summary>Reads the referral out of the JSON of a manifest or index: null when it has no subject.</summary>
    /// <exception cref="JsonException">The bytes are not JSON, or a member has not the type it must have.</exception>
    /// <exception cref="InvalidDataException">The subject has no digest.</exception>
    public static ManifestReferral? Read(ReadOnlyMemory<byte> json)
    {
        var members = JsonSerializer.Deserialize<Members>(json.Span, JsonSerializerOptions.Web)!;
        if (members.Subject is not { } subject)
        {
            return null;
        }

        var type = string.IsNullOrEmpty(members.ArtifactType) ? members.Config?.MediaType : members.ArtifactType;
        return new ManifestReferral(
            subject.Digest ?? throw new InvalidDataException("A subject without a digest."),
            type,
            members.Annotations);
    }

    private sealed record Members(
        Descriptor? Subject,
        Descriptor? Config,
        string? ArtifactType,
        Dictionary<string, string>? Annotations);

    private sealed record Descriptor(string? MediaType, string? Digest);
}
