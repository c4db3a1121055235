using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mirror.Engine.Tests.Real;

/// <summary>An entry of an unpacked layout's index, and how skopeo is told to read it.</summary>
internal sealed record UnpackedImage(
    string Layout, string Reference, string Digest, string MediaType, string Descriptor)
{
    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Layout + Reference)));

    public static IEnumerable<UnpackedImage> OfIndex(string path)
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllBytes(path));
        return
        [
            .. index.RootElement.GetProperty("manifests").EnumerateArray().Select(image => new UnpackedImage(
                Path.GetDirectoryName(path)!,
                image.GetProperty("annotations").GetProperty("org.opencontainers.image.ref.name").GetString()!,
                image.GetProperty("digest").GetString()!,
                image.GetProperty("mediaType").GetString()!,
                image.GetRawText())),
        ];
    }

    /// <summary>
    /// <c>oci:layout:reference</c>. Skopeo of Debian 12 looks references up among OCI media types only; for a Docker
    /// manifest it gets a view of the same layout whose index has this one entry, which it takes without a reference.
    /// </summary>
    public string SkopeoName(string view)
    {
        if (MediaType.StartsWith("application/vnd.oci.", StringComparison.Ordinal))
        {
            return $"oci:{Layout}:{Reference}";
        }

        Directory.CreateDirectory(view);
        File.CreateSymbolicLink(Path.Combine(view, "blobs"), Path.Combine(Layout, "blobs"));
        File.Copy(Path.Combine(Layout, "oci-layout"), Path.Combine(view, "oci-layout"));
        File.WriteAllText(
            Path.Combine(view, "index.json"), $$"""{"schemaVersion":2,"manifests":[{{Descriptor}}]}""");
        return $"oci:{view}";
    }
}
