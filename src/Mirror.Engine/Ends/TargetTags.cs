using System.Collections.Concurrent;
using System.Security.Cryptography;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Reading;

namespace Mirror.Engine.Ends;

/// <summary>
/// What tags of a target stand for: one question for each. What the target refuses to tell is a fault, never an
/// absence, because somebody decides by it.
/// </summary>
internal sealed class TargetTags(RegistryClient client, int width)
{
    /// <summary>What tags stand for; those that are not there are not in the answer.</summary>
    /// <param name="tags">
    /// The tags with the digest that each is expected to have: a registry may name an image by another algorithm.
    /// </param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<IReadOnlyDictionary<TargetTag, Digest>> FindAsync(
        IReadOnlyDictionary<TargetTag, Digest?> tags, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<TargetTag, Digest> found = [];
        await Parallel.ForEachAsync(tags, Options(cancellationToken), async (tag, token) =>
        {
            if (await FindAsync(tag.Key, tag.Value, isListed: true, token).ConfigureAwait(false) is { } image)
            {
                found[tag.Key] = image.Digest;
            }
        }).ConfigureAwait(false);
        return found;
    }

    /// <summary>What one tag stands for; <see langword="null"/>: it is not there.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="expected">The digest that it is expected to have, if one is known.</param>
    /// <param name="isListed">
    /// Whether it may be there. HEAD of a tag that is not leaves open whether GET would bring it, so that GET alone is
    /// one question less.
    /// </param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<TargetDigest?> FindAsync(
        TargetTag tag, Digest? expected, bool isListed, CancellationToken cancellationToken)
    {
        (string repository, string name) = tag;
        Digest? told = isListed
            ? await client.FindDigestAsync(repository, name, cancellationToken).ConfigureAwait(false)
            : (await client.FindManifestAsync(repository, name, cancellationToken).ConfigureAwait(false))?.Digest;
        return told is not { } digest
            ? null
            : expected is { } wanted && wanted.Algorithm != digest.Algorithm
                ? new TargetDigest(
                    await RenameAsync(tag, digest, wanted, cancellationToken).ConfigureAwait(false), digest)
                : new TargetDigest(digest, digest);
    }

    /// <summary>
    /// The tags that repositories list; of a repository that does not tell, nothing is in the answer.
    /// </summary>
    public async Task<ImmutableArray<TargetTag>> ListAsync(
        IEnumerable<string> repositories, CancellationToken cancellationToken)
    {
        ConcurrentBag<TargetTag> listed = [];
        await Parallel.ForEachAsync(repositories, Options(cancellationToken), async (repository, token) =>
        {
            foreach (string tag in await client.ProbeTagsAsync(repository, token).ConfigureAwait(false) ?? [])
            {
                listed.Add(new TargetTag(repository, tag));
            }
        }).ConfigureAwait(false);
        return [.. listed];
    }

    private ParallelOptions Options(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = width, CancellationToken = cancellationToken };

    private async Task<Digest> RenameAsync(
        TargetTag tag, Digest digest, Digest expected, CancellationToken cancellationToken)
    {
        ManifestContent? content = await client.FindManifestAsync(tag.Repository, tag.Tag, cancellationToken)
            .ConfigureAwait(false);
        return content is null
            ? digest
            : expected.SameAlgorithm(CryptographicOperations.HashData(expected.HashName, content.Bytes.Span));
    }
}

/// <summary>A tag of a repository at a target.</summary>
internal readonly record struct TargetTag(string Repository, string Tag);

/// <summary>What a tag stands for.</summary>
/// <param name="Digest">In the algorithm that was expected, if one was.</param>
/// <param name="Told">As the target names it, and is asked for it.</param>
internal readonly record struct TargetDigest(Digest Digest, Digest Told);
