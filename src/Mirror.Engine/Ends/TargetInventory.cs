using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Reading;
using Mirror.Engine.Registry.Wire;

namespace Mirror.Engine.Ends;

/// <summary>
/// Looks at what images of a target consist of, as far as it is asked to. Each manifest and each blob of a repository
/// is asked for once, whatever number of tags needs it. Only GET and HEAD are sent.
/// </summary>
internal sealed class TargetInventory(RegistryClient client, CheckDepth depth)
{
    private readonly BlobPresence _presence = new(client);
    private readonly Memo<(string Repository, Digest Digest), (Manifest? Manifest, string? Damage)> _manifests = new();
    private readonly Memo<(string Repository, Digest Digest), string?> _blobs = new();

    /// <summary>Reads an image with everything below it, and looks for its content.</summary>
    /// <param name="repository">Where it is.</param>
    /// <param name="digest">What the target calls it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<TargetImage> LookAsync(string repository, Digest digest, CancellationToken cancellationToken)
    {
        List<string> damage = [];
        (Manifest? root, string? wrong) = await ReadAsync(repository, digest, "", cancellationToken)
            .ConfigureAwait(false);
        if (root is null)
        {
            return new TargetImage([], [$"manifest {digest} is {wrong}"]);
        }

        ManifestWalk walk = new(root);
        List<Manifest> met = [root];
        try
        {
            while (walk.Next() is { } child)
            {
                (Manifest? manifest, wrong) = await ReadAsync(
                    repository, child.Digest, child.MediaType, cancellationToken).ConfigureAwait(false);
                if (manifest is null)
                {
                    damage.Add($"manifest {child.Digest} is {wrong}");
                    continue;
                }

                walk.Enter(manifest);
                met.Add(manifest);
            }
        }
        catch (FormatException exception)
        {
            damage.Add(exception.Message.TrimEnd('.'));
        }

        foreach (Manifest manifest in met)
        {
            foreach (Descriptor blob in manifest.Blobs.DistinctBy(blob => blob.Digest))
            {
                if (await FindDamageAsync(repository, blob, cancellationToken).ConfigureAwait(false) is { } found)
                {
                    string noun = blob.Digest == manifest.Config?.Digest ? "config" : "layer";
                    damage.Add($"{noun} {blob.Digest} ({ByteCount.Format(blob.Size)}) is {found}");
                }
            }
        }

        return new TargetImage([.. met], [.. damage]);
    }

    private Task<(Manifest? Manifest, string? Damage)> ReadAsync(
        string repository, Digest digest, string mediaType, CancellationToken cancellationToken) =>
        _manifests.GetAsync(
            (repository, digest),
            async token =>
            {
                try
                {
                    ManifestContent? content = await client
                        .FindManifestAsync(repository, digest.ToString(), token).ConfigureAwait(false);
                    return content is null
                        ? (null, "missing")
                        : (ManifestReader.Read(
                            content.Bytes, digest, mediaType.Length > 0 ? mediaType : content.MediaType), null);
                }
                catch (FormatException exception)
                {
                    return (null, $"unusable: {exception.Message.TrimEnd('.')}");
                }
                catch (MirrorException failure) when (failure.Faults.All(fault =>
                    fault.Code is FaultCode.ManifestMalformed or FaultCode.ManifestDigestMismatch
                        or FaultCode.MetadataTooLarge))
                {
                    return (null, "damaged");
                }
            },
            static _ => true,
            cancellationToken);

    private Task<string?> FindDamageAsync(string repository, Descriptor blob, CancellationToken cancellationToken) =>
        depth == CheckDepth.Tags ? Task.FromResult<string?>(null) : _blobs.GetAsync(
            (repository, blob.Digest),
            async token => depth == CheckDepth.Blobs
                ? await _presence.FindDamageAsync(repository, blob.Digest, blob.Size, token).ConfigureAwait(false)
                : await _presence.FindLossAsync(repository, blob.Digest, blob.Size, token).ConfigureAwait(false),
            static _ => true,
            cancellationToken);
}

/// <summary>An image of a target.</summary>
/// <param name="Manifests">Its manifests that could be read, the image's own first.</param>
/// <param name="Damage">What of it is missing or wrong, as far as it was looked.</param>
internal sealed record TargetImage(ImmutableArray<Manifest> Manifests, ImmutableArray<string> Damage)
{
    /// <summary>Everything that the manifests name, and the manifests.</summary>
    public IEnumerable<Digest> Content => Manifests.SelectMany(manifest =>
        manifest.Blobs.Select(blob => blob.Digest).Prepend(manifest.Descriptor.Digest));
}
