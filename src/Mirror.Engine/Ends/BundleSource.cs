using Mirror.Engine.Bundles;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
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

    public ValueTask<Stream> OpenAsync(PlannedBlob blob, long offset, CancellationToken cancellationToken) =>
        new(Open(bundle, blob.Digest, offset));

    /// <summary>What cannot be read from a disk once cannot be read again.</summary>
    public bool MayContinueAfter(MirrorException failure) => false;

    /// <summary>A damaged bundle is not pushed in part.</summary>
    public bool IsOfOneBlob(MirrorException failure) => false;

    public Fault Mismatch(PlannedBlob blob, Digest actual)
    {
        (ArchiveReader archive, ScannedEntry entry) = bundle.Find(blob.Digest);
        return bundle.Damage(archive, entry, actual);
    }
}
