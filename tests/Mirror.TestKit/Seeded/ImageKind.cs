using Mirror.TestKit.Content;

namespace Mirror.TestKit.Seeded;

/// <summary>The media types of an image's three parts.</summary>
/// <param name="Manifest">Of the manifest.</param>
/// <param name="Config">Of the configuration.</param>
/// <param name="Layer">Of each layer.</param>
public sealed record ImageKind(string Manifest, string Config, string Layer)
{
    private const string OciConfig = "application/vnd.oci.image.config.v1+json";

    /// <summary>A container image in Docker's types.</summary>
    public static ImageKind Docker { get; } =
        new(MediaTypes.DockerManifest, MediaTypes.DockerConfig, MediaTypes.DockerLayer);

    /// <summary>A container image in OCI types.</summary>
    public static ImageKind Oci { get; } = new(MediaTypes.OciManifest, OciConfig, MediaTypes.OciLayer);

    /// <summary>A database of trivy.</summary>
    public static ImageKind Trivy { get; } =
        new(MediaTypes.OciManifest, MediaTypes.TrivyConfig, MediaTypes.TrivyLayer);

    /// <summary>A VEX attestation.</summary>
    public static ImageKind Attestation { get; } = new(MediaTypes.OciManifest, OciConfig, MediaTypes.AttestationLayer);
}
