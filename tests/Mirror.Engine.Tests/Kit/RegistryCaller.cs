using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

/// <summary>Plain HTTP against a test registry: these tests must not trust a client of ours.</summary>
internal sealed class RegistryCaller(TestRegistry registry) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        Expect100ContinueTimeout = Timeout.InfiniteTimeSpan,
    })
    {
        BaseAddress = new Uri($"http://{registry.Host}"),
    };

    /// <summary>For what has no word here.</summary>
    public HttpClient Http => _http;

    public Task<HttpResponseMessage> GetAsync(string path, string? range = null) =>
        SendAsync(HttpMethod.Get, path, request => request.Headers.TryAddWithoutValidation("Range", range));

    public Task<HttpResponseMessage> HeadAsync(string path) => SendAsync(HttpMethod.Head, path);

    public Task<HttpResponseMessage> GetAsAsync(string path, string user, string password) =>
        SendAsync(HttpMethod.Get, path, request => request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))));

    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, byte[] body, string? contentRange = null, string? contentType = null) =>
        SendAsync(method, path, request =>
        {
            request.Content = new ByteArrayContent(body);
            if (contentRange is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Range", contentRange);
            }

            if (contentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            }
        });

    public Task<HttpResponseMessage> PutManifestAsync(string path, byte[] manifest) =>
        SendAsync(HttpMethod.Put, path, manifest, contentType: MediaTypes.OciManifest);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(method, path);
        prepare?.Invoke(request);
        return await _http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public static async Task<byte[]> BodyAsync(HttpResponseMessage response) =>
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await BodyAsync(response)).RootElement;

    public static async Task<string?> ErrorCodeAsync(HttpResponseMessage response) =>
        (await JsonAsync(response)).GetProperty("errors")[0].GetProperty("code").GetString();

    public static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values)
        || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(',', values)
            : null;

    public void Dispose() => _http.Dispose();
}
