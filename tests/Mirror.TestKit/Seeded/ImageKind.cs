using Mirror.TestKit.Content;

namespace Mirror.TestKit.Seeded;

/// <summary>The media types of an image's three parts.</summary>
internal sealed record ImageKind(string Manifest, string Config, string Layer)
{
    private const string OciConfig = "application/vnd.oci.image.config.v1+json";

    public static ImageKind Docker { get; } =
        new(MediaTypes.DockerManifest, MediaTypes.DockerConfig, MediaTypes.DockerLayer);

    public static ImageKind Oci { get; } = new(MediaTypes.OciManifest, OciConfig, MediaTypes.OciLayer);

    public static ImageKind Trivy { get; } =
        new(MediaTypes.OciManifest, MediaTypes.TrivyConfig, MediaTypes.TrivyLayer);

    public static ImageKind Attestation { get; } = new(MediaTypes.OciManifest, OciConfig, MediaTypes.AttestationLayer);
}
