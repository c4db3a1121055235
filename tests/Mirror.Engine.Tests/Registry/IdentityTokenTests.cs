using System.Collections.Concurrent;
using System.Text;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class IdentityTokenTests : IDisposable
{
    private const string Host = ScriptedRegistry.Host;
    private const string Canary = "canary-b6+/9=";

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _forms = new();
    private int _tokens;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_identity_token_is_exchanged_by_POST()
    {
        using ScriptedRegistry registry = Registry(_ => TokenAnswer());

        Assert.NotNull(await registry.Client.FindTagsAsync("m/n", Token));

        Assert.Equal(["GET", "POST", "GET"], registry.Seen.Select(request => request.Method));
        Assert.Equal("https://registry.example/token?a=b", registry.Seen[1].Address.AbsoluteUri);
        Assert.Equal("application/x-www-form-urlencoded", registry.Seen[1].ContentType);
        Assert.Null(registry.Seen[1].Authorization);
        Assert.Equal(
            "grant_type=refresh_token&service=svc+one&scope=repository%3Am%2Fn%3Apull&client_id=deckhouse-mirror"
                + "&refresh_token=canary-b6%2B%2F9%3D",
            Assert.Single(_forms));
        Assert.Equal("Bearer t1", registry.Seen[2].Authorization);
        AssertNoSecret(registry);
    }

    [Fact]
    public async Task Scopes_of_a_mount_are_one_field_with_a_blank_between()
    {
        using ScriptedRegistry registry = new(
            async (request, token) => request.Address.AbsolutePath == "/token" ? await FormAsync(request, token)
                : request.Authorization is null ? Challenge()
                : Answer.Status(201),
            variables: ("DOCKER_CONFIG", WriteConfig()));

        await registry.Client.MountBlobAsync("m", Sample.BlobDigest, "n", Token);

        Assert.Contains(
            "&scope=repository%3Am%3Apull%2Cpush+repository%3An%3Apull&", Assert.Single(_forms),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, """{"auth":"bWU6","identitytoken":"canary-b6+/9="}""", "me", Canary)]
    [InlineData(405, """{"identitytoken":"canary-b6+/9="}""", "<token>", Canary)]
    [InlineData(405, """{"auth":"bWU6cA==","identitytoken":"canary-b6+/9="}""", "me", "p")]
    public async Task A_service_without_POST_gets_it_as_password_and_is_not_asked_by_POST_again(
        int status, string entry, string login, string password)
    {
        using ScriptedRegistry registry = Registry(
            request => request.Method == "POST" ? Answer.Status(status) : TokenAnswer(), entry);

        await registry.Client.FindTagsAsync("m", Token);
        await registry.Client.FindTagsAsync("n", Token);

        SeenRequest[] asked = [.. registry.Seen.Where(request => request.Address.AbsolutePath == "/token")];
        Assert.Equal(["POST", "GET", "GET"], asked.Select(request => request.Method));
        Assert.All(asked[1..], request => Assert.Equal(
            "Basic " + StoredCredentials.Auth(login, password), request.Authorization));
        Assert.Contains("svc%20one&scope=repository%3Am%3Apull", asked[1].Address.Query, StringComparison.Ordinal);
        AssertNoSecret(registry);
    }

    [Fact]
    public async Task What_replaces_an_identity_token_is_used_from_then_on_also_by_requests_that_wait()
    {
        int exchanges = 0;
        using ScriptedRegistry registry = Registry(_ => Answer.Status(
            200, $$"""{"access_token":"a","expires_in":300,"refresh_token":"next-{{++exchanges}}"}"""));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(
            number => registry.Client.FindTagsAsync($"m{number}", Token)));

        Assert.Equal(
            ["canary-b6%2B%2F9%3D", "next-1", "next-2", "next-3"],
            _forms.Select(form => form.Split("&refresh_token=")[1]));
    }

    [Fact]
    public async Task A_bought_token_is_renewed_before_it_expires_and_once_when_refused()
    {
        bool isRevoked = false;
        using ScriptedRegistry registry = new(
            async (request, token) => request.Address.AbsolutePath == "/token" ? await FormAsync(request, token)
                : request.Authorization is null || (isRevoked && request.Authorization == "Bearer t2") ? Challenge()
                : Answer.Tags(["a"]),
            variables: ("DOCKER_CONFIG", WriteConfig()));
        await registry.Client.FindTagsAsync("m", Token);

        registry.Clock.Advance(TimeSpan.FromSeconds(241));
        await registry.Client.FindTagsAsync("m", Token);
        Assert.Equal("Bearer t2", registry.Seen[^1].Authorization);
        isRevoked = true;
        await registry.Client.FindTagsAsync("m", Token);

        Assert.Equal("Bearer t3", registry.Seen[^1].Authorization);
        Assert.Equal(3, _forms.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task A_refused_identity_token_is_named_with_its_place(int status)
    {
        using ScriptedRegistry registry = Registry(_ => Answer.Status(status, """{"error":"invalid_grant"}"""));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.Unauthorized, fault.Code);
        Assert.Contains(
            "credential used: the identity token in Docker's file", fault.Message, StringComparison.Ordinal);
        Assert.Contains("docker login", fault.Advice, StringComparison.Ordinal);
        Assert.Equal(2, registry.Seen.Count);
        AssertNoSecret(registry);
        Assert.DoesNotContain(Canary, fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(307)]
    [InlineData(302)]
    public async Task A_token_service_that_redirects_is_not_followed(int status)
    {
        using ScriptedRegistry registry = Registry(_ => Answer.Redirect("https://evil.test/token", status));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
        Assert.DoesNotContain(registry.Seen, request => request.Address.Host == "evil.test");
    }

    private static HttpResponseMessage Challenge() =>
        Answer.Challenge("Bearer realm=\"https://registry.example/token?a=b\",service=\"svc one\"");

    private static void AssertNoSecret(ScriptedRegistry registry) => Assert.DoesNotContain(
        registry.Events, seen => seen.Message.Contains("canary", StringComparison.Ordinal));

    private string WriteConfig(string? entry = null)
    {
        StoredCredentials.Write(
            _folder.Combine("config.json"),
            StoredCredentials.File(Host, entry ?? $$"""{"identitytoken":"{{Canary}}"}"""));
        return _folder.FullName;
    }

    private ScriptedRegistry Registry(Func<SeenRequest, HttpResponseMessage> tokens, string? entry = null) => new(
        async (request, token) =>
        {
            if (request.Address.AbsolutePath != "/token")
            {
                return request.Authorization is null ? Challenge() : Answer.Tags(["a"]);
            }

            _forms.Enqueue(Encoding.UTF8.GetString(await request.ReadBodyAsync(token)));
            return tokens(request);
        },
        variables: ("DOCKER_CONFIG", WriteConfig(entry)));

    private async Task<HttpResponseMessage> FormAsync(SeenRequest request, CancellationToken cancellationToken)
    {
        _forms.Enqueue(Encoding.UTF8.GetString(await request.ReadBodyAsync(cancellationToken)));
        return TokenAnswer();
    }

    private HttpResponseMessage TokenAnswer() =>
        Answer.Status(200, $$"""{"access_token":"t{{++_tokens}}","expires_in":300}""");
}
