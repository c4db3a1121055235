using System.Collections.Concurrent;
using System.Globalization;
using Mirror.Engine.Settings.Ends;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>Tokens as registries really issue and refuse them: late, early, for too little, without a word.</summary>
public sealed class TokenLifeTests
{
    private const string Realm = "Bearer realm=\"https://registry.example/token\",service=\"s\"";

    private static readonly RegistryAccess LoggedIn = ScriptedRegistry.Access() with
    {
        Credential = new Credential("robot", "s3cret"),
    };

    private readonly ConcurrentQueue<string> _scopes = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _issued = new(StringComparer.Ordinal);

    private Func<DateTimeOffset> _now = static () => DateTimeOffset.UnixEpoch;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("Basic realm=x")]
    [InlineData("Bearer error=\"invalid_token\"")]
    public async Task An_expired_token_is_renewed_whatever_the_registry_says_of_it(string? challenge)
    {
        int served = 0;
        using ScriptedRegistry registry = Registry((_, token) =>
            token == "t1" && served++ > 0
                ? challenge is null ? Answer.Error(401, "UNAUTHORIZED") : Answer.Challenge(challenge)
                : null);
        await registry.Clock.DriveAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(["a"], await registry.Clock.DriveAsync(registry.Client.FindTagsAsync("m", Token)) ?? []);
        Assert.Equal("Bearer t2", registry.Seen[^1].Authorization);
        Assert.Empty(registry.Clock.Waits);
    }

    [Fact]
    public async Task Each_expiry_is_worth_a_new_token()
    {
        ConcurrentDictionary<string, int> uses = new();
        using ScriptedRegistry registry = Registry((_, token) =>
            uses.AddOrUpdate(token, 1, static (_, count) => count + 1) > 1 ? Answer.Status(401) : null);

        for (int request = 0; request < 10; request++)
        {
            Assert.Equal(["a"], await registry.Clock.DriveAsync(registry.Client.FindTagsAsync("m", Token)) ?? []);
        }

        Assert.Equal(10, _issued.Count);
        Assert.Empty(registry.Clock.Waits);
    }

    [Fact]
    public async Task A_token_that_the_registry_takes_only_a_second_after_its_issue_is_sent_again()
    {
        using ScriptedRegistry registry = Registry((_, token) =>
            _now() - _issued[token] <= TimeSpan.FromSeconds(1) ? Answer.Challenge(Realm) : null);
        _now = registry.Clock.GetUtcNow;

        Assert.Equal(["a"], await registry.Clock.DriveAsync(registry.Client.FindTagsAsync("m", Token)) ?? []);
        Assert.Single(_issued);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], registry.Clock.Waits);
    }

    [Fact]
    public async Task Tokens_that_are_never_taken_end_after_two_pauses_and_cost_none_later()
    {
        using ScriptedRegistry registry = Registry((_, _) => Answer.Challenge(Realm));

        Fault first = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));
        int seen = registry.Seen.Count;
        Fault second = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal((FaultCode.Unauthorized, FaultCode.Unauthorized), (first.Code, second.Code));
        Assert.Equal(5, seen);
        Assert.Equal(2, registry.Clock.Waits.Count);
        Assert.Equal(2, registry.Seen.Count - seen);
    }

    [Fact]
    public async Task A_registry_that_asks_for_another_scope_each_time_finds_an_end()
    {
        int asked = 0;
        using ScriptedRegistry registry = Registry((_, _) =>
            Answer.Challenge($"{Realm},scope=\"repository:other{asked++}:pull\""));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.Unauthorized, fault.Code);
        Assert.InRange(registry.Seen.Count, 6, 14);
    }

    [Fact]
    public async Task A_token_that_allows_too_little_is_neither_replaced_nor_sent_again()
    {
        using ScriptedRegistry registry = Registry((_, _) => Answer.Challenge($"{Realm},error=\"insufficient_scope\""));

        await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Single(_issued);
        Assert.Empty(registry.Clock.Waits);
    }

    [Fact]
    public async Task A_login_is_sent_where_the_registry_asks_for_it_instead_of_a_token()
    {
        using ScriptedRegistry registry = Registry((request, _) =>
            request.Address.AbsolutePath.Contains("/m/", StringComparison.Ordinal)
                ? Answer.Challenge("Basic realm=x")
                : null);

        Assert.Equal(["a"], await registry.Clock.DriveAsync(registry.Client.FindTagsAsync("m", Token)) ?? []);
        Assert.StartsWith("Basic ", registry.Seen[^1].Authorization, StringComparison.Ordinal);
        Assert.Equal(["a"], await registry.Clock.DriveAsync(registry.Client.FindTagsAsync("n", Token)) ?? []);
        Assert.StartsWith("Bearer ", registry.Seen[^1].Authorization, StringComparison.Ordinal);
        int seen = registry.Seen.Count;
        await registry.Clock.DriveAsync(registry.Client.FindTagsAsync("m", Token));
        Assert.Equal(seen + 1, registry.Seen.Count);
    }

    [Fact]
    public async Task A_write_asks_for_push_though_the_challenge_names_pull_only()
    {
        using ScriptedRegistry registry = Registry(
            (_, token) => _scopes.ElementAt(Number(token) - 1).Contains("push", StringComparison.Ordinal)
                ? null
                : Answer.Error(403, "DENIED"),
            ",scope=\"repository:m:pull\"");

        await registry.Clock.DriveAsync(registry.Client.CheckWriteAsync("m", Token));

        Assert.Equal(["repository:m:pull,push"], _scopes);
    }

    [Fact]
    public async Task After_an_expiry_a_challenge_that_names_pull_only_takes_nothing_away()
    {
        int served = 0;
        using ScriptedRegistry registry = Registry(
            (_, token) => token == "t1" && served++ > 1
                ? Answer.Challenge($"{Realm},scope=\"repository:m:pull\"")
                : null,
            ",scope=\"repository:m:pull,push\"");
        await registry.Clock.DriveAsync(registry.Client.CheckWriteAsync("m", Token));

        await registry.Clock.DriveAsync(registry.Client.CheckWriteAsync("m", Token));

        Assert.Equal(["repository:m:pull,push", "repository:m:pull,push"], _scopes);
    }

    [Fact]
    public async Task A_placeholder_in_the_challenge_is_asked_for_besides_what_the_request_needs()
    {
        using ScriptedRegistry registry = Registry((_, _) => null, ",scope=\"repository:user/image:pull\"");

        await registry.Clock.DriveAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(["repository:m:pull repository:user/image:pull"], _scopes);
    }

    [Fact]
    public async Task A_service_that_refuses_two_scopes_is_asked_for_the_first_and_that_is_remembered()
    {
        using ScriptedRegistry registry = Registry(
            (request, _) => request.Address.Query.Contains("mount=", StringComparison.Ordinal)
                ? Answer.Status(202, "", ("Location", "/v2/m/blobs/uploads/1"))
                : null,
            refuses: scopes => scopes.Length > 1 ? Answer.Error(403, "DENIED") : null);

        Assert.False(await registry.Clock.DriveAsync(
            registry.Client.MountBlobAsync("m", Digest.OfSha256([1]), "other/source", Token)));
        Assert.False(await registry.Clock.DriveAsync(
            registry.Client.MountBlobAsync("m", Digest.OfSha256([2]), "other/source", Token)));

        Assert.Equal("repository:m:pull,push repository:other/source:pull", _scopes.First());
        Assert.All(_scopes.Skip(1), scope => Assert.Equal("repository:m:pull,push", scope));
    }

    [Theory]
    [InlineData("tök")]
    [InlineData("a\u0001b")]
    [InlineData("a b")]
    [InlineData("\u202eabc")]
    public async Task A_token_that_no_header_can_carry_is_a_fault_at_once_and_not_shown(string token)
    {
        using ScriptedRegistry registry = new(
            request => request.Address.AbsolutePath == "/token"
                ? Answer.Bytes(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { token }))
                : Answer.Challenge(Realm),
            LoggedIn);

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
        Assert.Contains("no token that an HTTP header can carry", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(token, fault.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, registry.Seen.Count);
    }

    private static int Number(string token) => int.Parse(token[1..], CultureInfo.InvariantCulture);

    private ScriptedRegistry Registry(
        Func<SeenRequest, string, HttpResponseMessage?> refuse,
        string scope = "",
        Func<string[], HttpResponseMessage?>? refuses = null) => new(
            request =>
            {
                if (request.Address.AbsolutePath == "/token")
                {
                    string[] scopes = [.. request.Address.Query.Split('&')
                        .Where(part => part.StartsWith("scope=", StringComparison.Ordinal))
                        .Select(part => Uri.UnescapeDataString(part["scope=".Length..]))];
                    _scopes.Enqueue(string.Join(' ', scopes));
                    if (refuses?.Invoke(scopes) is { } refusal)
                    {
                        return refusal;
                    }

                    string token = $"t{_issued.Count + 1}";
                    _issued[token] = _now();
                    return Answer.Bytes([.. System.Text.Encoding.UTF8.GetBytes($$"""{"token":"{{token}}"}""")]);
                }

                if (request.Authorization is not { } login)
                {
                    return Answer.Challenge(Realm + scope);
                }

                return (login.StartsWith("Bearer ", StringComparison.Ordinal) ? refuse(request, login[7..]) : null)
                    ?? (request.Method == "GET" ? Answer.Tags(["a"])
                        : Answer.Status(202, "", ("Location", "/v2/m/blobs/uploads/1")));
            },
            LoggedIn);
}
