using Mirror.Engine.Settings.Ends;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class StoredLoginTests : IDisposable
{
    private const string Host = ScriptedRegistry.Host;
    private const string Canary = "canary-20f4";
    private const string Bearer = "Bearer realm=\"https://registry.example/token\",service=\"svc\"";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string BasicValue => "Basic " + StoredCredentials.Auth("me", Canary);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stored_login_is_looked_for_when_the_registry_asks_and_told_once_without_the_secret()
    {
        using ScriptedRegistry registry = Registry(
            StoredCredentials.File(Host, "me", Canary),
            request => request.Authorization is null ? Answer.Challenge("Basic realm=x") : Answer.Tags(["a"]));

        await registry.Client.FindTagsAsync("m", Token);
        await registry.Client.FindTagsAsync("n", Token);

        Assert.Equal([null, BasicValue, BasicValue], registry.Seen.Select(request => request.Authorization));
        MirrorEvent told = Assert.Single(registry.Events, seen => seen.Level == MirrorEventLevel.Milestone);
        Assert.Equal(
            $"{Host} asks for a login; used is the login in Docker's file '{_folder.Combine("config.json")}'.",
            told.Message);
        AssertNoSecret(string.Join('\n', registry.Events.Select(seen => seen.Message)));
    }

    [Fact]
    public async Task A_registry_that_does_not_ask_reads_no_file()
    {
        using ScriptedRegistry registry = Registry("no json", _ => Answer.Status(404));

        Assert.Null(await registry.Client.FindTagsAsync("m", Token));
    }

    [Fact]
    public async Task A_stated_credential_reads_no_file()
    {
        using ScriptedRegistry registry = Registry(
            "no json",
            request => request.Authorization is null ? Answer.Challenge("Basic realm=x") : Answer.Tags(["a"]),
            ScriptedRegistry.Access() with { Credential = new Credential("stated", "p") });

        Assert.NotNull(await registry.Client.FindTagsAsync("m", Token));
        Assert.Equal("Basic " + StoredCredentials.Auth("stated", "p"), registry.Seen[^1].Authorization);
    }

    [Theory]
    [InlineData("Basic realm=x")]
    [InlineData(Bearer)]
    public async Task A_broken_file_that_is_needed_ends_the_request(string challenge)
    {
        using ScriptedRegistry registry = Registry($"no json {Canary}", _ => Answer.Challenge(challenge));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.CredentialFileUnusable, fault.Code);
        Assert.Single(registry.Seen);
        AssertNoSecret(fault.ToString());
    }

    [Fact]
    public async Task A_foreign_token_service_is_refused_before_any_file_is_read()
    {
        using ScriptedRegistry registry = Registry(
            "no json", _ => Answer.Challenge("Bearer realm=\"https://evil.test/token\""));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.RealmRefused, fault.Code);
    }

    [Theory]
    [InlineData("Basic realm=x")]
    [InlineData(Bearer)]
    public async Task A_challenge_of_another_host_gets_no_stored_login(string challenge)
    {
        using ScriptedRegistry registry = Registry(
            StoredCredentials.File(Host, "me", Canary),
            request => request.Address.Host == Host
                ? Answer.Redirect("https://storage.example/x")
                : Answer.Challenge(challenge));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindManifestAsync("m", "v1", Token));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
        Assert.Equal(2, registry.Seen.Count);
        Assert.DoesNotContain(registry.Seen, request => request.Authorization is not null);
    }

    [Fact]
    public async Task Logins_of_two_repositories_share_no_token_even_if_the_registry_names_one_scope_for_both()
    {
        string mine = StoredCredentials.Auth("me", Canary);
        string other = StoredCredentials.Auth("other", Canary);
        using ScriptedRegistry registry = Registry(
            $$"""
            {"auths":{"{{Host}}":{"auth":"{{mine}}"},"{{Host}}/n":{"auth":"{{other}}"} } }
            """,
            request => request.Address.AbsolutePath == "/token"
                    ? Answer.Status(200, $$"""{"token":"{{Bought(request)}}"}""")
                : request.Authorization == (request.Address.AbsolutePath.Contains("/n/") ? "Bearer other" : "Bearer me")
                    ? Answer.Tags(["a"])
                    : Answer.Challenge($"{Bearer},scope=\"registry:catalog:*\""));

        Assert.NotNull(await registry.Client.FindTagsAsync("m", Token));
        Assert.NotNull(await registry.Client.FindTagsAsync("n", Token));
        Assert.NotNull(await registry.Client.FindTagsAsync("m", Token));

        string Bought(SeenRequest request) =>
            !request.Address.Query.Contains("catalog", StringComparison.Ordinal) ? "narrow"
            : request.Authorization == $"Basic {other}" ? "other" : "me";
    }

    [Fact]
    public async Task A_registry_token_is_sent_as_it_is_and_no_token_service_is_asked()
    {
        string file = StoredCredentials.File(Host, $$"""{"registrytoken":"{{Canary}}"}""");
        using ScriptedRegistry registry = Registry(
            file, request => request.Authorization is null ? Answer.Challenge(Bearer) : Answer.Tags(["a"]));
        using ScriptedRegistry refusing = Registry(file, _ => Answer.Challenge(Bearer));

        Assert.NotNull(await registry.Client.FindTagsAsync("m", Token));
        Fault fault = await refusing.FaultOfAsync(refusing.Client.FindTagsAsync("m", Token));
        await refusing.FaultOfAsync(refusing.Client.FindTagsAsync("m", Token));

        Assert.Equal([null, "Bearer " + Canary], registry.Seen.Select(request => request.Authorization));
        Assert.Equal(
            [null, "Bearer " + Canary, "Bearer " + Canary], refusing.Seen.Select(request => request.Authorization));
        Assert.Equal(FaultCode.Unauthorized, fault.Code);
        Assert.Contains("the registry token in Docker's file", fault.Message, StringComparison.Ordinal);
        AssertNoSecret(fault.ToString());
    }

    [Fact]
    public async Task A_refused_stored_login_is_named_with_its_place_and_how_to_renew_it()
    {
        using ScriptedRegistry registry = Registry(
            StoredCredentials.File(Host, "me", Canary),
            _ => Answer.Challenge("Basic realm=x"),
            ScriptedRegistry.Access() with { CredentialAdvice = "Set SOMETHING." });

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.Unauthorized, fault.Code);
        Assert.Contains("credential used: the login in Docker's file", fault.Message, StringComparison.Ordinal);
        Assert.Equal($"Log in again with docker login {Host}. Set SOMETHING.", fault.Advice);
        Assert.Equal(2, registry.Seen.Count);
        AssertNoSecret(fault.ToString());
    }

    [Fact]
    public async Task Without_a_stored_login_tokens_are_asked_for_anonymously()
    {
        using ScriptedRegistry registry = Registry(
            "{}",
            request => request.Address.AbsolutePath == "/token" ? Answer.Status(200, """{"token":"t"}""")
                : request.Authorization is null ? Answer.Challenge(Bearer)
                : Answer.Tags(["a"]));

        Assert.NotNull(await registry.Client.FindTagsAsync("m", Token));

        Assert.Equal([null, null, "Bearer t"], registry.Seen.Select(request => request.Authorization));
        Assert.Contains(registry.Events, seen => seen.Level == MirrorEventLevel.Decision
            && seen.Message.Contains("neither Docker nor Podman keeps one", StringComparison.Ordinal));
    }

    private static void AssertNoSecret(string text)
    {
        Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
        Assert.DoesNotContain(StoredCredentials.Auth("me", Canary), text, StringComparison.Ordinal);
    }

    private ScriptedRegistry Registry(
        string config, Func<SeenRequest, HttpResponseMessage> answer, RegistryAccess? access = null)
    {
        StoredCredentials.Write(_folder.Combine("config.json"), config);
        return new ScriptedRegistry(answer, access, ("DOCKER_CONFIG", _folder.FullName));
    }
}
