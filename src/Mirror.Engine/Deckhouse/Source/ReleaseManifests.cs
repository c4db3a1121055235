using System.Text.Json.Nodes;
using Mirror.Engine.Plan;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// Makes <c>deckhousereleases.yaml</c> of the release images that a pull takes, by version. A release whose image does
/// not say what is needed is left out of the file with a note (D8M3114); the pull goes on.
/// </summary>
internal sealed class ReleaseManifests(DeckhouseSource source, LayerFile layers)
{
    private static readonly ImmutableArray<string> Files = [ReleaseMetadata.FileName, ReleaseManifest.ChangelogName];

    /// <returns>The file, none when no release has a manifest, and what is not in it.</returns>
    public async Task<(ImmutableArray<PlannedFile> Files, ImmutableArray<Fault> Notes)> MakeAsync(
        IEnumerable<ImageContent> releases, CancellationToken cancellationToken)
    {
        ImmutableArray<(string Tag, JsonObject? Document, Fault? Note)> made =
            await ParallelLookup.SelectAsync(releases, MakeAsync, cancellationToken).ConfigureAwait(false);
        JsonObject[] documents =
        [
            .. made.OrderBy(one => SemanticVersion.TryParse(one.Tag, out SemanticVersion? version) ? version : null)
                .ThenBy(one => one.Tag, StringComparer.Ordinal)
                .Select(one => one.Document)
                .OfType<JsonObject>(),
        ];
        return (
            documents.Length == 0
                ? []
                : [new PlannedFile { Name = PlannedFile.Releases, Content = YamlWriter.Write(documents) }],
            [.. made.Select(one => one.Note).OfType<Fault>()]);
    }

    private async Task<(string Tag, JsonObject? Document, Fault? Note)> MakeAsync(
        ImageContent image, CancellationToken cancellationToken)
    {
        string reference = source.Name(image);
        try
        {
            IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files = await layers
                .ReadAsync(image, reference, Files, cancellationToken).ConfigureAwait(false);
            return Files.FirstOrDefault(name => !files.ContainsKey(name)) is { } missing
                ? Skip($"it holds no {missing}.")
                : (image.ShortTag, ReleaseManifest.Create(image.ShortTag, files[Files[0]], files[Files[1]]), null);
        }
        catch (FormatException exception)
        {
            return Skip(exception.Message);
        }
        catch (MirrorException exception) when (exception.Faults is [{ Code: FaultCode.LayerUnreadable } fault])
        {
            return Skip(fault.Message);
        }

        (string Tag, JsonObject? Document, Fault? Note) Skip(string why) =>
            (image.ShortTag, null, DeckhouseFaults.NoReleaseManifest(reference, why));
    }
}
