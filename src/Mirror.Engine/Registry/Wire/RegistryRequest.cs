using Mirror.Engine.Oci;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// One thing to ask of a registry; repeated as often as retries, tokens and redirects need it. <c>Path</c> is below
/// <c>/v2/</c>, with a query; <c>Asked</c> names the thing in messages: <c>tag v1.69.0</c>.
/// </summary>
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

    /// <summary>
    /// Where it is sent, when the registry itself said so; otherwise <see cref="Path"/> below its base.
    /// </summary>
    public Uri? Address { get; init; }

    /// <summary>Whether it changes the repository: it needs more rights, and its failures another advice.</summary>
    public bool IsWrite { get; init; }

    /// <summary>Whether it asks a token service, on whatever host, for a token.</summary>
    public bool IsToken { get; init; }

    /// <summary>Another repository that is read for this one, or <see langword="null"/>.</summary>
    public string? MountSource { get; init; }

    /// <summary>The body, made anew for each attempt; <see langword="null"/>: there is none.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>Whether the body can be sent only once, so that neither login nor redirect may repeat it.</summary>
    public bool IsOneShot { get; init; }

    /// <summary>What a token must allow, as in distribution's token documents.</summary>
    public string Scope => $"repository:{Repository}:{(IsWrite ? "pull,push" : "pull")}"
        + (MountSource is null ? "" : $" repository:{MountSource}:pull");

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

    public static RegistryRequest ForBlobProbe(string repository, Digest digest) =>
        new(HttpMethod.Head, repository, $"{repository}/blobs/{digest}", $"blob {digest}") { Accept = ["*/*"] };

    /// <summary>Opens an upload session, or mounts a blob.</summary>
    public static RegistryRequest ForUpload(string repository, string query, string asked) =>
        new(HttpMethod.Post, repository, $"{repository}/blobs/uploads/{query}", asked)
        {
            IsWrite = true,
            Body = static () => new ByteArrayContent([]),
        };

    public static RegistryRequest ForSession(HttpMethod method, string repository, Uri session, string asked) =>
        new(method, repository, "", asked) { IsWrite = true, Address = session };

    public static RegistryRequest ForManifestWrite(string repository, string target, Func<HttpContent> body) =>
        ForManifest(HttpMethod.Put, repository, target) with { IsWrite = true, Body = body };

    public static RegistryRequest ForTags(string repository, string pathAndQuery) =>
        new(HttpMethod.Get, repository, pathAndQuery, "the list of tags") { Accept = ["application/json"] };

    public override string ToString() => $"{Asked} of {Repository}";
}
