using System.Text;
using Mirror.TestKit.Content;
using Mirror.TestKit.Seeded;

namespace Mirror.TestKit.Mini;

/// <summary>
/// What registries have above their editions since autumn 2026: the Deckhouse CLI as an index of two platforms with
/// their attestations, and the plugins of the platform. Added to a source where a test asks for it, so that everything
/// that was recorded of the miniature source before stays true.
/// </summary>
public static class MiniDeckhouseCli
{
    /// <summary>The repository of the CLI.</summary>
    public const string Repository = "deckhouse/deckhouse-cli";

    /// <summary>Its newest stable version.</summary>
    public const string Newest = "v0.34.0";

    /// <summary>An older one.</summary>
    public const string Older = "v0.9.3";

    private const string Plugins = Repository + "/plugins";

    /// <summary>Tags that a careless reader could take for a newer stable version.</summary>
    private static readonly string[] Others = ["latest", "main", "v1", "v0.35", "v0.35.0-rc.1", "pr12345"];

    /// <summary>Adds all of it, and gives the source back.</summary>
    public static ContentSet AddTo(ContentSet content)
    {
        var repository = content.Repository(Repository);
        foreach (var tag in (string[])[Older, Newest, .. Others])
        {
            AddIndex(repository, tag);
        }

        AddPlugin(content, "package", "v1.0.0", """{"requirements":{"deckhouse":{"constraint":">=1.68.0"}}}""");
        AddPlugin(content, "package", "v1.1.0", """{"requirements":{"deckhouse":{"constraint":">=1.99.0"}}}""");
        AddPlugin(
            content, "system", "v0.2.0",
            """{"requirements":{"plugins":{"mandatory":[{"name":"delivery-kit","constraint":">=1.0.0"}]}}}""");
        AddPlugin(content, "delivery-kit", "v1.2.0", "{}");
        return content;
    }

    /// <summary>Adds a version of a plugin, and its name to the list of plugins.</summary>
    /// <param name="content">The source.</param>
    /// <param name="name">The plugin.</param>
    /// <param name="tag">The version.</param>
    /// <param name="contract">Its contract as JSON.</param>
    public static void AddPlugin(ContentSet content, string name, string tag, string contract)
    {
        ImageWriter.Add(
            content.Repository(Plugins), ImageKind.Oci, name, [new BytesBlob(TarGzip.Write(("name", name)))], name);
        ImageWriter.Add(
            content.Repository($"{Plugins}/{name}"),
            ImageKind.Oci,
            $"{name} {tag}",
            [new BytesBlob(TarGzip.Write(("plugin", $"{name} {tag}")))],
            new Dictionary<string, string> { ["contract"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(contract)) },
            tag);
    }

    private static void AddIndex(RepositoryContent repository, string tag)
    {
        var children = new List<object>();
        var statements = new List<object>();
        foreach (var architecture in (string[])["amd64", "arm64"])
        {
            var program = ImageWriter.Add(
                repository, ImageKind.Oci, $"d8 {tag} {architecture}",
                [new BytesBlob(TarGzip.Write(("d8", $"{tag} for linux/{architecture}")))]);
            children.Add(Child(repository, program, architecture, "linux", null));
            var statement = ImageWriter.Add(
                repository, ImageKind.Attestation, $"attestation of d8 {tag} {architecture}",
                [new BytesBlob(ImageWriter.Json(new { subject = program }))]);
            statements.Add(Child(repository, statement, "unknown", "unknown", new Dictionary<string, string>
            {
                ["vnd.docker.reference.digest"] = program,
                ["vnd.docker.reference.type"] = "attestation-manifest",
            }));
        }

        repository.AddManifest(
            new StoredManifest(MediaTypes.OciIndex, ImageWriter.Json(new
            {
                schemaVersion = 2,
                mediaType = MediaTypes.OciIndex,
                manifests = (object[])[.. children, .. statements],
            })),
            tag);
    }

    private static object Child(
        RepositoryContent repository,
        string digest,
        string architecture,
        string os,
        Dictionary<string, string>? annotations) =>
        repository.TryGetManifest(digest, out var manifest)
            ? new
            {
                mediaType = manifest.MediaType,
                digest,
                size = manifest.Bytes.Length,
                annotations,
                platform = new { architecture, os },
            }
            : throw new InvalidOperationException($"{digest} was not added.");
}
