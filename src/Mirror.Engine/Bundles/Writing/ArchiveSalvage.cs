using System.Security.Cryptography;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Journal;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>Takes finished blobs over from the unfinished archive of another plan, hashing them on the way.</summary>
internal static class ArchiveSalvage
{
    private const int CopyBuffer = 1024 * 1024;

    public static void Copy(
        BundleFolder folder, EarlierArchive from, ArchiveFile to, CancellationToken cancellationToken)
    {
        using ArchiveParts parts = new(folder, from.Parts);
        if (!parts.TryOpenExisting())
        {
            return;
        }

        Dictionary<Digest, JournalExtent> held = [];
        foreach (JournalExtent extent in from.Journal.Written)
        {
            held[extent.Digest] = extent;
        }

        byte[] buffer = new byte[CopyBuffer];
        for (int index = 0; index < to.Layout.Entries.Length; index++)
        {
            ArchiveEntry entry = to.Layout.Entries[index];
            if (entry.IsBlob && !to.IsComplete(index) && !to.IsClaimed(index)
                && held.TryGetValue(entry.Digest, out JournalExtent extent) && extent.Size == entry.Size
                && TryCopy(parts, extent, to, index, buffer, cancellationToken))
            {
                to.MarkComplete(index);
            }
        }
    }

    private static bool TryCopy(
        ArchiveParts from,
        JournalExtent extent,
        ArchiveFile to,
        int entry,
        byte[] buffer,
        CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(extent.Digest.HashName);
        for (long offset = 0; offset < extent.Size;)
        {
            cancellation.ThrowIfCancellationRequested();
            int wanted = (int)Math.Min(buffer.Length, extent.Size - offset);
            int read = from.Read(buffer.AsSpan(0, wanted), extent.Offset + offset);
            if (read == 0)
            {
                return false;
            }

            hash.AppendData(buffer, 0, read);
            to.Write(entry, offset, buffer.AsSpan(0, read));
            offset += read;
        }

        return extent.Digest.SameAlgorithm(hash.GetHashAndReset()) == extent.Digest;
    }
}
