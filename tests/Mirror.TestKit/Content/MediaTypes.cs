namespace Mirror.TestKit.Content;

/// <summary>The media types the kit writes or looks into.</summary>
public static class MediaTypes
{
    /// <summary>Docker schema 2 manifest.</summary>
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>Docker manifest list.</summary>
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>Docker image configuration.</summary>
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";

    /// <summary>Docker image layer.</summary>
    public const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /// <summary>OCI image manifest.</summary>
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>OCI image index.</summary>
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";

    /// <summary>OCI image layer.</summary>
    public const string OciLayer = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// <summary>Configuration of a trivy database artifact.</summary>
    public const string TrivyConfig = "application/vnd.aquasec.trivy.config.v1+json";

    /// <summary>Layer of a trivy database artifact.</summary>
    public const string TrivyLayer = "application/vnd.aquasec.trivy.db.layer.v1.tar+gzip";

    /// <summary>Layer of a VEX attestation.</summary>
    public const string AttestationLayer = "application/vnd.dsse.envelope.v1+json";
}
