using System.Collections.Concurrent;
using Mirror.Engine.Oci;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Reading;
using Mirror.Engine.Registry.Wire;

namespace Mirror.Engine.Spool;

/// <summary>
/// Every manifest of a run, asked for once: a tag once, a digest once whatever repositories and tags lead to it. Where
/// an earlier run left manifests, a tag is asked for its digest only; where nothing is here, for its manifest at once.
/// The bytes are in the spool, only what was read from them stays in memory.
/// </summary>
internal sealed class ManifestStore(RegistryClient client, BlobSpool spool)
{
    private readonly Memo<(string Repository, string Tag), Digest?> _tags = new();
    private readonly Memo<Digest, Manifest?> _manifests = new();
    private readonly ConcurrentDictionary<(string Repository, Digest Digest), bool> _absent = new();
    private readonly bool _asksForDigests = !spool.IsNew;

    /// <summary>The manifest of a tag; <see langword="null"/> when there is no such tag or repository.</summary>
    /// <exception cref="MirrorException">The request failed, or the manifest is unusable (D8M2018).</exception>
    public async Task<Manifest?> FindAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        Digest? digest = await FindDigestAsync(repository, tag, _asksForDigests, cancellationToken)
            .ConfigureAwait(false);
        return digest is not { } known
            ? null
            : await FindAsync(repository, known, cancellationToken).ConfigureAwait(false)
                ?? await FindOtherAsync(repository, tag, known, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether there is such a tag.</summary>
    /// <exception cref="MirrorException">The request failed.</exception>
    public async Task<bool> HasAsync(string repository, string tag, CancellationToken cancellationToken) =>
        await FindDigestAsync(repository, tag, isPeeking: true, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>The manifest of a digest; <see langword="null"/> when this repository has none.</summary>
    /// <exception cref="MirrorException">The request failed, or the manifest is unusable (D8M2018).</exception>
    public Task<Manifest?> FindAsync(string repository, Digest digest, CancellationToken cancellationToken) =>
        _manifests.GetAsync(
            digest,
            token => ReadAsync(repository, digest, token),
            static manifest => manifest is not null,
            cancellationToken);

    /// <summary>One annotation of a manifest that was found; empty: it has none of that name.</summary>
    /// <remarks>Read from the spool: annotations would be most of the memory of 50,000 manifests.</remarks>
    /// <exception cref="FormatException">The annotations are of the wrong type.</exception>
    public async Task<string> ReadAnnotationAsync(Digest digest, string name, CancellationToken cancellationToken) =>
        ManifestReader.ReadAnnotation(
            await spool.ReadAsync(digest, OciLimits.ManifestBytes, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"{digest} was read, but is not in the spool."),
            name);

    private Task<Digest?> FindDigestAsync(
        string repository, string tag, bool isPeeking, CancellationToken cancellationToken) => _tags.GetAsync(
            (repository, tag),
            async token => (isPeeking
                ? await client.PeekDigestAsync(repository, tag, token).ConfigureAwait(false)
                : null) ?? await FetchAsync(repository, tag, token).ConfigureAwait(false),
            static _ => true,
            cancellationToken);

    /// <summary>HEAD told a digest that is not there: what GET brings for the tag is what counts.</summary>
    private async Task<Manifest?> FindOtherAsync(
        string repository, string tag, Digest told, CancellationToken cancellationToken) =>
        await FetchAsync(repository, tag, cancellationToken).ConfigureAwait(false) is { } digest && digest != told
            ? await FindAsync(repository, digest, cancellationToken).ConfigureAwait(false)
            : throw new MirrorException(client
                .FaultsOf(RegistryRequest.ForManifest(HttpMethod.Get, repository, told.ToString()))
                .UnexpectedAnswer($"404, although tag {tag} stands for it", ""));

    private async Task<Digest?> FetchAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        if (await client.FindManifestAsync(repository, tag, cancellationToken).ConfigureAwait(false) is not { } content)
        {
            return null;
        }

        await _manifests.GetAsync(
            content.Digest,
            async token => await KeepAsync(repository, content, token).ConfigureAwait(false),
            static manifest => manifest is not null,
            cancellationToken).ConfigureAwait(false);
        return content.Digest;
    }

    private async Task<Manifest?> ReadAsync(string repository, Digest digest, CancellationToken cancellationToken)
    {
        if (_absent.ContainsKey((repository, digest)))
        {
            return null;
        }

        if (await spool.ReadAsync(digest, OciLimits.ManifestBytes, cancellationToken).ConfigureAwait(false)
            is { } kept)
        {
            Manifest known = Parse(repository, new ManifestContent(kept, digest, ""));
            await KeepEmbeddedAsync(kept, cancellationToken).ConfigureAwait(false);
            return known;
        }

        ManifestContent? content = await client.FindManifestAsync(repository, digest.ToString(), cancellationToken)
            .ConfigureAwait(false);
        if (content is null)
        {
            _absent[(repository, digest)] = true;
            return null;
        }

        return await KeepAsync(repository, content, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Manifest> KeepAsync(
        string repository, ManifestContent content, CancellationToken cancellationToken)
    {
        Manifest manifest = Parse(repository, content);
        await spool.AddAsync(content.Digest, content.Bytes, cancellationToken).ConfigureAwait(false);
        await KeepEmbeddedAsync(content.Bytes, cancellationToken).ConfigureAwait(false);
        return manifest;
    }

    /// <summary>What a manifest brings along is not asked for: a registry need not have it anywhere else.</summary>
    private async Task KeepEmbeddedAsync(ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken)
    {
        foreach ((Digest digest, byte[] content) in EmbeddedContent.Extract(manifest))
        {
            await spool.AddAsync(digest, content, cancellationToken).ConfigureAwait(false);
        }
    }

    private Manifest Parse(string repository, ManifestContent content)
    {
        try
        {
            return ManifestReader.Read(content.Bytes, content.Digest, content.MediaType);
        }
        catch (FormatException exception)
        {
            throw new MirrorException(
                client.FaultsOf(RegistryRequest.ForManifest(HttpMethod.Get, repository, content.Digest.ToString()))
                    .ManifestMalformed(exception.Message),
                exception);
        }
    }
}
