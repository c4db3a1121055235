using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;
using Mirror.Engine.Events;

namespace Mirror.Engine.Verify;

/// <summary>Reads every blob of every archive once and compares it with its digest; names each damage.</summary>
internal sealed class BundleVerifier(TimeProvider time, EventSink events)
{
    private const int BufferBytes = 1024 * 1024;

    /// <summary>Verifies; structure, indexes and manifests were checked when the bundle was opened.</summary>
    /// <returns>Bytes that were hashed, and what is wrong (D8M7001).</returns>
    public async Task<(long Bytes, ImmutableArray<Fault> Faults)> VerifyAsync(
        BundleReader bundle, CancellationToken cancellationToken)
    {
        ImmutableArray<(ArchiveReader Archive, ScannedEntry Entry)> blobs = [.. bundle.Archives
            .SelectMany(archive => archive.Entries, (archive, entry) => (archive, entry))
            .Where(place => place.entry.FileName is null && !place.archive.IsJudged(place.entry))];
        ProgressMeter progress = new(blobs.Sum(place => place.Entry.Size), blobs.Length, "blobs", time, events);
        ConcurrentBag<Fault> faults = [];
        await DiskWork.RunAsync(blobs, Hash, cancellationToken).ConfigureAwait(false);
        progress.Report();
        return (progress.MovedBytes, [.. faults.OrderBy(fault => fault.Message, StringComparer.Ordinal)]);

        void Hash((ArchiveReader Archive, ScannedEntry Entry) place, CancellationToken token)
        {
            Digest actual = DigestOf(place.Archive, place.Entry, progress, token);
            if (actual != place.Entry.Digest)
            {
                faults.Add(bundle.Damage(place.Archive, place.Entry, actual));
            }

            progress.ItemDone();
        }
    }

    private static Digest DigestOf(
        ArchiveReader archive, ScannedEntry entry, ProgressMeter progress, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(entry.Digest.HashName);
            int read;
            for (long offset = 0; (read = archive.Read(entry, offset, buffer)) > 0; offset += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                progress.Moved(read);
            }

            return entry.Digest.SameAlgorithm(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
