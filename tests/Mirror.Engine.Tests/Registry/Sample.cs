using System.Text;
using Mirror.Engine.Oci;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>A small manifest and a blob that tests ask for.</summary>
internal static class Sample
{
    public const string Repository = "deckhouse/ee";
    public const string ManifestType = MediaType.OciManifest;

    public static byte[] ManifestBytes { get; } = Encoding.UTF8.GetBytes($$"""
        {"schemaVersion":2,"mediaType":"{{MediaType.OciManifest}}",
        "config":{"mediaType":"{{MediaType.OciConfig}}","digest":"sha256:{{new string('a', 64)}}","size":3},
        "layers":[]}
        """);

    public static Digest ManifestDigest { get; } = Digest.OfSha256(ManifestBytes);

    public static byte[] Blob { get; } = [.. Enumerable.Range(0, 1000).Select(value => (byte)(value * 7))];

    public static Digest BlobDigest { get; } = Digest.OfSha256(Blob);

    public static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using Stream owned = stream;
        using MemoryStream copy = new();
        await owned.CopyToAsync(copy, 100, TestContext.Current.CancellationToken);
        return copy.ToArray();
    }
}
