using System.Collections.Frozen;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Report.Diff;

/// <summary>
/// One of the two states that a diff compares: its tags, and what else is known of them. Whatever is not known makes
/// the diff say less, never something wrong.
/// </summary>
/// <param name="Kind">What it is: one of <see cref="MirrorDiffSide.Kinds"/>.</param>
/// <param name="Name">What people call it: a reference, or the name of a file or folder.</param>
/// <param name="Images">Its tags, with the paths they have there.</param>
internal sealed record DiffSide(string Kind, string Name, ImmutableArray<TaggedImage> Images)
{
    /// <summary>Where it comes from, <c>host[:port]/path</c>; <see langword="null"/>: it does not say.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// Archives of which it says nothing on purpose, as a lock of databases: on the other side they do not count.
    /// </summary>
    public ImmutableArray<string> Floating { get; init; } = [];

    /// <summary>What images consist of, by their digest: all manifests, configs and layers, each once.</summary>
    public IReadOnlyDictionary<Digest, ImmutableArray<DiffPiece>> Pieces { get; init; } =
        FrozenDictionary<Digest, ImmutableArray<DiffPiece>>.Empty;

    /// <summary>How large images are whose pieces are not known, by digest.</summary>
    public IReadOnlyDictionary<Digest, long> Sizes { get; init; } = FrozenDictionary<Digest, long>.Empty;

    /// <summary>What release images say, by digest.</summary>
    public IReadOnlyDictionary<Digest, ReleaseNotes> Notes { get; init; } =
        FrozenDictionary<Digest, ReleaseNotes>.Empty;

    /// <summary>The pieces of images that were read.</summary>
    public static Dictionary<Digest, ImmutableArray<DiffPiece>> PiecesIn(IEnumerable<ArchiveContent> archives)
    {
        Dictionary<Digest, ImmutableArray<DiffPiece>> pieces = [];
        foreach (ImageContent image in archives
            .SelectMany(archive => archive.Layouts).SelectMany(layout => layout.Images))
        {
            if (!pieces.ContainsKey(image.Digest))
            {
                pieces.Add(image.Digest, [.. image.Manifests
                    .SelectMany(manifest => manifest.Blobs.Prepend(manifest.Descriptor))
                    .Select(blob => new DiffPiece(blob.Digest, blob.Size))
                    .DistinctBy(piece => piece.Digest)]);
            }
        }

        return pieces;
    }
}

/// <summary>A piece of content: a manifest, config or layer.</summary>
internal readonly record struct DiffPiece(Digest Digest, long Size);
