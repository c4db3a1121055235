using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Xunit;

namespace Mirror.Engine.Tests.Plan;

public sealed class PlanBuilderTests
{
    [Fact]
    public void An_image_that_is_wanted_twice_is_planned_once()
    {
        MirrorPlan plan = Tiny.Plan(Tiny.Archive(
            "a.tar", Tiny.Image("r", "t", '1', ('a', 5)), Tiny.Image("r", "t", '1', ('a', 5))));

        Assert.Equal(1, plan.ImageCount);
        Assert.Equal(105, plan.TransferBytes);
    }

    [Fact]
    public void A_tag_with_two_digests_is_a_fault()
    {
        MirrorException refusal = Assert.Throws<MirrorException>(() => Tiny.Plan(Tiny.Archive(
            "a.tar", Tiny.Image("r", "t", '1'), Tiny.Image("r", "t", '2'))));

        Assert.Equal([FaultCode.TagHasTwoDigests], refusal.Faults.Select(fault => fault.Code));
    }

    [Fact]
    public void One_tag_may_stand_for_two_digests_in_two_layouts()
    {
        MirrorPlan plan = Tiny.Plan(new ArchiveContent("a.tar",
        [
            new LayoutContent("", [Tiny.Image("r", "t", '1')]),
            new LayoutContent("install", [Tiny.Image("r/install", "t", '2')]),
        ]));

        Assert.Equal(2, plan.ImageCount);
    }

