using System.Net.Http.Headers;
using System.Text.Json;
using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;

namespace Mirror.TestKit.Remote;

/// <summary>Lists what a registry really holds, with no engine code: repositories, tags, digests.</summary>
public sealed class RegistryReader : IDisposable
{
    private static readonly string[] Accepted =
        [MediaTypes.OciIndex, MediaTypes.DockerList, MediaTypes.OciManifest, MediaTypes.DockerManifest];

    private readonly HttpClient _http;

    /// <summary>Reads the registry at <paramref name="host"/> (<c>name:port</c>).</summary>
    public RegistryReader(string host) => _http = LoopbackHttp.Create(host);

    /// <summary>Every (repository, tag, digest), in the registry's order. Needs <c>/v2/_catalog</c>.</summary>
    public async Task<IReadOnlyList<SourceReference>> ListAsync(CancellationToken cancellationToken = default)
    {
        var references = new List<SourceReference>();
        foreach (var repository in await PagesAsync("/v2/_catalog?n=100", "repositories", cancellationToken))
        {
            foreach (var tag in await PagesAsync($"/v2/{repository}/tags/list?n=100", "tags", cancellationToken))
            {
                var bytes = await ManifestAsync(repository, tag, cancellationToken);
                references.Add(new SourceReference(repository, tag, Sha256Digest.Of(bytes)));
            }
        }

        return references;
    }

    /// <summary>The bytes of a manifest by tag or digest.</summary>
    public async Task<byte[]> ManifestAsync(string repository, string reference, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v2/{repository}/manifests/{reference}");
        foreach (var mediaType in Accepted)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        }

        using var answer = await _http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>The digest of a blob's bytes as they come over the wire; the blob is not kept.</summary>
    public async Task<string> HashBlobAsync(string repository, string digest, CancellationToken cancellationToken)
    {
        await using var body = await _http.GetStreamAsync(
            new Uri($"/v2/{repository}/blobs/{digest}", UriKind.Relative),
            cancellationToken);
        return await Sha256Digest.OfAsync(body, cancellationToken);
    }

    /// <summary>The size that a registry states of a blob; null when it has none of that digest there.</summary>
    public async Task<long?> BlobSizeAsync(string repository, string digest, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/v2/{repository}/blobs/{digest}");
        using var answer = await _http.SendAsync(request, cancellationToken);
        return answer.IsSuccessStatusCode ? answer.Content.Headers.ContentLength : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<List<string>> PagesAsync(string first, string property, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        for (var next = first; next is not null;)
        {
            using var answer = await _http.GetAsync(new Uri(next, UriKind.Relative), cancellationToken);
            answer.EnsureSuccessStatusCode();
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            using var page = JsonDocument.Parse(bytes);
            var list = page.RootElement.GetProperty(property);
            if (list.ValueKind == JsonValueKind.Array)
            {
                names.AddRange(list.EnumerateArray().Select(name => name.GetString()!));
            }

            next = answer.Headers.TryGetValues("Link", out var links) ? links.First().Split('<', '>')[1] : null;
        }

        return names;
    }
}
