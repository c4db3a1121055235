using System.Collections.Immutable;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Registry;

/// <summary>One thing to ask of a registry; repeated as often as retries, tokens and redirects need it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Repository">The repository, for scopes and messages.</param>
/// <param name="Path">Path and query below <c>/v2/</c>.</param>
/// <param name="Asked">What is asked for, for messages: <c>tag v1.69.0</c>, <c>the list of tags</c>.</param>
internal sealed record RegistryRequest(HttpMethod Method, string Repository, string Path, string Asked)
{
    private static readonly ImmutableArray<string> ManifestTypes =
    [
        MediaType.OciIndex, MediaType.OciManifest, MediaType.DockerList, MediaType.DockerManifest,
        MediaType.OciArtifactManifest, "*/*",
    ];

    public ImmutableArray<string> Accept { get; init; } = [];

    /// <summary>The first byte wanted; more than 0 asks for a range.</summary>
    public long Offset { get; init; }

    /// <summary>Whether the answer is a blob: a connection of its own carries it (HTTP/1.1).</summary>
    public bool IsBlob { get; init; }

    public static RegistryRequest ForManifest(HttpMethod method, string repository, string target) =>
        new(method, repository, $"{repository}/manifests/{target}", Digest.TryParse(target, out _)
            ? $"manifest {target}"
            : $"tag {target}")
        {
            Accept = ManifestTypes,
        };

    public static RegistryRequest ForBlob(string repository, Digest digest, long offset) =>
        new(HttpMethod.Get, repository, $"{repository}/blobs/{digest}", $"blob {digest}")
        {
            Accept = ["*/*"],
            Offset = offset,
            IsBlob = true,
        };

    public static RegistryRequest ForTags(string repository, string pathAndQuery) =>
        new(HttpMethod.Get, repository, pathAndQuery, "the list of tags") { Accept = ["application/json"] };

    /// <summary>What is asked for and where, for messages.</summary>
    public override string ToString() => $"{Asked} of {Repository}";
}
