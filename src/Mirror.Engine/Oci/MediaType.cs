using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Mirror.Engine.Oci;

/// <summary>The media types of OCI image-spec 1.1 and Docker schema 2 that the mirror tells apart.</summary>
internal static partial class MediaType
{
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string OciConfig = "application/vnd.oci.image.config.v1+json";
    public const string OciArtifactManifest = "application/vnd.oci.artifact.manifest.v1+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";

    private const string Schema1 = "application/vnd.docker.distribution.manifest.v1+json";
    private const string SignedSchema1 = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    private static readonly FrozenSet<string> Indexes = FrozenSet.Create(OciIndex, DockerList);
    private static readonly FrozenSet<string> ImageConfigs = FrozenSet.Create(OciConfig, DockerConfig);

    /// <summary>Layers whose bytes stay at their publisher (image-spec, layer.md "Non-Distributable Layers").</summary>
    private static readonly FrozenSet<string> Foreign = FrozenSet.Create(
        "application/vnd.oci.image.layer.nondistributable.v1.tar",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
        "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");

    /// <summary>One instance of each type that a run meets many times; others stay as they are.</summary>
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        OciIndex, OciManifest, OciConfig, DockerList, DockerManifest, DockerConfig,
        "application/vnd.oci.image.layer.v1.tar",
        "application/vnd.oci.image.layer.v1.tar+gzip",
        "application/vnd.oci.image.layer.v1.tar+zstd",
        "application/vnd.docker.image.rootfs.diff.tar.gzip");

    public static string Shared(string mediaType) =>
        Known.TryGetValue(mediaType, out string? known) ? known : mediaType;

    public static bool IsIndex(string mediaType) => Indexes.Contains(mediaType);

    /// <summary>Docker's first form, which no registry of today takes and whose layers have no sizes.</summary>
    public static bool IsSchema1(string mediaType) => mediaType is Schema1 or SignedSchema1;

    public static bool IsImageConfig(string mediaType) => ImageConfigs.Contains(mediaType);

    public static bool IsForeignLayer(string mediaType) => Foreign.Contains(mediaType);

    /// <summary>Whether it is a name that a header can carry and a registry understands (RFC 6838, 4.2).</summary>
    public static bool IsValid(string mediaType) => NamePattern().IsMatch(mediaType);

    /// <summary>The media type without parameters such as <c>; charset=utf-8</c>.</summary>
    public static string WithoutParameters(string mediaType)
    {
        int semicolon = mediaType.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? mediaType : mediaType[..semicolon]).Trim();
    }

    [GeneratedRegex(
        @"\A[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\z",
        RegexOptions.None,
        OciLimits.PatternMilliseconds)]
    private static partial Regex NamePattern();
}
