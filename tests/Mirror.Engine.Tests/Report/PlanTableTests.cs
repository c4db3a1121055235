using System.Collections.Immutable;
using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.Engine.Tests.Plan;
using Xunit;

namespace Mirror.Engine.Tests.Report;

/// <summary>What a plan shows for approval, at the verbosity that everybody has.</summary>
public sealed class PlanTableTests
{
    [Fact]
    public void Each_archive_is_shown_with_its_versions_and_channels()
    {
        MirrorPlan plan = Tiny.Plan(
            Tiny.Archive(
                "module-x.tar",
                [.. Enumerable.Range(0, 6).Select(patch => Tiny.Image("ee/modules/x", $"v1.2.{patch}", '2'))]),
            new ArchiveContent(
                "platform.tar",
                [
                    new LayoutContent(
                        "", [Tiny.Image("ee", "v1.69.0", '1', ('a', 500)), Tiny.Image("ee", "v1.70.1", '3')]),
                    new LayoutContent(
                        "release-channel",
                        [
                            Tiny.Image("ee/release-channel", "stable", '4'),
                            Tiny.Image("ee/release-channel", "v1.69.0", '4'),
                        ]),
                ]));

        Assert.Equal(
            [
                "Plan for registry.example/edition:",
                "  archive       images  size  versions                                   channels",
                "  module-x.tar       6     -  v1.2.5, v1.2.4, v1.2.3, v1.2.2 and 2 more",
                "  platform.tar       4     -  v1.70.1, v1.69.0                           stable = v1.69.0",
                "  total             10     -",
                "900 B to download in 5 blobs, each once.",
            ],
            PlanTable.Lines(plan));
    }

    [Fact]
    public void A_plan_of_no_version_at_all_has_no_columns_for_them() => Assert.Equal(
        "  archive  images  size",
        PlanTable.Lines(Tiny.Plan(Tiny.Archive("security.tar", Tiny.Image("ee/security/trivy-db", "2", '1'))))[1]
            .Replace("archive     ", "archive", StringComparison.Ordinal));

    [Fact]
    public void What_is_here_is_told_and_not_counted_as_a_download()
    {
        MirrorPlan plan = SmallPlan.Plan with { Held = SmallPlan.Plan.Blobs[..1] };

        string line = PlanTable.Lines(plan)[^1];

        Assert.EndsWith("; already here: 1 blob (" + Size(plan.HeldBytes) + ").", line, StringComparison.Ordinal);
        Assert.StartsWith(
            $"{Size(plan.DownloadBytes)} to download in {plan.Blobs.Length - 1} blobs", line, StringComparison.Ordinal);
        Assert.EndsWith($", {Size(plan.DownloadBytes)} to transfer", $"{plan}", StringComparison.Ordinal);
    }

    [Fact]
    public void The_tags_of_a_push_follow_from_the_images_of_its_bundle()
    {
        ImageContent installer = Tiny.Image("ee/install", "v1.69.0", '1');
        LayoutContent install = new("install", [installer, installer with { Tag = "stable", IsAdded = true }])
        {
            Target = "ee/install",
        };
        LayoutContent module = new("modules/x", [Tiny.Image("ee/modules/x", "v1.0.0", '2')])
        {
            Target = "ee/modules/x",
        };
        MirrorPlan plan = new PlanBuilder("registry.example")
        {
            Target = "registry.example/ee",
            Discovery =
            [
                new LayoutContent("modules", [Tiny.Image("ee/modules", "x", '3')]) { Target = "ee/modules" },
            ],
        }.Build("bundle", [new("a.tar", [install, module]), new("b.tar", [module])], []);

        Assert.Equal(3, plan.ImageCount);
        Assert.Equal(
            "4 tags for 3 images, 1 image of several archives counted once, 1 tag install:CHANNEL added, "
                + "1 name for listing added; 0 B in 0 blobs.",
            PlanTable.Lines(plan)[^1]);
    }

    private static string Size(long bytes) => Mirror.Engine.Errors.ByteCount.Format(bytes);
}
