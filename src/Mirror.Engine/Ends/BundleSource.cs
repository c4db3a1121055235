using System.Security.Cryptography;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Plan;
using Mirror.Engine.Spool;
using Mirror.Engine.Streams;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Ends;

/// <summary>Content straight out of archives, at its offset; nothing is unpacked.</summary>
internal sealed class BundleSource(BundleReader bundle) : IContentSource
{
    public static ArchiveStream Open(BundleReader bundle, Digest digest, long offset)
    {
        (ArchiveReader archive, ScannedEntry entry) = bundle.Find(digest);
        return new ArchiveStream(archive, entry, offset);
    }

    /// <summary>Opens content that decides something: all of it is hashed before the first byte is given.</summary>
    /// <exception cref="MirrorException">D8M7001: it is not what its digest says.</exception>
    public static ArchiveStream OpenVerified(BundleReader bundle, Digest digest, CancellationToken cancellationToken)
    {
        using ArchiveStream whole = Open(bundle, digest, 0);
        using IncrementalHash hash = IncrementalHash.CreateHash(digest.HashName);
        using HashedContent content = new(whole, hash, digest);
        Digest actual = content.Finish(cancellationToken);
        return actual == digest
            ? Open(bundle, digest, 0)
            : throw new MirrorException(DamageOf(bundle, digest, actual));
    }

    public ValueTask<Stream> OpenAsync(PlannedBlob blob, long offset, CancellationToken cancellationToken) =>
        new(Open(bundle, blob.Digest, offset));

    /// <summary>What cannot be read from a disk once cannot be read again.</summary>
    public bool MayContinueAfter(MirrorException failure) => false;

    /// <summary>A damaged bundle is not pushed in part.</summary>
    public bool IsOfOneBlob(MirrorException failure) => false;

    public Fault Mismatch(PlannedBlob blob, Digest actual) => DamageOf(bundle, blob.Digest, actual);

    private static Fault DamageOf(BundleReader bundle, Digest digest, Digest actual)
    {
        (ArchiveReader archive, ScannedEntry entry) = bundle.Find(digest);
        return bundle.Damage(archive, entry, actual);
    }
}

/// <summary>One entry of an archive from an offset on. Reads name their place, so any number may be open.</summary>
internal sealed class ArchiveStream(ArchiveReader archive, ScannedEntry entry, long offset) : ReadOnlyStream
{
    public override bool CanSeek => true;

    public override long Length => entry.Size;

    public override long Position { get; set; } = offset;

    public override int Read(Span<byte> buffer)
    {
        int read = archive.Read(entry, Position, buffer);
        Position += read;
        return read;
    }
}
