using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Spool;

namespace Mirror.Engine.Ends;

/// <summary>What the archives of earlier pulls hold, as content that need not be asked for again.</summary>
internal sealed class EarlierContent(PublishedBlobs blobs) : ILocalContent
{
    public bool IsEmpty => blobs.Count == 0;

    public Stream? Open(Digest digest) => blobs.TryFind(digest, out ArchiveReader? archive, out ScannedEntry entry)
        ? new ArchiveStream(archive, entry, 0)
        : null;
}
