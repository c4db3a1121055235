using Mirror.Engine.Bundles.Format;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

public sealed class BundleLayoutTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Entries_follow_each_other_without_gap_or_overlap_and_two_blocks_end_the_archive(int seed)
    {
        foreach (ArchiveLayout layout in BundleLayout.Create(SketchedBundle.Random(seed).Plan))
        {
            long offset = 0;
            foreach (ArchiveEntry entry in layout.Entries)
            {
                Assert.Equal(offset, entry.HeaderOffset);
                Assert.Equal(offset + TarHeader.Create(entry.Path, entry.Size).Length, entry.DataOffset);
                offset = entry.DataOffset + TarHeader.Padded(entry.Size);
            }

            Assert.Equal(offset + TarHeader.EndSize, layout.Length);
        }
    }

    [Fact]
    public void Entries_are_layouts_by_path_then_layout_file_index_and_blobs_by_digest()
    {
        ArchiveLayout layout = BundleLayout.Create(SketchedBundle.Small().Plan)[1];

        Assert.Equal("platform.tar", layout.Name);
        Assert.Equal(["", "install/", "release-channel/"], layout.Entries.Select(entry => entry.Prefix).Distinct());
        foreach (IGrouping<string, ArchiveEntry> group in layout.Entries.GroupBy(entry => entry.Prefix))
        {
            Assert.Equal(
                [$"{group.Key}oci-layout", $"{group.Key}index.json"], group.Take(2).Select(entry => entry.Path));
            List<string> blobs = [.. group.Skip(2).Select(entry => entry.Path)];
            Assert.Equal(blobs.Order(StringComparer.Ordinal), blobs);
            Assert.All(blobs, path => Assert.StartsWith($"{group.Key}blobs/sha256/", path, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_order_of_a_plan_does_not_change_a_byte()
    {
        MirrorPlan plan = SketchedBundle.Small().Plan;
        MirrorPlan shuffled = plan with
        {
            Archives =
            [
                .. plan.Archives.Select(archive => archive with
                {
                    Layouts =
                    [
                        .. archive.Layouts.Reverse().Select(layout => layout with
                        {
                            Images = [.. layout.Images.Reverse()], Blobs = [.. layout.Blobs.Reverse()],
                        }),
                    ],
                }),
            ],
        };

        Assert.Equal(
            BundleLayout.Create(plan).Select(layout => (layout.Fingerprint, layout.Length)),
            BundleLayout.Create(shuffled).Select(layout => (layout.Fingerprint, layout.Length)));
    }

    [Fact]
    public void Another_tag_gives_another_fingerprint()
    {
        MirrorPlan plan = SketchedBundle.Small().Plan;
        PlannedArchive archive = plan.Archives[0];
        PlannedLayout layout = archive.Layouts.First(candidate => candidate.Images.Length > 0);
        PlannedImage renamed = layout.Images[0] with { Tag = "v9.9.9" };
        PlannedLayout changed = layout with { Images = layout.Images.SetItem(0, renamed) };

        MirrorPlan other = plan with
        {
            Archives = [archive with { Layouts = archive.Layouts.Replace(layout, changed) }],
        };

        Assert.NotEqual(BundleLayout.Create(plan)[0].Fingerprint, BundleLayout.Create(other)[0].Fingerprint);
    }

    [Fact]
    public void A_plan_is_given_the_size_of_each_archive()
    {
        MirrorPlan plan = SketchedBundle.Small().Plan;

        Assert.Equal(BundleLayout.Create(plan).Select(layout => layout.Length), plan.Archives.Select(a => a.FileBytes));
    }

    [Theory]
    [InlineData("../platform.tar")]
    [InlineData("a/b.tar")]
    [InlineData("platform.zip")]
    [InlineData(".tar")]
    public void An_archive_name_that_is_no_plain_name_is_a_defect(string name) => DemandDefect(plan =>
        plan with { Archives = [plan.Archives[0] with { Name = name }] });

    [Theory]
    [InlineData("../modules")]
    [InlineData("/modules")]
    [InlineData("Modules")]
    public void A_layout_path_that_is_no_repository_path_is_a_defect(string path) => DemandDefect(plan =>
        plan with
        {
            Archives = [plan.Archives[0] with { Layouts = [plan.Archives[0].Layouts[0] with { Path = path }] }],
        });

    [Fact]
    public void An_image_whose_manifest_is_no_blob_of_its_layout_is_a_defect() => DemandDefect(plan =>
        plan with
        {
            Archives =
            [
                .. plan.Archives.Select(archive => archive with
                {
                    Layouts = [.. archive.Layouts.Select(layout => layout with { Blobs = [] })],
                }),
            ],
        });

    private static void DemandDefect(Func<MirrorPlan, MirrorPlan> change)
    {
        MirrorPlan plan = change(SketchedBundle.Small().Plan);

        MirrorException exception = Assert.Throws<MirrorException>(() => BundleLayout.Create(plan));

        Assert.Equal(FaultCode.Defect, exception.Faults[0].Code);
    }
}
