using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Mirror.TestKit.Content;

namespace Mirror.TestKit.Remote;

/// <summary>
/// Pushes a content set into any registry over plain HTTP: blobs first, mounted where another repository has them
/// already, then manifests, children before parents.
/// </summary>
public sealed class RegistryFiller : IDisposable
{
    private const int Connections = 8;

    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, string> _homes = new(StringComparer.Ordinal);

    /// <summary>Fills the registry at <paramref name="host"/> (<c>name:port</c>).</summary>
    public RegistryFiller(string host) => _http = LoopbackHttp.Create(host);

    /// <summary>Pushes everything.</summary>
    /// <exception cref="HttpRequestException">The registry refused something; its answer is quoted.</exception>
    public async Task FillAsync(ContentSet content, CancellationToken cancellationToken = default)
    {
        foreach (var repository in content.Repositories)
        {
            await EachAsync(
                repository.Blobs,
                (blob, token) => PushBlobAsync(repository.Name, blob, token),
                cancellationToken);
            await PushManifestsAsync(repository, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task PushBlobAsync(string repository, BlobContent blob, CancellationToken cancellationToken)
    {
        var start = $"/v2/{repository}/blobs/uploads/";
        if (_homes.TryGetValue(blob.Digest, out var home))
        {
            start += $"?mount={blob.Digest}&from={home}";
        }

        using var post = new HttpRequestMessage(HttpMethod.Post, start);
        using var started = await SendAsync(post, cancellationToken);
        _homes.TryAdd(blob.Digest, repository);
        if (started.StatusCode == HttpStatusCode.Created)
        {
            return;
        }

        // The Location may be relative and may carry a query of its own.
        var location = new Uri(_http.BaseAddress!, started.Headers.Location!);
        var joint = location.Query.Length == 0 ? '?' : '&';
        using var put = new HttpRequestMessage(HttpMethod.Put, $"{location}{joint}digest={blob.Digest}");
        put.Content = new StreamContent(blob.OpenRead(0));
        put.Content.Headers.ContentLength = blob.Size;
        put.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var finished = await SendAsync(put, cancellationToken);
    }

    private async Task PushManifestsAsync(RepositoryContent repository, CancellationToken cancellationToken)
    {
        // A tag brings its manifest along, so only what no tag names needs a request of its own.
        var tagged = repository.Tags.ToDictionary(tag => tag, tag => Find(repository, tag), StringComparer.Ordinal);
        var digests = tagged.Values.Select(manifest => manifest.Digest).ToHashSet(StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var manifest in repository.Manifests)
        {
            var needed = manifest.Links.Manifests.Select(digest => Find(repository, digest));
            foreach (var untagged in digests.Contains(manifest.Digest) ? needed : needed.Append(manifest))
            {
                await PushTreeAsync(repository, untagged, done, cancellationToken);
            }
        }

        await EachAsync(
            tagged,
            (tag, token) => PutManifestAsync(repository.Name, tag.Key, tag.Value, token),
            cancellationToken);
    }

    private async Task PushTreeAsync(
        RepositoryContent repository,
        StoredManifest manifest,
        HashSet<string> done,
        CancellationToken cancellationToken)
    {
        if (!done.Add(manifest.Digest))
        {
            return;
        }

        foreach (var digest in manifest.Links.Manifests)
        {
            await PushTreeAsync(repository, Find(repository, digest), done, cancellationToken);
        }

        await PutManifestAsync(repository.Name, manifest.Digest, manifest, cancellationToken);
    }

    private static StoredManifest Find(RepositoryContent repository, string reference) =>
        repository.TryGetManifest(reference, out var manifest)
            ? manifest
            : throw new ArgumentException($"{repository.Name} has no {reference}.", nameof(repository));

    private static Task EachAsync<T>(
        IEnumerable<T> items,
        Func<T, CancellationToken, Task> push,
        CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellationToken },
            async (item, token) => await push(item, token));

    private async Task PutManifestAsync(
        string repository,
        string reference,
        StoredManifest manifest,
        CancellationToken cancellationToken)
    {
        using var put = new HttpRequestMessage(HttpMethod.Put, $"/v2/{repository}/manifests/{reference}");
        put.Content = new ReadOnlyMemoryContent(manifest.Bytes);
        put.Content.Headers.ContentType = new MediaTypeHeaderValue(manifest.MediaType);
        using var answer = await SendAsync(put, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await _http.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        answer.Dispose();
        throw new HttpRequestException($"{request.Method} {request.RequestUri}: {answer.StatusCode} {body}");
    }
}