    [Fact]
    public void Content_with_two_sizes_is_a_fault()
    {
        MirrorException refusal = Assert.Throws<MirrorException>(() => Tiny.Plan(Tiny.Archive(
            "a.tar", Tiny.Image("r", "t", '1', ('a', 5)), Tiny.Image("r", "u", '2', ('a', 6)))));

        Assert.Equal([FaultCode.BlobSizesDiffer], refusal.Faults.Select(fault => fault.Code));
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        MirrorException refusal = Assert.Throws<MirrorException>(() => Tiny.Plan(Tiny.Archive(
            "a.tar",
            Tiny.Image("r", "t", '1', ('a', 5)),
            Tiny.Image("r", "t", '2', ('a', 6)))));

        Assert.Equal(
            [FaultCode.BlobSizesDiffer, FaultCode.TagHasTwoDigests],
            refusal.Faults.Select(fault => fault.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Archives_without_images_vanish()
    {
        MirrorPlan plan = Tiny.Plan(
            Tiny.Archive("empty.tar"), Tiny.Archive("full.tar", Tiny.Image("r", "t", '1')));

        Assert.Equal(["full.tar"], plan.Archives.Select(archive => archive.Name));
    }

    [Fact]
    public void Empty_layouts_of_an_archive_with_images_stay()
    {
        MirrorPlan plan = Tiny.Plan(new ArchiveContent("a.tar",
        [
            new LayoutContent("release", []),
            new LayoutContent("install", [Tiny.Image("r", "t", '1')]),
        ]));

        Assert.Equal(["install", "release"], plan.Archives[0].Layouts.Select(layout => layout.Path));
    }

    [Fact]
    public void An_empty_plan_is_a_fault_that_says_why()
    {
        MirrorException refusal = Assert.Throws<MirrorException>(() => new PlanBuilder("h").Build(
            "h/edition", [Tiny.Archive("empty.tar")], [new Fault("D8M3101", "No databases here.", "Look.")]));

        Fault fault = Assert.Single(refusal.Faults);
        Assert.Equal(FaultCode.PlanEmpty, fault.Code);
        Assert.Contains("No databases here.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_is_moved_by_archive_then_layout_then_digest_and_once()
    {
        MirrorPlan plan = Tiny.Plan(
            Tiny.Archive("b.tar", Tiny.Image("r", "t", '1', ('0', 5), ('9', 5))),
            new ArchiveContent("a.tar",
            [
                new LayoutContent("y", [Tiny.Image("r", "t", '3', ('9', 5))]),
                new LayoutContent("x", [Tiny.Image("r", "t", '8', ('f', 5), ('7', 5))]),
            ]));

        Assert.Equal(["a.tar", "b.tar"], plan.Archives.Select(archive => archive.Name));
        Assert.Equal(["x", "y"], plan.Archives[0].Layouts.Select(layout => layout.Path));
        Assert.Equal("78f3901", string.Concat(plan.Blobs.Select(blob => blob.Digest.Hex[0])));
        Assert.Equal("019", string.Concat(plan.Archives[1].Layouts[0].Blobs.Select(blob => blob.Digest.Hex[0])));
        Assert.Equal("831", string.Concat(
            plan.Blobs.Where(blob => blob.IsManifest).Select(blob => blob.Digest.Hex[0])));
    }

    [Fact]
    public void Shared_content_names_every_repository_that_has_it()
    {
        MirrorPlan plan = Tiny.Plan(
            Tiny.Archive(
                "a.tar", Tiny.Image("first", "t", '1', ('a', 5)), Tiny.Image("first", "u", '2', ('a', 5))),
            Tiny.Archive("b.tar", Tiny.Image("second", "t", '3', ('a', 5))));

        Assert.Equal(
            ["first", "second"], plan.Blobs.Single(blob => blob.Digest == Tiny.Digest('a')).Repositories);
        Assert.Equal(["second"], plan.Blobs.Single(blob => blob.Digest == Tiny.Digest('3')).Repositories);
    }

    [Fact]
    public void An_image_without_tag_is_named_by_digest_and_pushed_under_its_hex()
    {
        PlannedImage image = Tiny.Plan(Tiny.Archive("a.tar", Tiny.Image("r", null, '1', ('a', 5), ('a', 5))))
            .Archives[0].Layouts[0].Images[0];

        Assert.Equal(new string('1', 64), image.Tag);
        Assert.Equal($"registry.example/r@{Tiny.Digest('1')}", image.Reference);
        Assert.Equal(105, image.TotalBytes);
    }

    [Fact]
    public void Images_of_a_layout_are_in_the_order_of_their_references()
    {
        MirrorPlan plan = Tiny.Plan(Tiny.Archive(
            "a.tar", Tiny.Image("r", "v10", '1'), Tiny.Image("r", "V2", '2'), Tiny.Image("r", "v1", '3')));

        Assert.Equal(["V2", "v1", "v10"], plan.Archives[0].Layouts[0].Images.Select(image => image.Tag));
    }

    [Fact]
    public void The_children_of_an_index_are_manifests_to_move()
    {
        ImageContent child = Tiny.Image("r", null, '2', ('a', 5));
        Manifest index = new(new Descriptor(MediaType.OciIndex, Tiny.Digest('1'), 50))
        {
            Children = [child.Manifest.Descriptor],
        };

        MirrorPlan plan = Tiny.Plan(
            Tiny.Archive("a.tar", new ImageContent("r", "t", [index, child.Manifest], "test")));

        Assert.Equal(1, plan.ImageCount);
        Assert.Equal(155, plan.Archives[0].Layouts[0].Images[0].TotalBytes);
        Assert.Equal(
            [("1", true), ("2", true), ("a", false)],
            plan.Blobs.Select(blob => (blob.Digest.Hex[..1], blob.IsManifest)));
    }

    [Fact]
    public void Sizes_that_add_up_to_more_than_a_number_holds_are_a_fault()
    {
        ImageContent[] images = [.. Enumerable.Range(0, 6).Select(number => new ImageContent(
            "r",
            $"v{number}",
            [
                new Manifest(new Descriptor(MediaType.OciManifest, Digest.OfSha256([(byte)number]), 100))
                {
                    Layers = [.. Enumerable.Range(0, 34_000).Select(layer => new Descriptor(
                        "layer", Digest.Parse($"sha256:{number:x32}{layer:x32}"), OciLimits.BlobBytes))],
                },
            ],
            "test"))];

        MirrorException failure =
            Assert.Throws<MirrorException>(() => Tiny.Plan(Tiny.Archive("platform.tar", images)));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.PlanTooLarge, fault.Code);
        Assert.Contains("r:v0", fault.Message, StringComparison.Ordinal);
    }
}
