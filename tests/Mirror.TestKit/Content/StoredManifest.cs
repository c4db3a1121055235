namespace Mirror.TestKit.Content;

/// <summary>A manifest or index as it was stored: its bytes are never written anew.</summary>
public sealed class StoredManifest(string mediaType, byte[] bytes)
{
    /// <summary>The digest of the stored bytes.</summary>
    public string Digest { get; } = Sha256Digest.Of(bytes);

    /// <summary>The media type it is served with.</summary>
    public string MediaType => mediaType;

    /// <summary>The stored bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>What it points at.</summary>
    public ManifestLinks Links { get; } = ManifestLinks.Read(bytes);

    /// <summary>What it refers to; null for a manifest without a subject.</summary>
    public ManifestReferral? Referral { get; } = ManifestReferral.Read(bytes);
}
