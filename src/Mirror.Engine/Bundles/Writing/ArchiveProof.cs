using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>
/// Proves every byte of a finished archive: blobs by their digests, all else by comparison, since the bytes between
/// the blobs follow from the layout.
/// </summary>
internal sealed class ArchiveProof : IDisposable
{
    private const int BufferBytes = 1024 * 1024;

    private readonly BundleFolder _folder;
    private readonly ArchiveLayout _layout;
    private readonly IDiskFile _file;

    private ArchiveProof(BundleFolder folder, ArchiveLayout layout)
    {
        _folder = folder;
        _layout = layout;
        _file = ChunkedFile.OpenRead(
            folder.Disk,
            new StoredArchive(layout.Name, folder.Directory, [.. layout.Parts.Select(part => part.Name)]));
    }

    /// <summary>Reads whole archives, on threads of its own.</summary>
    /// <returns>What is wrong: the first place of each archive (D8M7001), by archive.</returns>
    public static async Task<ImmutableArray<Fault>> RunAsync(
        BundleFolder folder, ImmutableArray<ArchiveLayout> layouts, CancellationToken cancellationToken)
    {
        List<Fault> faults = [];
        foreach (ArchiveLayout layout in layouts)
        {
            if (await FindDamageAsync(folder, layout, cancellationToken).ConfigureAwait(false) is { } fault)
            {
                faults.Add(fault);
            }
        }

        return [.. faults];
    }

    public void Dispose() => _file.Dispose();

    private static async Task<Fault?> FindDamageAsync(
        BundleFolder folder, ArchiveLayout layout, CancellationToken cancellationToken)
    {
        using ArchiveProof proof = new(folder, layout);
        ConcurrentBag<(int Entry, string What)> damages = [];
        await DiskWork.RunAsync(
            [.. Enumerable.Range(0, layout.Entries.Length)],
            (entry, token) =>
            {
                if (proof.DamageOf(entry, token) is { } what)
                {
                    damages.Add((entry, what));
                }
            },
            cancellationToken).ConfigureAwait(false);
        return damages.IsEmpty ? null : BundleFaults.KeptDamaged(layout.Name, damages.Min().What);
    }

    private string? DamageOf(int index, CancellationToken cancellationToken)
    {
        ArchiveEntry entry = _layout.Entries[index];
        string path = entry.Path;
        long end = entry.DataOffset + entry.Size;
        long next = index + 1 < _layout.Entries.Length ? _layout.Entries[index + 1].HeaderOffset : _layout.Length;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            if (!IsThere(TarHeader.Create(path, entry.Size), entry.HeaderOffset, buffer))
            {
                return $"the header of {path} is not as planned";
            }

            if (!entry.IsBlob && !IsThere(entry.Content.Span, entry.DataOffset, buffer))
            {
                return $"{path} is not as planned";
            }

            if (entry.IsBlob && DigestOf(entry, buffer, cancellationToken) is var actual && actual != entry.Digest)
            {
                return $"{path} holds the content of {actual}";
            }

            return IsThere(new byte[next - end], end, buffer) ? null : $"what follows {path} is not as planned";
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, _folder.PathOf(_layout.Name), "read");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool IsThere(ReadOnlySpan<byte> expected, long offset, Span<byte> buffer)
    {
        int read;
        for (; expected.Length > 0; expected = expected[read..], offset += read)
        {
            read = _file.Read(buffer[..int.Min(buffer.Length, expected.Length)], offset);
            if (read == 0 || !buffer[..read].SequenceEqual(expected[..read]))
            {
                return false;
            }
        }

        return true;
    }

    private Digest DigestOf(ArchiveEntry entry, Span<byte> buffer, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(entry.Digest.HashName);
        int read;
        for (long done = 0; done < entry.Size; done += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read = _file.Read(
                buffer[..(int)long.Min(buffer.Length, entry.Size - done)], entry.DataOffset + done);
            if (read == 0)
            {
                break;
            }

            hash.AppendData(buffer[..read]);
        }

        return entry.Digest.SameAlgorithm(hash.GetHashAndReset());
    }
}
