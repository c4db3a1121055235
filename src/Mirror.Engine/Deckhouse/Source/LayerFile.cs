using System.Collections.Concurrent;
using System.Security.Cryptography;
using Mirror.Engine.Archives;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Spool;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// Finds files in the file system of an image: top-most layer first, names normalised, whiteouts honoured (image-spec,
/// layer.md "Whiteouts"). Layers go through the spool, so that what was read here is not downloaded again. Nothing that
/// was found is kept: a later run finds it again in the layers it has, and believes nothing else.
/// </summary>
internal sealed class LayerFile
{
    private readonly Func<string, Descriptor, CancellationToken, Task<Stream?>> _open;
    private readonly ConcurrentDictionary<Digest, Fault> _unreadable = new();

    /// <summary>Layers of a registry, through a spool.</summary>
    public LayerFile(RegistryClient client, BlobSpool spool)
    {
        _open = async (repository, layer, token) =>
        {
            await spool.FetchAsync(client, repository, layer.Digest, layer.Size, token).ConfigureAwait(false);
            return await spool.OpenAsync(layer.Digest, token).ConfigureAwait(false);
        };
    }

    /// <summary>Layers that are here already; whoever opens one has verified it.</summary>
    public LayerFile(Func<Descriptor, Stream> open) => _open = (_, layer, token) => Task.Factory.StartNew<Stream?>(
        () => open(layer), token, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Layers that are unpacked at a time, whatever the number of images that are looked at.</summary>
    private SemaphoreSlim Turns { get; } = new(4);

    /// <summary>The same for Zstandard, whose decoder holds a whole window in memory.</summary>
    private SemaphoreSlim WindowTurns { get; } = new(1);

    /// <summary>Reads some files of an image; those it does not have are not in the answer.</summary>
    /// <exception cref="MirrorException">D8M3012: a layer cannot be read.</exception>
    public async Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadAsync(
        ImageContent image, string reference, ImmutableArray<string> names, CancellationToken cancellationToken)
    {
        LayerSearch search = new(names);

        // A layer that is there twice adds nothing below its first place.
        foreach (Descriptor layer in PlatformImage(image).Layers.Reverse().DistinctBy(layer => layer.Digest)
            .Where(layer => !MediaType.IsForeignLayer(layer.MediaType)))
        {
            if (search.IsOver)
            {
                break;
            }

            await SearchAsync(search, image.Repository, layer, reference, cancellationToken).ConfigureAwait(false);
        }

        return search.Found;
    }

    private async Task SearchAsync(
        LayerSearch search,
        string repository,
        Descriptor layer,
        string reference,
        CancellationToken cancellationToken)
    {
        Stream content = await _open(repository, layer, cancellationToken).ConfigureAwait(false)
            ?? throw new MirrorException(DeckhouseFaults.LayerUnreadable(
                reference, layer.Digest.ToString(), "it vanished from the temporary folder."));
        await using (content.ConfigureAwait(false))
        {
            SemaphoreSlim turn = UnpackedLayer.PackingOf(content) == Packing.Zstandard ? WindowTurns : Turns;
            await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (_unreadable.TryGetValue(layer.Digest, out Fault? known))
                {
                    throw new MirrorException(known);
                }

                using IncrementalHash hash = IncrementalHash.CreateHash(layer.Digest.HashName);
                using HashedContent hashed = new(content, hash, layer.Digest);

                // Unpacking is CPU work of any length: on the pool it would starve the host's timers.
                await Task.Factory.StartNew(
                    () =>
                    {
                        search.Read(hashed, cancellationToken);
                        CheckRead(hashed, reference, layer, cancellationToken);
                    },
                    cancellationToken,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default).ConfigureAwait(false);
            }
            catch (FormatException exception)
            {
                Fault fault = DeckhouseFaults.LayerUnreadable(
                    reference, layer.Digest.ToString(), $"{exception.Message.TrimEnd('.')}.");

                // Images share layers: one that is unreadable by itself is read once, and told once.
                throw new MirrorException(
                    search.Layers == 1 ? _unreadable.GetOrAdd(layer.Digest, fault) : fault, exception);
            }
            finally
            {
                turn.Release();
            }
        }
    }

    /// <summary>The image itself, or the linux/amd64 child of an index, else its first image.</summary>
    private static Manifest PlatformImage(ImageContent image)
    {
        HashSet<Digest> matching = [.. image.Manifests
            .SelectMany(manifest => manifest.Children)
            .Where(child => child is { OperatingSystem: "linux", Architecture: "amd64" })
            .Select(child => child.Digest)];
        return image.Manifests.FirstOrDefault(manifest => matching.Contains(manifest.Descriptor.Digest))
            ?? image.Manifests.FirstOrDefault(manifest => !manifest.IsIndex)
            ?? image.Manifest;
    }

    /// <summary>What was found counts only if it was read out of the very bytes that have the layer's digest.</summary>
    private static void CheckRead(
        HashedContent content, string reference, Descriptor layer, CancellationToken cancellationToken)
    {
        Digest actual = content.Finish(cancellationToken);
        if (actual != layer.Digest)
        {
            throw new MirrorException(DeckhouseFaults.LayerChanged(reference, layer.Digest, actual));
        }
    }
}
