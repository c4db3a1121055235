using Mirror.Engine.Plan;

namespace Mirror.Engine.Tests.Plan;

/// <summary>A plan of one archive with one image.</summary>
internal static class SamplePlan
{
    public static readonly Digest Digest = Digest.Parse("sha256:" + new string('a', 64));

    public static MirrorPlan Make(string reason = "channel stable") => new()
    {
        Source = "registry.example/deckhouse/ee",
        Archives =
        [
            new PlannedArchive
            {
                Name = "platform.tar",
                FileBytes = 10240,
                Layouts =
                [
                    new PlannedLayout
                    {
                        Path = "",
                        Images =
                        [
                            new PlannedImage
                            {
                                Repository = "deckhouse/ee",
                                Tag = "stable",
                                Reference = "registry.example/deckhouse/ee:stable",
                                Digest = Digest,
                                MediaType = "application/vnd.oci.image.manifest.v1+json",
                                ManifestBytes = 400,
                                TotalBytes = 5000,
                                Reason = reason,
                            },
                        ],
                    },
                ],
            },
        ],
        Blobs = [new PlannedBlob(Digest, 400, IsManifest: true, ["deckhouse/ee"])],
    };

    /// <summary>What a push of it plans.</summary>
    public static MirrorPlan AtTarget() => Make() with { Target = "target.example/mirror/ee" };
}
