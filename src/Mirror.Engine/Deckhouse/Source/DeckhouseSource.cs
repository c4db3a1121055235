using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Spool;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// The source as the resolvers see it: images by tag or digest with everything below them, and tag lists. Nothing is
/// asked twice in a run.
/// </summary>
internal sealed class DeckhouseSource(RegistryClient client, ManifestStore manifests, RegistryTree tree)
{
    private readonly Memo<string, TagList> _tags = new();

    public RegistryTree Tree => tree;

    /// <summary>Whether tags can be listed; a proxy registry only answers what is asked for by its tag.</summary>
    public bool CanListTags { get; init; } = true;

    /// <summary>The image that a tag stands for, or <see langword="null"/> when the tag does not exist.</summary>
    public async Task<ImageContent?> FindAsync(
        string repository, string tag, string reason, CancellationToken cancellationToken) =>
        await manifests.FindAsync(repository, tag, cancellationToken).ConfigureAwait(false) is { } manifest
            ? await WithChildrenAsync(repository, tag, manifest, reason, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>The image of a digest, or <see langword="null"/> when the repository does not have it.</summary>
    public async Task<ImageContent?> FindAsync(
        string repository, Digest digest, string reason, CancellationToken cancellationToken) =>
        await manifests.FindAsync(repository, digest, cancellationToken).ConfigureAwait(false) is { } manifest
            ? await WithChildrenAsync(repository, null, manifest, reason, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>The image that a tag stands for.</summary>
    /// <exception cref="MirrorException">D8M3003: the tag does not exist.</exception>
    public async Task<ImageContent> GetAsync(
        string repository, string tag, string reason, CancellationToken cancellationToken) =>
        await FindAsync(repository, tag, reason, cancellationToken).ConfigureAwait(false)
        ?? throw new MirrorException(DeckhouseFaults.TagMissing(
            Name(repository), tag, reason, await ListAsync(repository, cancellationToken).ConfigureAwait(false)));

    /// <summary>The tags of a repository for a message; none where that cannot be found out.</summary>
    public async Task<ImmutableArray<string>> ListAsync(string repository, CancellationToken cancellationToken)
    {
        try
        {
            return await FindTagsAsync(repository, cancellationToken).ConfigureAwait(false) ?? [];
        }
        catch (MirrorException)
        {
            // What is missing is the failure to report; it is described with less.
            return [];
        }
    }

    public Task<bool> HasTagAsync(string repository, string tag, CancellationToken cancellationToken) =>
        manifests.HasAsync(repository, tag, cancellationToken);

    /// <summary>
    /// The tags of a repository, or <see langword="null"/> when it does not exist or tags cannot be listed.
    /// </summary>
    public async Task<ImmutableArray<string>?> FindTagsAsync(string repository, CancellationToken cancellationToken)
    {
        if (!CanListTags)
        {
            return null;
        }

        TagList list = await _tags.GetAsync(
            repository,
            async token => new TagList(await client.FindTagsAsync(repository, token).ConfigureAwait(false)),
            static _ => true,
            cancellationToken).ConfigureAwait(false);
        return list.Tags;
    }

    /// <summary>
    /// An annotation of the image under a tag; of an index without it, that of its first child
    /// (docs/behaviour/pull.md#plugin-contracts).
    /// </summary>
    /// <returns>Its value, empty where there is none; <see langword="null"/> when there is no such tag.</returns>
    /// <exception cref="FormatException">The annotations are malformed, or that child does not exist.</exception>
    public async Task<string?> FindAnnotationAsync(
        string repository, string tag, string annotation, CancellationToken cancellationToken)
    {
        Manifest? manifest = await manifests.FindAsync(repository, tag, cancellationToken).ConfigureAwait(false);
        if (manifest is null)
        {
            return null;
        }

        string value = await manifests
            .ReadAnnotationAsync(manifest.Descriptor.Digest, annotation, cancellationToken).ConfigureAwait(false);
        if (value.Length > 0 || manifest.Children is not [var child, ..])
        {
            return value;
        }

        _ = await manifests.FindAsync(repository, child.Digest, cancellationToken).ConfigureAwait(false)
            ?? throw new FormatException($"its first image {child.Digest} does not exist.");
        return await manifests.ReadAnnotationAsync(child.Digest, annotation, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A repository for people: with its host.</summary>
    public string Name(string repository) => $"{client.Host}/{repository}";

    public string Name(ImageContent image) => image.Tag is null
        ? $"{client.Host}/{image.Repository}@{image.Digest}"
        : $"{client.Host}/{image.Repository}:{image.Tag}";

    private async Task<ImageContent> WithChildrenAsync(
        string repository, string? tag, Manifest manifest, string reason, CancellationToken cancellationToken)
    {
        ManifestWalk walk = new(manifest);
        try
        {
            while (walk.Next() is { } child)
            {
                walk.Enter(await manifests.FindAsync(repository, child.Digest, cancellationToken).ConfigureAwait(false)
                    ?? throw new MirrorException(DeckhouseFaults.ComponentMissing(
                        $"{Name(repository)}@{child.Digest}", $"the index {walk.Parent.Descriptor.Digest}")));
            }
        }
        catch (FormatException exception)
        {
            throw new MirrorException(
                DeckhouseFaults.FileMalformed(
                    Name(repository), $"index {manifest.Descriptor.Digest}", exception.Message),
                exception);
        }

        return new ImageContent(repository, tag, walk.Manifests, reason);
    }

    private sealed record TagList(ImmutableArray<string>? Tags);
}
