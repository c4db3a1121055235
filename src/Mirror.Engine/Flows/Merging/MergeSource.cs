using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Ends;
using Mirror.Engine.Plan;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Flows.Merging;

/// <summary>Content out of the newest bundle that has it.</summary>
internal sealed class MergeSource(MergeFolders folders) : IContentSource
{
    public ValueTask<Stream> OpenAsync(PlannedBlob blob, long offset, CancellationToken cancellationToken) =>
        new(BundleSource.Open(HolderOf(blob), blob.Digest, offset));

    /// <summary>What cannot be read from a disk once cannot be read again.</summary>
    public bool MayContinueAfter(MirrorException failure) => false;

    public bool IsOfOneBlob(MirrorException failure) => TransferFaults.IsOfContent(failure);

    public Fault Mismatch(PlannedBlob blob, Digest actual)
    {
        BundleReader holder = HolderOf(blob);
        (ArchiveReader archive, ScannedEntry entry) = holder.Find(blob.Digest);
        return holder.Damage(archive, entry, actual);
    }

    private BundleReader HolderOf(PlannedBlob blob) => folders.Find(blob)
        ?? throw MirrorException.Defect($"{blob.Digest} is in none of the bundles.");
}
