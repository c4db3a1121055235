using System.Collections.Immutable;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// VEX attestations: the tag <c>sha256-HEX.att</c> beside an image. Found in the repository's tag list where there is
/// one, so that an edition costs one request instead of hundreds.
/// </summary>
internal sealed class Attestations(DeckhouseSource source)
{
    public async Task<ImmutableArray<WantedImage>> FindAsync(
        string repository, IEnumerable<WantedImage> images, CancellationToken cancellationToken)
    {
        ImmutableArray<string>? tags = await source.FindTagsAsync(repository, cancellationToken).ConfigureAwait(false);
        HashSet<string>? known = tags is null ? null : [.. tags];
        ImmutableArray<WantedImage?> found = await ParallelLookup.SelectAsync(
            images.DistinctBy(image => image.Digest)
                .Select(image => (Image: image, Tag: TagOf(image.Digest)))
                .Where(pair => known is null || known.Contains(pair.Tag)),
            (pair, token) => source.FindAsync(
                repository, pair.Tag, $"attestation of {Short(pair.Image)}", token),
            cancellationToken).ConfigureAwait(false);
        return [.. found.OfType<WantedImage>()];
    }

    public static string TagOf(Digest digest) => $"{digest.Algorithm}-{digest.Hex}.att";

    private static string Short(WantedImage image) => image.Tag ?? image.Digest.Hex[..12];
}
