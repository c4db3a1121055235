using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Finds files in the file system of an image: top-most layer first, names normalised, whiteouts honoured (image-spec,
/// layer.md "Whiteouts"). Layers go through the spool, so that what was read here is not downloaded again. Nothing that
/// was found is kept: a later run finds it again in the layers it has, and believes nothing else.
/// </summary>
internal sealed class LayerFile
{
    private const string Whiteout = ".wh.";
    private const string Opaque = ".wh..wh..opq";

    private readonly Func<string, Descriptor, CancellationToken, Task<Stream?>> _open;

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

    /// <summary>Reads some files of an image; those it does not have are not in the answer.</summary>
    /// <exception cref="MirrorException">D8M3012: a layer cannot be read.</exception>
    public async Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadAsync(
        WantedImage image, string reference, ImmutableArray<string> names, CancellationToken cancellationToken)
    {
        Dictionary<string, ReadOnlyMemory<byte>> found = new(StringComparer.Ordinal);
        HashSet<string> open = [.. names];
        foreach (Descriptor layer in PlatformImage(image).Layers.Reverse())
        {
            if (open.Count == 0)
            {
                break;
            }

            if (MediaType.IsForeignLayer(layer.MediaType))
            {
                continue;
            }

            Stream content = await _open(image.Repository, layer, cancellationToken).ConfigureAwait(false)
                ?? throw new MirrorException(DeckhouseFaults.LayerUnreadable(
                    reference, layer.Digest.ToString(), "it vanished from the temporary folder."));
            await using (content.ConfigureAwait(false))
            {
                using IncrementalHash hash = IncrementalHash.CreateHash(layer.Digest.HashName);
                using HashedContent hashed = new(content, hash, layer.Digest);

                // Unpacking is CPU work of any length: on the pool it would starve the host's timers.
                await Task.Factory.StartNew(
                    () =>
                    {
                        Scan(hashed, open, found, reference, layer);
                        CheckRead(hashed, reference, layer, cancellationToken);
                    },
                    cancellationToken,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default).ConfigureAwait(false);
            }
        }

        return found;
    }

    /// <summary>The image itself, or the linux/amd64 child of an index, else its first image.</summary>
    private static Manifest PlatformImage(WantedImage image)
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

    private static void Scan(
        Stream content,
        HashSet<string> open,
        Dictionary<string, ReadOnlyMemory<byte>> found,
        string reference,
        Descriptor layer)
    {
        List<string> hidden = [];
        try
        {
            using Stream tar = Decompress(content);
            using TarReader reader = new(tar);
            while (reader.GetNextEntry() is { } entry)
            {
                string name = Normalise(entry.Name);
                if (HiddenBy(name) is { } path)
                {
                    hidden.Add(path);
                }
                else if (open.Contains(name))
                {
                    found[name] = Read(entry);
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new MirrorException(
                DeckhouseFaults.LayerUnreadable(reference, layer.Digest.ToString(), exception.Message), exception);
        }

        // A whiteout hides lower layers only, so it is applied after the whole layer was seen.
        open.ExceptWith(found.Keys);
        open.RemoveWhere(name => hidden.Exists(path =>
            path.Length == 0 || name == path || name.StartsWith(path + "/", StringComparison.Ordinal)));
    }

    private static Stream Decompress(Stream content)
    {
        Span<byte> magic = stackalloc byte[4];
        int read = content.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        content.Position = 0;
        return magic[..read] switch
        {
            [0x1f, 0x8b, ..] => new GZipStream(content, CompressionMode.Decompress),
            [0x28, 0xb5, 0x2f, 0xfd] => throw new InvalidDataException("it is packed with zstd."),
            _ => content,
        };
    }

    private static byte[] Read(TarEntry entry)
    {
        if (entry.DataStream is null)
        {
            return [];
        }

        if (entry.Length > OciLimits.LayerFileBytes)
        {
            throw new InvalidDataException($"{entry.Name} is larger than {OciLimits.LayerFileBytes} bytes.");
        }

        byte[] content = new byte[entry.Length];
        entry.DataStream.ReadExactly(content);
        return content;
    }

    private static string Normalise(string name) =>
        string.Join('/', name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."));

    /// <summary>The path that a whiteout hides; an opaque marker hides everything in its folder.</summary>
    private static string? HiddenBy(string name)
    {
        int slash = name.LastIndexOf('/');
        string folder = slash < 0 ? "" : name[..slash];
        string file = name[(slash + 1)..];
        return file switch
        {
            Opaque => folder,
            _ when file.StartsWith(Whiteout, StringComparison.Ordinal) =>
                folder.Length == 0 ? file[Whiteout.Length..] : $"{folder}/{file[Whiteout.Length..]}",
            _ => null,
        };
    }
}
