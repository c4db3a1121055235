using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Plan;
using Mirror.Engine.Report.Diff;
using Xunit;

namespace Mirror.Engine.Tests.Report.Diff;

/// <summary>A platform with all modules and several releases has some thousand images; this has many more.</summary>
public sealed class LargeDiffTests
{
    private const int Images = 50_000;

    [Fact]
    public void Fifty_thousand_images_are_compared_written_and_read_within_bounds()
    {
        DiffSide from = Side("bundle", 0);
        DiffSide to = Side("source", Images / 2);
        long before = GC.GetAllocatedBytesForCurrentThread();

        MirrorDiff diff = DiffBuilder.Compare(from, to);

        // Most of it is gone again while it compares.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000_000);
        Assert.Equal((Images / 2, Images / 2), (diff.Added.Length, diff.Gone.Length));
        string text = DiffFile.Write(diff);
        Assert.Equal(text, DiffFile.Write(DiffFile.Read(Encoding.UTF8.GetBytes(text))));
    }

    private static DiffSide Side(string kind, int first)
    {
        ImmutableArray<Digest> digests = [.. Enumerable.Range(first, Images).Select(DrawnSides.DigestOf)];
        return new DiffSide(
            kind, "x", [.. digests.Select(digest => new TaggedImage("module-x.tar", "modules/x", digest.Hex, digest))])
        {
            Pieces = digests.Index().ToDictionary(
                image => image.Item,
                image => Enumerable.Range(first + image.Index, 8)
                    .Select(number => new DiffPiece(DrawnSides.DigestOf(number), 1000)).ToImmutableArray()),
        };
    }
}
