using System.Collections.Immutable;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;
using Mirror.Engine.Report.Diff;
using Mirror.Engine.Tests.Plan;
using Xunit;

namespace Mirror.Engine.Tests.Report.Diff;

public sealed class DiffBuilderTests
{
    [Fact]
    public void A_state_has_no_difference_to_itself()
    {
        DiffSide side = new DrawnSides(1).Draw("bundle");

        MirrorDiff diff = DiffBuilder.Compare(side, side with { Kind = "source", Images = [.. side.Images.Reverse()] });

        Assert.True(diff.IsEmpty);
        Assert.Empty(diff.Archives);
        Assert.Equal((0, 0, true), (diff.Bytes.New, diff.Bytes.Gone, diff.Bytes.IsExact));
        Assert.Equal(diff.From.StateId, diff.To.StateId);
        Assert.Equal("The two states are the same", diff.ToString());
    }

    [Fact]
    public void What_a_diff_says_leads_from_one_state_to_the_other()
    {
        for (int seed = 0; seed < 1000; seed++)
        {
            DrawnSides drawn = new(seed);
            DiffSide from = drawn.Draw("target");
            DiffSide to = drawn.Draw("bundle");
            MirrorDiff diff = DiffBuilder.Compare(from, to);

            Dictionary<(string, string), Digest> tags = ByTag(from);
            foreach (ChangedImage image in diff.Gone)
            {
                Assert.Equal(image.Was, tags[(image.Path, image.Tag)]);
                tags.Remove((image.Path, image.Tag));
            }

            foreach (ChangedImage image in diff.Moved)
            {
                Assert.Equal(image.Was, tags[(image.Path, image.Tag)]);
                tags[(image.Path, image.Tag)] = image.Digest!.Value;
            }

            foreach (ChangedImage image in diff.Added)
            {
                tags.Add((image.Path, image.Tag), image.Digest!.Value);
            }

            Assert.Equal(ByTag(to), tags);
            Assert.Equal(StateId.Compute(from.Images), StateId.Compute(DiffTags.Undo(diff, to.Images)));
            Assert.Equal(CountedBytes(from, to), (diff.Bytes.New, diff.Bytes.Known, diff.Bytes.Gone));
        }
    }

    [Fact]
    public void Bytes_of_an_archive_are_new_only_where_no_other_archive_had_them()
    {
        DiffSide from = Side("bundle", ("platform.tar", "", "v1.70.0", 0));
        DiffSide to = Side("source", ("platform.tar", "", "v1.70.0", 0), ("module-x.tar", "modules/x", "v1.0.0", 1));

        DiffedArchive archive = Assert.Single(DiffBuilder.Compare(from, to).Archives);

        Assert.Equal("module-x.tar", archive.Name);
        Assert.Equal(new DiffedBytes(101 + 1_000_000, 10_000, 0), archive.Bytes);
    }

    [Fact]
    public void Without_manifests_an_image_counts_whole_and_without_a_size_it_is_counted()
    {
        DiffSide from = Side("lock", ("platform.tar", "", "v1.70.0", 0)) with
        {
            Pieces = ImmutableDictionary<Digest, ImmutableArray<DiffPiece>>.Empty,
        };
        DiffSide to = Side("plan", ("platform.tar", "", "v1.71.0", 1)) with
        {
            Pieces = ImmutableDictionary<Digest, ImmutableArray<DiffPiece>>.Empty,
            Sizes = new Dictionary<Digest, long> { [DrawnSides.DigestOf(1)] = 500 },
        };

        MirrorDiff diff = DiffBuilder.Compare(from, to);

        Assert.Equal(new DiffedBytes(500, 0, 0, IsExact: false, UnknownImages: 1), diff.Bytes);
        Assert.EndsWith("at most 500 B new and 0 B gone, without 1 image of unknown size", diff.ToString());
    }

    [Fact]
    public void What_one_side_knows_of_an_image_holds_for_the_other()
    {
        DiffSide from = Side("lock", ("platform.tar", "", "v1.70.0", 0)) with
        {
            Pieces = ImmutableDictionary<Digest, ImmutableArray<DiffPiece>>.Empty,
        };

        Assert.True(DiffBuilder.Compare(from, Side("source", ("platform.tar", "", "v1.70.1", 0))).Bytes.IsExact);
    }

    [Fact]
    public void Versions_and_channels_are_told_by_archive()
    {
        DiffSide from = Side(
            "bundle",
            ("platform.tar", "", "v1.70.4", 0),
            ("platform.tar", "release-channel", "v1.70.4", 1),
            ("platform.tar", "release-channel", "stable", 1),
            ("platform.tar", "release-channel", "alpha", 5));
        DiffSide to = Side(
            "source",
            ("platform.tar", "", "v1.71.3", 2),
            ("platform.tar", "release-channel", "v1.71.3", 3),
            ("platform.tar", "release-channel", "stable", 3),
            ("platform.tar", "release-channel", "alpha", 6),
            ("platform.tar", "release-channel", "beta", 3)) with
        {
            Notes = new Dictionary<Digest, ReleaseNotes>
            {
                [DrawnSides.DigestOf(6)] = new ReleaseNotes { Version = "v1.72.0" },
            },
        };

        DiffedArchive archive = Assert.Single(DiffBuilder.Compare(from, to).Archives);

        Assert.Equal(["v1.71.3"], archive.VersionsAdded);
        Assert.Equal(["v1.70.4"], archive.VersionsGone);
        Assert.Equal(
            [
                $"alpha: {DrawnSides.DigestOf(5).ToString()[..19]} → v1.72.0", "beta: none → v1.71.3",
                "stable: v1.70.4 → v1.71.3",
            ],
            archive.Channels.Select(channel => channel.ToString()));
        Assert.Equal((3, 2, 2), (archive.Added, archive.Moved, archive.Gone));
    }

