using System.Collections.Immutable;
using Mirror.Engine.Plan;
using Xunit;

namespace Mirror.Engine.Tests.Plan;

public sealed class ArchiveReleasesTests
{
    [Fact]
    public void Versions_are_those_of_the_uppermost_repository_newest_first()
    {
        ArchiveReleases releases = Of(
            ("modules/x", ["v1.9.0", "v1.10.0", new string('a', 64), "sha256-" + new string('b', 64) + ".att"]),
            ("modules/x/release", ["v1.9.0", "v1.8.0"]),
            ("modules/x/extra/y", ["v7.0.0"]));

        Assert.Equal(["v1.10.0", "v1.9.0"], releases.Versions);
    }

    [Fact]
    public void A_channel_is_named_with_the_version_that_is_the_same_image()
    {
        // Digests follow the tags: "stable" is made the same as "v1.9.0" by the alias below.
        ArchiveReleases releases = Of(("release-channel", ["v1.9.0", "alpha", "v1.9.0>stable", "main"]));

        Assert.Equal(["alpha", "stable = v1.9.0"], releases.Channels);
    }

    [Fact]
    public void A_channel_that_planning_read_is_named_with_its_version_even_if_its_image_is_another()
    {
        ArchiveReleases releases = Of(("release-channel", ["v1.9.0", "stable"]));
        ArchiveReleases read = Of(("release-channel", ["v1.9.0", "stable=v1.9.0"]));

        Assert.Equal(["stable"], releases.Channels);
        Assert.Equal(["stable = v1.9.0"], read.Channels);
    }

    [Theory]
    [InlineData("2", "security/trivy-db")]
    [InlineData("v1.0.0", "packages/one/version", "packages/two/version")]
    public void Numbers_and_the_versions_of_many_are_none_of_the_archive(string tag, params string[] paths)
    {
        ArchiveReleases releases = Of([.. paths.Select(path => (path, new[] { tag, "alpha" }))]);

        Assert.Empty(releases.Versions);
        Assert.Equal(paths.Length == 1 ? ["alpha"] : [], releases.Channels);
    }

    private static ArchiveReleases Of(params ImmutableArray<(string Path, string[] Tags)> layouts) =>
        ArchiveReleases.Find(new PlannedArchive
        {
            Name = "x.tar",
            Layouts =
            [
                .. layouts.Select(layout => new PlannedLayout
                {
                    Path = layout.Path,
                    Images = [.. layout.Tags.Select(Image)],
                }),
            ],
        });

    // "v1>stable": the tag stable with the content of v1; "stable=v1": the tag stable, which says that it is v1.
    private static PlannedImage Image(string text)
    {
        string[] read = text.Split('=');
        string tag = read[0];
        string[] parts = tag.Split('>');
        return new PlannedImage
        {
            Repository = "r",
            Tag = parts[^1],
            Reference = tag,
            Digest = Digest.OfSha256(System.Text.Encoding.UTF8.GetBytes(parts[0])),
            MediaType = "m",
            ChannelVersion = read.ElementAtOrDefault(1),
            ManifestBytes = 1,
            TotalBytes = 1,
            Reason = "",
        };
    }
}
