using System.Diagnostics.CodeAnalysis;
using Mirror.Engine.Disk;
using Mirror.Engine.Events;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Spool;
using Mirror.Engine.Tests.Registry;
using Mirror.Engine.Tests.Time;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

/// <summary>The token service and TLS of the test registry, as the engine's client meets them.</summary>
public sealed class TokenServiceTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_token_serves_a_repository_until_it_is_revoked()
    {
        await using TestRegistry registry = await StartAsync(new TokenOptions());
        using RegistryClient client = Client(registry.Host);

        await client.FindTagsAsync("app", Token);
        await client.FindTagsAsync("app", Token);
        Assert.Equal(1, registry.Tokens!.Given);

        registry.Tokens.RevokeAll();
        Assert.Equal(["v1"], await client.FindTagsAsync("app", Token) ?? []);
        Assert.Equal(2, registry.Tokens.Given);
        Assert.All(registry.Tokens.Requests, request =>
            Assert.Equal(("GET", "anonymous", "repository:app:pull"),
                (request.Method, request.Flow, Assert.Single(request.Scopes))));
    }

    [Fact]
    public async Task A_token_that_is_revoked_inside_a_blob_costs_no_byte()
    {
        await using TestRegistry registry = await StartAsync(new TokenOptions());
        registry.Faults.Add(
            request => request.IsBlob(), new TestKit.Registry.RegistryFault { CutBodyAfter = 400 }, times: 2);
        using RegistryClient client = Client(registry.Host);
        using TemporaryFolder folder = new();
        registry.Requests.Observe(record =>
        {
            if (!record.IsComplete)
            {
                registry.Tokens!.RevokeAll();
            }
        });
        BlobSpool spool = new(new PhysicalDisk(), folder.FullName);

        await _clock.DriveAsync(spool.FetchAsync(
            client, "app", Digest.Parse(SmallContent.LayerDigest), SmallContent.Layer.Length, Token));

        // The first request is refused before any fault applies to a body.
        Assert.Equal(SmallContent.Layer.Length, registry.Requests.Blobs().Where(record => record.Status is 200 or 206)
            .Sum(record => record.BodyBytes));
        Assert.True(registry.Tokens!.Given > 1);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends()
    {
        await using TestRegistry registry = await StartAsync(
            new TokenOptions { ExpiresIn = TimeSpan.FromSeconds(300), Time = _clock, SaysAccessToken = true });
        using RegistryClient client = Client(registry.Host);
        await client.FindTagsAsync("app", Token);

        _clock.Advance(TimeSpan.FromSeconds(299));
        await client.FindTagsAsync("app", Token);

        Assert.Equal(2, registry.Tokens!.Given);
        Assert.Single(registry.Requests.TagLists(), record => record.Status == 401);
    }

    [Fact]
    public async Task A_token_without_a_said_life_ends_after_a_minute()
    {
        await using TestRegistry registry = await StartAsync(new TokenOptions { Time = _clock });
        using RegistryCaller caller = new(registry);
        string token = await GetTokenAsync(caller, registry);

        Assert.Equal(200, await StatusAsync(caller, token));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(401, await StatusAsync(caller, token));
    }

    [Fact]
    public async Task Only_the_user_gets_tokens_and_no_password_stays_behind()
    {
        TestCredential user = new("u", "geheim");
        await using TestRegistry registry = await StartAsync(new TokenOptions { Credential = user, HasOwnPort = true });
        using RegistryClient right = Client(registry.Host, new Credential("u", "geheim"));
        using RegistryClient wrong = Client(registry.Host, new Credential("u", "falsch"));

        Assert.Equal(["v1"], await right.FindTagsAsync("app", Token) ?? []);
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => wrong.FindTagsAsync("app", Token));

        Assert.Equal(FaultCode.Unauthorized, failure.Faults[0].Code);
        Assert.NotEqual(registry.Host, new Uri(registry.Tokens!.Realm).Authority);
        Assert.Equal([true, false], registry.Tokens.Requests.Select(request => request.IsGranted));
        Assert.DoesNotContain("geheim", string.Join(' ', registry.Tokens.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_that_is_not_granted_is_refused_although_there_is_a_token()
    {
        await using TestRegistry registry = await StartAsync(
            new TokenOptions { Grants = static (_, action) => action == "pull" });
        using RegistryClient client = Client(registry.Host);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => client.CheckWriteAsync("app", Token));

        Assert.Equal(FaultCode.Unauthorized, failure.Faults[0].Code);
        Assert.Equal(1, registry.Tokens!.Given);
        Assert.Equal(0, registry.OpenUploads);
    }

    [Fact]
    public async Task A_realm_on_another_host_is_not_asked()
    {
        await using TestRegistry registry = await StartAsync(new TokenOptions { RealmHost = "localhost" });
        using RegistryClient client = Client(registry.Host);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => client.FindTagsAsync("app", Token));

        Assert.Equal(FaultCode.RealmRefused, failure.Faults[0].Code);
        Assert.Empty(registry.Tokens!.Requests);
    }

    [Theory]
    [InlineData("grant_type=refresh_token&refresh_token=R", true, 200)]
    [InlineData("grant_type=refresh_token&refresh_token=X", true, 401)]
    [InlineData("grant_type=password&username=u&password=p", true, 200)]
    [InlineData("grant_type=password&username=u&password=x", true, 401)]
    [InlineData("grant_type=refresh_token&refresh_token=R", false, 405)]
    public async Task Tokens_are_posted_for_where_that_is_allowed(string form, bool allowPost, int status)
    {
        await using TestRegistry registry = await StartAsync(new TokenOptions
        {
            Credential = new TestCredential("u", "p"),
            IdentityToken = "R",
            AllowPost = allowPost,
        });
        using RegistryCaller caller = new(registry);
        using StringContent content = new(form + "&service=test%20registry&scope=repository:app:pull");
        content.Headers.ContentType = new("application/x-www-form-urlencoded");

        using HttpResponseMessage answer = await caller.Http.PostAsync(
            new Uri(registry.Tokens!.Realm), content, Token);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task With_a_certificate_everything_goes_over_TLS()
    {
        using TestAuthority authority = new();
        using TemporaryFolder folder = new();
        string ca = Path.Combine(folder.FullName, "ca.pem");
        await File.WriteAllTextAsync(ca, authority.RootPem, Token);
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new()
            {
                Content = SmallContent.WithTags("v1"),
                Certificate = authority.Server,
                Tokens = new TokenOptions { HasOwnPort = true },
            },
            Token);
        using RegistryClient client = Client(registry.Host, caFile: ca);

        Assert.Equal(["v1"], await client.FindTagsAsync("app", Token) ?? []);
        Assert.StartsWith("https://", registry.Tokens!.Realm, StringComparison.Ordinal);
    }

    private static Task<TestRegistry> StartAsync(TokenOptions tokens) =>
        TestRegistry.StartAsync(new() { Content = SmallContent.WithTags("v1"), Tokens = tokens }, Token);

    private static async Task<string> GetTokenAsync(RegistryCaller caller, TestRegistry registry)
    {
        string answer = await caller.Http.GetStringAsync(
            new Uri($"{registry.Tokens!.Realm}?service=test%20registry&scope=repository:app:pull"), Token);
        return answer.Split('"')[3];
    }

    private static async Task<int> StatusAsync(RegistryCaller caller, string token)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/v2/app/tags/list");
        request.Headers.Authorization = new("Bearer", token);
        using HttpResponseMessage answer = await caller.Http.SendAsync(request, Token);
        return (int)answer.StatusCode;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns the handler.")]
    private RegistryClient Client(string host, Credential? credential = null, string? caFile = null)
    {
        RegistryAccess access = ScriptedRegistry.Access(host) with
        {
            Insecure = caFile is null,
            Credential = credential,
            CaFile = caFile,
            AllowedRealms = ["127.0.0.1"],
        };
        return new RegistryClient(
            access, RegistryTransport.CreateHandler(access, new RunEnvironment([])), _clock, new Random(1),
            EventSink.None, StoredCredentials.Of(EventSink.None));
    }
}
