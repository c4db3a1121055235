using System.Collections.Immutable;
using Mirror.Engine.Versions;
using Xunit;

namespace Mirror.Engine.Tests.Versions;

public sealed class VersionSelectionTests
{
    private static readonly string[] Tags =
        ["stable", "v1.4.1", "v1.3.3", "v1.3.0", "v1.4.0", "v1.2.0", "v1.3.4-rc.1", "1.5", "v2.0.0"];

    [Theory]
    [InlineData(SelectionRules.V025, "v1.3.0 v1.3.3 v1.4.0 v1.4.1 1.5")]
    [InlineData(SelectionRules.V033, "v1.3.0 v1.3.3 v1.4.1 1.5")]
    public void A_range_keeps_every_match_or_the_latest_patches_and_the_named_ones(
        SelectionRules rules,
        string expected) =>
        Assert.Equal(expected, Resolve(rules, ">=1.3.0 <2.0.0"));

    [Fact]
    public void A_version_named_but_not_listed_is_not_invented() =>
        Assert.Equal("v1.3.3 v1.4.1 1.5", Resolve(SelectionRules.V033, ">=1.3.1 <=1.9.0"));

    [Fact]
    public void A_pre_release_that_was_asked_for_does_not_push_the_release_out() =>
        Assert.Equal("v1.3.3 v1.3.4-rc.1", Resolve(SelectionRules.V033, "~1.3.1-0"));

    [Fact]
    public void A_pre_release_older_than_the_release_is_no_latest_patch() => Assert.Equal(
        ["v1.3.4"],
        VersionSelection.Resolve(
            [VersionConstraint.Parse("~1.3.0-0")], ["v1.3.4-rc.1", "v1.3.4"], SelectionRules.V033));

    [Fact]
    public void Several_constraints_are_combined_in_their_order_and_give_each_tag_once() => Assert.Equal(
        "v1.4.1 custom v1.3.0 v1.3.3 v1.4.0",
        Resolve(SelectionRules.V025, "=v1.4.1", "=custom", "~1.3.0", "~1.4.0"));

    [Fact]
    public void The_order_of_the_tag_list_does_not_matter()
    {
        ImmutableArray<VersionConstraint> constraints = [VersionConstraint.Parse(">=1.2.0-0")];
        Assert.Equal(
            VersionSelection.Resolve(constraints, Tags, SelectionRules.V033),
            VersionSelection.Resolve(constraints, Tags.Reverse(), SelectionRules.V033));
    }

    [Theory]
    [InlineData("", false, true)]
    [InlineData("=v1.0.0;=custom", false, false)]
    [InlineData("=v1.0.0;~1.2.0", true, true)]
    [InlineData("1.2.0", true, true)]
    public void Exact_tags_alone_need_neither_the_tag_list_nor_the_channels(string texts, bool list, bool channels)
    {
        ImmutableArray<VersionConstraint> constraints =
            [.. texts.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(VersionConstraint.Parse)];
        Assert.Equal(list, VersionSelection.NeedsTags(constraints));
        Assert.Equal(channels, VersionSelection.FollowsChannels(constraints));
    }

    [Fact]
    public void The_platform_window_takes_the_latest_released_patch_of_each_minor_within_both_ends()
    {
        string[] tags =
        [
            "v1.67.5", "v1.68.0", "v1.68.4", "v1.69.9-rc.1", "1.69", "v1.70.0-rc.1", "v1.71.9", "v1.72.1", "v1.72.2",
        ];
        Assert.Equal(
            ["v1.68.4", "1.69", "v1.71.9", "v1.72.1"],
            PlatformWindow.Select(tags, SemanticVersion.Create(1, 68, 0), SemanticVersion.Create(1, 72, 1))
                .Select(tagged => tagged.Tag));
    }

    [Fact]
    public void People_see_versions_newest_first_and_other_tags_after_them() => Assert.Equal(
        ["v1.10.0", "v1.9.0", "v1.9.0-rc.1", "custom", "latest"],
        TagOrder.NewestFirst(["latest", "v1.9.0", "v1.9.0-rc.1", "custom", "v1.10.0"]));

    private static string Resolve(SelectionRules rules, params string[] constraints) =>
        string.Join(' ', VersionSelection.Resolve([.. constraints.Select(VersionConstraint.Parse)], Tags, rules));
}
