using System.Text.Json;

namespace Mirror.Engine.Oci;

/// <summary>Bounds on untrusted metadata. Nothing that a peer declares is allocated beyond them.</summary>
internal static class OciLimits
{
    /// <summary>A manifest or index: distribution-spec recommends that registries accept 4 MiB.</summary>
    public const int ManifestBytes = 4 * 1024 * 1024;

    /// <summary>A blob, as a descriptor states it: what no registry stores need not be summed or reserved.</summary>
    public const long BlobBytes = 1L << 46;

    /// <summary>All content of a plan, counted as often as it is named: leaves room for what archives add.</summary>
    public const long PlanBytes = 1L << 60;

    public const int TagPageBytes = 8 * 1024 * 1024;

    /// <summary>All pages of one tag list together: 400,000 tags of 80 characters.</summary>
    public const long TagListBytes = 32 * 1024 * 1024;

    public const int TagPages = 1000;

    /// <summary>An error body (read only to explain the failure).</summary>
    public const int ErrorBodyBytes = 64 * 1024;

    public const int TokenBytes = 1024 * 1024;

    public const int CredentialFileBytes = 1024 * 1024;

    /// <summary>A file of certificates, or of a key.</summary>
    public const int CertificateFileBytes = 16 * 1024 * 1024;

    public const int HelperBytes = 64 * 1024;

    /// <summary>A metadata file inside a layer: images_digests.json with 40,000 images.</summary>
    public const int LayerFileBytes = 4 * 1024 * 1024;

    /// <summary>A document of metadata that is read as a tree: any of them, but the list of digests.</summary>
    public const int DocumentBytes = 1024 * 1024;

    /// <summary>A name or extended header inside a layer: what container runtimes accept.</summary>
    public const int LayerHeaderBytes = 1024 * 1024;

    /// <summary>What the layers of an image may unpack to in any case.</summary>
    public const long UnpackedBytes = 64 * 1024 * 1024;

    /// <summary>What each byte of a layer may unpack to beyond that. Programs and texts come to 3 to 30.</summary>
    public const int UnpackedPerByte = 100;

    /// <summary>The window of a Zstandard layer as power of two: 64 MiB, which a decoder holds in memory.</summary>
    public const int ZstandardWindowLog = 26;

    public const int JsonDepth = 32;

    /// <summary>How documents of others are parsed that need not be strict.</summary>
    public static JsonDocumentOptions Json { get; } = new() { MaxDepth = JsonDepth };

    public const int IndexDepth = 4;

    /// <summary>
    /// The time for matching a name against its grammar. Such patterns never go back far, and names are short; so they
    /// are compiled at build time, which <c>RegexOptions.NonBacktracking</c> never is.
    /// </summary>
    public const int PatternMilliseconds = 10_000;
}
