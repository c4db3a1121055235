using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// VEX attestations: the tag <c>sha256-HEX.att</c> beside an image, in the image's own repository, whatever tag it was
/// found by. Found in the repository's tag list where there is one, so that an edition costs one request instead of
/// hundreds.
/// </summary>
internal sealed class Attestations(DeckhouseSource source)
{
    private const string Suffix = ".att";

    /// <summary>Finds the attestations of images and, where they are indexes, of what is in them.</summary>
    public async Task<ImmutableArray<ImageContent>> FindAsync(
        string repository, IEnumerable<ImageContent> images, CancellationToken cancellationToken)
    {
        ImmutableArray<string>? tags = await source.FindTagsAsync(repository, cancellationToken).ConfigureAwait(false);
        HashSet<string>? known = tags is null ? null : [.. tags];
        ImmutableArray<ImageContent?> found = await ParallelLookup.SelectAsync(
            images
                .SelectMany(
                    image => image.Manifests,
                    (image, manifest) => (Image: image, Tag: TagOf(manifest.Descriptor.Digest)))
                .DistinctBy(pair => pair.Tag, StringComparer.Ordinal)
                .Where(pair => known is null || known.Contains(pair.Tag)),
            (pair, token) => source.FindAsync(
                repository, pair.Tag, $"attestation of {Short(pair.Image)}", token),
            cancellationToken).ConfigureAwait(false);
        return [.. found.OfType<ImageContent>()];
    }

    public static string TagOf(Digest digest) => $"{digest.Algorithm}-{digest.Hex}{Suffix}";

    public static bool IsTag(string tag) => tag.EndsWith(Suffix, StringComparison.Ordinal);

    private static string Short(ImageContent image) => image.Tag ?? image.Digest.Hex[..12];
}