    [Fact]
    public void A_version_that_moved_is_suspicious_and_a_channel_or_database_is_not()
    {
        DiffSide before = Side(
            "bundle",
            ("platform.tar", "", "v1.70.4", 0),
            ("platform.tar", "", DrawnSides.Hex("x"), 0),
            ("platform.tar", "release-channel", "stable", 0),
            ("installer.tar", "installer", "latest", 0),
            ("security.tar", "security/trivy-db", "2", 0));

        MirrorDiff diff = DiffBuilder.Compare(
            before,
            before with
            {
                Images = [.. before.Images.Select(image => image with { Digest = DrawnSides.DigestOf(1) })],
                Pieces = new Dictionary<Digest, ImmutableArray<DiffPiece>>(),
            });

        Assert.Equal([DrawnSides.Hex("x"), "v1.70.4"], diff.SuspiciousMoves.Select(image => image.Tag));
        Assert.Equal(["latest", "2"], DiffText.OtherMoves(diff).Select(image => image.Tag));
        Assert.StartsWith("2 versions moved, which none should; ", diff.ToString());
    }

    [Fact]
    public void Attestations_are_counted_by_themselves()
    {
        string tag = $"sha256-{DrawnSides.Hex("image")}.att";

        MirrorDiff diff = DiffBuilder.Compare(
            Side("bundle", ("platform.tar", "install", tag, 0)), Side("source", ("platform.tar", "", tag, 0)));

        Assert.Equal("", Assert.Single(diff.AttestationsAdded).Path);
        Assert.Equal("install", Assert.Single(diff.AttestationsGone).Path);
    }

    [Fact]
    public void Databases_are_shown_and_make_no_other_state()
    {
        MirrorDiff diff = DiffBuilder.Compare(
            Side("bundle", ("security.tar", "trivy-db", "2", 0)),
            Side("source", ("security.tar", "security/trivy-db", "2", 1)));

        Assert.Equal("security/trivy-db:2", Assert.Single(diff.Moved).Name);
        Assert.Equal(diff.From.StateId, diff.To.StateId);
    }

    [Fact]
    public void What_a_side_leaves_open_is_not_compared() => Assert.True(DiffBuilder.Compare(
        Side("lock") with { Floating = ["security.tar"] },
        Side("source", ("security.tar", "security/trivy-db", "2", 1))).IsEmpty);

    [Fact]
    public void Bundles_of_both_forms_that_hold_the_same_are_the_same() => Assert.True(DiffBuilder.Compare(
        Side("bundle", ("module-console.tar", "release", "stable", 0)),
        Side("bundle", ("module-console.tar", "modules/console/release", "stable", 0))).IsEmpty);

    [Fact]
    public void States_of_two_sources_are_not_compared()
    {
        DiffSide one = Side("bundle", ("platform.tar", "", "v1.70.4", 0)) with { Source = "a.example/ee" };

        Fault fault = Assert.Single(Assert.Throws<MirrorException>(
            () => DiffBuilder.Compare(one, one with { Kind = "source", Source = "b.example/ee" })).Faults);

        Assert.Equal(FaultCode.SidesNotComparable, fault.Code);
        Assert.Contains("a.example/ee", fault.Message, StringComparison.Ordinal);
        Assert.True(DiffBuilder.Compare(one, one with { Kind = "target", Source = null }).IsEmpty);
    }

    [Fact]
    public void A_tag_that_stands_for_two_images_is_no_state()
    {
        DiffSide side = Side(
            "bundle", ("module-x.tar", "release", "stable", 0), ("module-x.tar", "modules/x/release", "stable", 1));

        Assert.Equal(
            FaultCode.SidesNotComparable,
            Assert.Throws<MirrorException>(() => DiffBuilder.Compare(side, side)).Faults[0].Code);
    }

    internal static DiffSide Side(
        string kind, params (string Archive, string Path, string Tag, int Content)[] images) =>
        new(kind, "x", [.. images.Select(image => new TaggedImage(
            image.Archive, image.Path, image.Tag, DrawnSides.DigestOf(image.Content)))])
        {
            Pieces = images.Select(image => image.Content).Distinct().ToDictionary(
                DrawnSides.DigestOf, content => DrawnSides.PiecesOf(DrawnSides.DigestOf(content)).ToImmutableArray()),
        };

    private static Dictionary<(string, string), Digest> ByTag(DiffSide side) =>
        side.Images.ToDictionary(image => (image.Path, image.Tag), image => image.Digest);

    /// <summary>Counts as simply as it can be counted.</summary>
    private static (long New, long Known, long Gone) CountedBytes(DiffSide from, DiffSide to)
    {
        Dictionary<Digest, long> before = PiecesIn(from);
        Dictionary<Digest, long> after = PiecesIn(to);
        return (
            after.Where(piece => !before.ContainsKey(piece.Key)).Sum(piece => piece.Value),
            after.Where(piece => before.ContainsKey(piece.Key)).Sum(piece => piece.Value),
            before.Where(piece => !after.ContainsKey(piece.Key)).Sum(piece => piece.Value));
    }

    private static Dictionary<Digest, long> PiecesIn(DiffSide side) => side.Images
        .SelectMany(image => DrawnSides.PiecesOf(image.Digest))
        .Distinct()
        .ToDictionary(piece => piece.Digest, piece => piece.Size);
}
