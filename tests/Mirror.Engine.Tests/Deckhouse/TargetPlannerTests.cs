using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Plan;
using Mirror.Engine.Tests.Settings;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>Where what a bundle holds goes at a target, and what is refused.</summary>
public sealed class TargetPlannerTests
{
    private const string Target = "registry.example.com/deckhouse/ee";

    [Theory]
    [InlineData("deckhouse/ee", null, "deckhouse")]
    [InlineData("deckhouse/ce", null, "deckhouse")]
    [InlineData("deckhouse/be", null, "deckhouse")]
    [InlineData("deckhouse/se", null, "deckhouse")]
    [InlineData("deckhouse/se-plus", null, "deckhouse")]
    [InlineData("deckhouse/fe", null, "deckhouse")]
    [InlineData("deckhouse/cse", null, "deckhouse")]
    [InlineData("ee", null, "ee")]
    [InlineData("deckhouse/mirror", null, "deckhouse/mirror")]
    [InlineData("deckhouse/ee", "tools", "tools")]
    public void The_bare_root_is_above_an_edition_unless_it_is_said(string path, string? bareRoot, string expected)
    {
        TargetTree tree = new(new RegistryAccess("target", "r", path), bareRoot);

        Assert.Equal($"{expected}/installer", tree.RepositoryOf("installer"));
        Assert.Equal($"{expected}/deckhouse-cli", tree.RepositoryOf("deckhouse-cli"));
        Assert.Equal($"{expected}/deckhouse-cli/plugins/p", tree.RepositoryOf("deckhouse-cli/plugins/p"));
        Assert.Equal($"{path}/install", tree.RepositoryOf("install"));
    }

    [Fact]
    public void Channels_come_after_all_other_tags_and_names_after_them()
    {
        ArchiveContent module = new("module-m.tar",
        [
            new LayoutContent("modules/m", [Tiny.Image("", "v1.0.0", '1')]),
            new LayoutContent("modules/m/release", [Tiny.Image("", "alpha", '2'), Tiny.Image("", "v1.0.0", '2')]),
        ]);
        ArchiveContent channels = new("platform.tar",
            [new LayoutContent("release-channel", [Tiny.Image("", "v1.70.0", '3'), Tiny.Image("", "lts", '3')])]);

        MirrorPlan plan = new TargetPlanner(Access("/modules"), null).Plan("bundle", [module, channels]);

        Assert.Equal(
            [
                "Image modules/m:v1.0.0", "Image modules/m/release:v1.0.0",
                "Channel modules/m/release:alpha", "Channel release-channel:lts", "Channel release-channel:v1.70.0",
                "Discovery modules:m",
            ],
            plan.Publications.Select(tag => $"{tag.Stage} {tag.Repository["deckhouse/ee/".Length..]}:{tag.Tag}"));
    }

    [Fact]
    public void One_tag_with_two_digests_in_two_archives_is_a_fault_that_names_both()
    {
        ArchiveContent package = new("package-p.tar",
            [new LayoutContent("packages/p/version", [Tiny.Image("", "stable", '1'), Tiny.Image("", "v1", '2')])]);
        ArchiveContent catalogue = new("package-versions.tar",
            [new LayoutContent("packages/p/version", [Tiny.Image("", "stable", '3'), Tiny.Image("", "v1", '2')])]);

        MirrorException failure = Assert.Throws<MirrorException>(() =>
            new TargetPlanner(Access("/modules"), null).Plan("bundle", [package, catalogue]));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.TagHasTwoDigests, fault.Code);
        Assert.Contains("packages/p/version:stable", fault.Message, StringComparison.Ordinal);
        Assert.Contains("package-p.tar", fault.Message, StringComparison.Ordinal);
        Assert.Contains("package-versions.tar", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_would_land_on_something_else_is_refused()
    {
        ArchiveContent module = new("module-install.tar",
            [new LayoutContent("modules/install", [Tiny.Image("", "v1", '1')])]);

        MirrorException failure = Assert.Throws<MirrorException>(() =>
            new TargetPlanner(Access("/"), null).Plan("bundle", [Platform(), module]));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.RepositoriesCollide, fault.Code);
        Assert.Contains("deckhouse/ee/install", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repository_name_beyond_the_limit_is_told_before_anything_is_sent()
    {
        ArchiveContent module = new("module-m.tar",
            [new LayoutContent($"modules/{new string('m', 240)}", [Tiny.Image("", "v1", '1')])]);

        MirrorException failure = Assert.Throws<MirrorException>(() =>
            new TargetPlanner(Access("/modules"), null).Plan("bundle", [module]));

        Assert.Equal(FaultCode.ArchiveHasNoPlace, Assert.Single(failure.Faults).Code);
    }

    [Fact]
    public void Names_for_listing_all_point_to_one_image_whose_content_is_what_its_digests_say()
    {
        Assert.Equal(DiscoveryImage.Under("a").Digest, DiscoveryImage.Under("b").Digest);
        Assert.All(DiscoveryImage.Contents, content =>
            Assert.Equal(content.Key, Digest.OfSha256(content.Value.Span)));
        Manifest manifest = DiscoveryImage.Under("a").Manifest;
        Assert.Equal(MediaType.OciManifest, manifest.Descriptor.MediaType);
        Assert.All(manifest.Blobs, blob =>
            Assert.Equal(blob.Size, DiscoveryImage.Contents[blob.Digest].Length));

        // Written down, because targets that were pushed to hold this one.
        Assert.Equal(
            "sha256:bd39ffcc55552a667b4ce7234a106f7983d66058f078d0e30df1ef6ea1859627", $"{manifest.Descriptor.Digest}");
    }

    private static ArchiveContent Platform() => new("platform.tar",
    [
        new LayoutContent("", [Tiny.Image("", "v1.69.0", '8')]),
        new LayoutContent("install", [Tiny.Image("", "v1.69.0", '9')]),
    ]);

    private static RegistryAccess Access(string suffix) => SettingsCheck.Check(
        new MirrorPushSettings
        {
            Target = Target,
            BundleDirectory = SettingsTexts.Folder,
            ModulesPathSuffix = suffix,
        },
        SettingsTexts.NoVariables).Target;
}
