using System.Collections.Immutable;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>Writes a sketched bundle as a pull would, and opens one.</summary>
internal static class BundleRun
{
    /// <summary>Claims a folder, prepares it for the bundle's plan, and opens the archives.</summary>
    public static async Task<OpenedBundle> OpenAsync(
        SketchedBundle bundle,
        string directory,
        CancellationToken cancellationToken,
        IDisk? disk = null,
        BundleOptions? options = null,
        TimeProvider? time = null)
    {
        time ??= new ImmediateTime();
        FolderClaim claim = await FolderClaim.TakeAsync(
            disk ?? new PhysicalDisk(), directory, "a test", time, cancellationToken);
        PreparedBundle? prepared = null;
        try
        {
            prepared = await PreparedBundle.PrepareAsync(claim, bundle.Plan, options ?? new BundleOptions(), time);
            return new OpenedBundle(claim, prepared, await BundleWriter.OpenAsync(prepared, cancellationToken));
        }
        catch
        {
            using (claim)
            {
                prepared?.Dispose();
            }

            throw;
        }
    }

    /// <summary>Prepares, writes every blob that is not there yet, and commits.</summary>
    /// <returns>The warnings.</returns>
    public static async Task<ImmutableArray<Fault>> CompleteAsync(
        SketchedBundle bundle,
        string directory,
        CancellationToken cancellationToken,
        IDisk? disk = null,
        bool force = false,
        long chunkBytes = 0)
    {
        using OpenedBundle opened = await OpenAsync(
            bundle, directory, cancellationToken, disk, new BundleOptions { ChunkBytes = chunkBytes, Force = force });
        await CommitAsync(opened, bundle, cancellationToken);
        return opened.Prepared.Warnings;
    }

    /// <summary>Writes every blob that is not there yet, and commits.</summary>
    public static async Task<CommittedBundle> CommitAsync(
        OpenedBundle opened, SketchedBundle bundle, CancellationToken cancellationToken)
    {
        foreach (Digest digest in bundle.Contents.Keys)
        {
            Store(opened.Writer, bundle, digest);
        }

        return await opened.Writer.CommitAsync(cancellationToken);
    }

    /// <summary>Hashes what an earlier run left of blobs, as a transfer does: each is sealed, or rejected.</summary>
    public static void Prove(BundleWriter writer, IEnumerable<Digest> digests)
    {
        foreach (Digest digest in digests.Where(writer.IsClaimed))
        {
            byte[] content = new byte[writer.HeldBytes(digest)];
            int count = 0;
            while (count < content.Length && writer.Read(digest, count, content.AsSpan(count)) is var read and > 0)
            {
                count += read;
            }

            if (Digest.OfSha256(content.AsSpan(0, count)) == digest)
            {
                writer.Seal(digest);
            }
            else
            {
                writer.Reject(digest);
            }
        }
    }

    /// <summary>Writes one blob in pieces and seals it; what is here already is proven instead.</summary>
    public static void Store(BundleWriter writer, SketchedBundle bundle, Digest digest)
    {
        Prove(writer, [digest]);
        if (writer.IsSealed(digest))
        {
            return;
        }

        byte[] content = bundle.Contents[digest];
        const int piece = 7777;
        for (int offset = 0; offset < content.Length; offset += piece)
        {
            writer.Write(digest, offset, content.AsSpan(offset, Math.Min(piece, content.Length - offset)));
        }

        writer.Seal(digest);
    }

    /// <summary>The files of a folder that are not the lock's, with their content.</summary>
    public static SortedDictionary<string, byte[]> Files(string directory)
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (string path in Directory.GetFiles(directory))
        {
            string name = Path.GetFileName(path);
            if (!name.StartsWith(BundleNames.Lock, StringComparison.Ordinal))
            {
                files.Add(name, File.ReadAllBytes(path));
            }
        }

        return files;
    }

    /// <summary>The files of a folder, with chunk sets as the archives that they are.</summary>
    public static SortedDictionary<string, byte[]> Joined(string directory) => Joined(Files(directory));

    /// <inheritdoc cref="Joined(string)"/>
    public static SortedDictionary<string, byte[]> Joined(SortedDictionary<string, byte[]> files)
    {
        files = new(files, StringComparer.Ordinal);
        foreach (IGrouping<string, ChunkName> set in files.Keys.Select(ChunkName.Parse).OfType<ChunkName>()
            .GroupBy(chunk => chunk.Archive).ToList())
        {
            ChunkName[] chunks = [.. set.OrderBy(chunk => chunk.Number)];
            Assert.Equal(Enumerable.Range(0, chunks.Length), chunks.Select(chunk => chunk.Number));
            files.Add(set.Key, [.. chunks.SelectMany(chunk => files[chunk.FileName])]);
            Array.ForEach(chunks, chunk => files.Remove(chunk.FileName));
        }

        return files;
    }

    /// <summary>Whether two folders hold the same bytes under the same names.</summary>
    public static void DemandSame(SortedDictionary<string, byte[]> expected, SortedDictionary<string, byte[]> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach ((string name, byte[] content) in expected)
        {
            Assert.True(content.AsSpan().SequenceEqual(actual[name]), $"{name} differs.");
        }
    }

    /// <summary>Opens archives of which each can be read.</summary>
    public static BundleReader Open(
        IDisk disk, ImmutableArray<StoredArchive> archives, CancellationToken cancellationToken)
    {
        BundleReader reader = BundleReader.OpenSound(disk, archives, out var faults, cancellationToken);
        if (faults.IsEmpty)
        {
            return reader;
        }

        reader.Dispose();
        throw new MirrorException(faults);
    }
}
