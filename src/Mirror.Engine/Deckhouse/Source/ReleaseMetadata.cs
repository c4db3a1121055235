using System.Text.Json;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// The part of a release image's <c>version.json</c> that selection needs (docs/behaviour/pull.md#metadata-files).
/// </summary>
internal sealed record ReleaseMetadata(SemanticVersion Version, bool Suspended)
{
    public const string FileName = "version.json";

    /// <summary>Reads the file.</summary>
    /// <exception cref="MirrorException">D8M3005, D8M3006 or D8M3007.</exception>
    public static ReleaseMetadata Read(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string reference)
    {
        if (!files.TryGetValue(FileName, out ReadOnlyMemory<byte> content))
        {
            throw new MirrorException(DeckhouseFaults.FileMissing(reference, FileName));
        }

        (string text, bool isSuspended) = MetadataJson.Read(content, reference, FileName, root => (
            root.TryGetProperty("version", out JsonElement version) ? version.GetString() ?? "" : "",
            root.TryGetProperty("suspend", out JsonElement suspend)
                && suspend.ValueKind != JsonValueKind.Null && suspend.GetBoolean()));
        return SemanticVersion.TryParse(text, out SemanticVersion? parsed)
            ? new ReleaseMetadata(parsed, isSuspended)
            : throw new MirrorException(DeckhouseFaults.ChannelVersionMalformed(reference, text));
    }
}
