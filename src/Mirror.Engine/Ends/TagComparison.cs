using System.Security.Cryptography;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry.Reading;

namespace Mirror.Engine.Ends;

/// <summary>Compares what a tag of the target stands for with the plan.</summary>
internal sealed class TagComparison(
    Func<string, string, CancellationToken, Task<Digest?>> findDigest,
    Func<string, string, CancellationToken, Task<ManifestContent?>> findManifest)
{
    /// <summary>Whether a tag is there as planned; a name for listing is there whatever it points to.</summary>
    public async Task<bool> IsThereAsync(PlannedPublication publication, CancellationToken cancellationToken) =>
        await findDigest(publication.Repository, publication.Tag, cancellationToken)
            .ConfigureAwait(false) is { } digest
        && (publication.Stage == PublishStage.Discovery
            || digest == publication.Digest
            || (digest.Algorithm != publication.Digest.Algorithm
                && await IsThereByContentAsync(publication, cancellationToken).ConfigureAwait(false)));

    /// <summary>A registry names manifests by an algorithm of its own choice: mostly sha256.</summary>
    private async Task<bool> IsThereByContentAsync(
        PlannedPublication publication, CancellationToken cancellationToken) =>
        await findManifest(publication.Repository, publication.Tag, cancellationToken)
            .ConfigureAwait(false) is { } content
        && publication.Digest.SameAlgorithm(
            CryptographicOperations.HashData(publication.Digest.HashName, content.Bytes.Span)) == publication.Digest;
}
