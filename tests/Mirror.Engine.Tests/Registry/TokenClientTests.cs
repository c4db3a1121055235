using System.Text;
using Mirror.Engine.Settings.Ends;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class TokenClientTests
{
    private const string Challenge =
        "Bearer realm=\"https://registry.example/token?a=b\",service=\"svc one\",scope=\"repository:m:pull\"";

    private static readonly RegistryAccess LoggedIn = ScriptedRegistry.Access() with
    {
        Credential = new Credential("robot", "s3cret"),
    };

    private int _tokens;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_fetched_with_service_and_scope_and_then_reused()
    {
        using ScriptedRegistry registry = Registry("\"expires_in\":300");

        await registry.Client.FindTagsAsync("m", Token);
        await registry.Client.FindTagsAsync("m", Token);

        Assert.Equal(
            [
                "https://registry.example/v2/m/tags/list?n=1000",
                "https://registry.example/token?a=b&service=svc%20one&scope=repository%3Am%3Apull",
                "https://registry.example/v2/m/tags/list?n=1000",
                "https://registry.example/v2/m/tags/list?n=1000",
            ],
            registry.Seen.Select(request => request.Address.AbsoluteUri));
        Assert.Equal(
            [null, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("robot:s3cret")), "Bearer t1", "Bearer t1"],
            registry.Seen.Select(request => request.Authorization));
    }

    [Fact]
    public async Task Without_a_credential_the_token_is_asked_for_anonymously()
    {
        using ScriptedRegistry registry = Registry("\"expires_in\":300", ScriptedRegistry.Access());

        Assert.NotNull(await registry.Client.FindTagsAsync("m", Token));
        Assert.Null(registry.Seen[1].Authorization);
    }

    [Theory]
    [InlineData("\"expires_in\":300", 239, 241)]
    [InlineData("\"x\":1", 47, 49)]
    [InlineData("\"expires_in\":5", 47, 49)]
    public async Task A_token_is_renewed_before_it_expires(string life, int stillGood, int renewed)
    {
        using ScriptedRegistry registry = Registry(life);
        await registry.Client.FindTagsAsync("m", Token);

        registry.Clock.Advance(TimeSpan.FromSeconds(stillGood));
        await registry.Client.FindTagsAsync("m", Token);
        Assert.Equal(1, _tokens);
        registry.Clock.Advance(TimeSpan.FromSeconds(renewed - stillGood));
        await registry.Client.FindTagsAsync("m", Token);
        Assert.Equal(2, _tokens);
        Assert.Equal("Bearer t2", registry.Seen[^1].Authorization);
    }

    [Fact]
    public async Task A_token_that_the_registry_no_longer_takes_is_renewed_once_and_is_no_attempt()
    {
        bool isRevoked = false;
        using ScriptedRegistry registry = new(
            request => request.Address.AbsolutePath == "/token" ? TokenAnswer("\"expires_in\":300")
                : request.Authorization is null || (isRevoked && request.Authorization == "Bearer t1")
                    ? Answer.Challenge(Challenge)
                    : Answer.Tags(["a"]),
            LoggedIn);
        await registry.Client.FindTagsAsync("m", Token);
        isRevoked = true;

        Assert.Equal(["a"], await registry.Client.FindTagsAsync("m", Token) ?? []);
        Assert.Equal(2, _tokens);
        Assert.Empty(registry.Clock.Waits);
    }

    [Fact]
    public async Task Another_repository_gets_a_token_of_its_own()
    {
        using ScriptedRegistry registry = Registry("\"expires_in\":300");

        await registry.Client.FindTagsAsync("m", Token);
        await registry.Client.FindTagsAsync("n/o", Token);

        Assert.Equal(2, _tokens);
        Assert.Contains("scope=repository%3An%2Fo%3Apull", registry.Seen[3].Address.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concurrent_requests_share_one_token()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int waiting = 0;
        using ScriptedRegistry registry = new(
            async (request, _) =>
            {
                if (request.Address.AbsolutePath == "/token")
                {
                    return TokenAnswer("\"expires_in\":300");
                }

                if (request.Authorization is not null)
                {
                    return Answer.Tags([]);
                }

                if (Interlocked.Increment(ref waiting) == 4)
                {
                    arrived.SetResult();
                }

                await arrived.Task;
                return Answer.Challenge(Challenge);
            },
            LoggedIn);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => registry.Client.FindTagsAsync("m", Token)));

        Assert.Equal(1, _tokens);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"token\":\"\"}")]
    [InlineData("{\"token\":\"a\\r\\nb\"}")]
    [InlineData("[]")]
    [InlineData("no json")]
    public async Task An_answer_without_token_is_a_fault_that_does_not_show_it(string body)
    {
        using ScriptedRegistry registry = new(
            request => request.Address.AbsolutePath == "/token"
                ? Answer.Status(200, body)
                : Answer.Challenge(Challenge),
            LoggedIn);

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
        Assert.Contains("a token for the list of tags of m", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_the_token_service_refuses_is_a_401_and_one_that_fails_is_repeated()
    {
        using ScriptedRegistry refusing = new(
            request => request.Address.AbsolutePath == "/token" ? Answer.Status(401) : Answer.Challenge(Challenge),
            LoggedIn);
        using ScriptedRegistry failing = new(
            request => request.Address.AbsolutePath == "/token" ? Answer.Status(503) : Answer.Challenge(Challenge),
            LoggedIn);

        Assert.Equal(
            FaultCode.Unauthorized,
            (await refusing.FaultOfAsync(refusing.Client.FindTagsAsync("m", Token))).Code);
        Assert.Equal(2, refusing.Seen.Count);
        Assert.Equal(
            FaultCode.ServerError,
            (await failing.FaultOfAsync(failing.Client.FindTagsAsync("m", Token))).Code);
        Assert.Equal(5, failing.Seen.Count(request => request.Address.AbsolutePath == "/token"));
    }

    private ScriptedRegistry Registry(string life, RegistryAccess? access = null) => new(
        request => request.Address.AbsolutePath == "/token" ? TokenAnswer(life)
            : request.Authorization is null ? Answer.Challenge(Challenge)
            : Answer.Tags([]),
        access ?? LoggedIn);

    private HttpResponseMessage TokenAnswer(string life) =>
        Answer.Status(200, $$"""{"token":"t{{++_tokens}}",{{life}}}""");
}
