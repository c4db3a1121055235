using Mirror.Engine.Plan;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Ends;

/// <summary>Content that is made here, in front of a source that has the rest.</summary>
internal sealed class ConstantSource(
    ImmutableDictionary<Digest, ReadOnlyMemory<byte>> contents, IContentSource rest) : IContentSource
{
    public ValueTask<Stream> OpenAsync(PlannedBlob blob, long offset, CancellationToken cancellationToken) =>
        contents.TryGetValue(blob.Digest, out ReadOnlyMemory<byte> content)
            ? new ValueTask<Stream>(new MemoryStream(content[(int)offset..].ToArray(), writable: false))
            : rest.OpenAsync(blob, offset, cancellationToken);

    public bool MayContinueAfter(MirrorException failure) => rest.MayContinueAfter(failure);

    public bool IsOfOneBlob(MirrorException failure) => rest.IsOfOneBlob(failure);

    public Fault Mismatch(PlannedBlob blob, Digest actual) => rest.Mismatch(blob, actual);
}
