using System.Collections.Immutable;
using Mirror.Engine.Plan;
using Mirror.Engine.Tests.Plan;
using Xunit;

namespace Mirror.Engine.Tests.Report;

public sealed class BundleChangesTests
{
    private static readonly MirrorPlan Now = Tiny.Plan(
        Tiny.Archive("platform.tar", Tiny.Image("ee", "v1.69.0", '1'), Tiny.Image("ee", "stable", '2')));

    [Fact]
    public void A_tag_is_new_moved_or_gone()
    {
        BundleChanges changes = Between(("v1.68.0", '1'), ("stable", '1'))!;

        Assert.Equal("v1.69.0", Assert.Single(changes.Added).Name);
        ChangedImage moved = Assert.Single(changes.Moved);
        Assert.Equal(("stable", Tiny.Digest('2'), Tiny.Digest('1')), (moved.Name, moved.Digest, moved.Was));
        Assert.Equal("v1.68.0", Assert.Single(changes.Gone).Name);
        Assert.Equal(
            "Since the bundle that was here: 1 tag new, 1 moved, 1 gone.", $"{changes}");
    }

    [Fact]
    public void The_same_bundle_has_nothing_new()
    {
        BundleChanges changes = Between(("v1.69.0", '1'), ("stable", '2'))!;

        Assert.True(changes.IsEmpty);
        Assert.Equal("Nothing is new since the bundle that was here.", $"{changes}");
    }

    [Fact]
    public void Archives_that_are_not_in_the_plan_are_not_gone() => Assert.Empty(
        BundleChanges.Between([new TaggedImage("module-x.tar", "", "v1", Tiny.Digest('1'))], Now)!.Gone);

    [Fact]
    public void The_same_tag_of_another_layout_or_archive_is_another_one() => Assert.Equal(
        ["stable", "v1.69.0"],
        BundleChanges.Between(
            [
                new TaggedImage("platform.tar", "install", "stable", Tiny.Digest('2')),
                new TaggedImage("module-x.tar", "", "v1.69.0", Tiny.Digest('1')),
            ],
            Now)!.Added.Select(image => image.Tag).Order(StringComparer.Ordinal));

    [Fact]
    public void Without_a_bundle_before_nothing_is_said() => Assert.Null(BundleChanges.Between(null, Now));

    private static BundleChanges? Between(params ImmutableArray<(string Tag, char Digest)> earlier) =>
        BundleChanges.Between(
            [.. earlier.Select(image => new TaggedImage("platform.tar", "", image.Tag, Tiny.Digest(image.Digest)))],
            Now);
}
