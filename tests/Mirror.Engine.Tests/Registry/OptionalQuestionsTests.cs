using Mirror.Engine.Registry;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

public sealed class OptionalQuestionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => ["mount", "blob", "tag", "list"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_only_saves_work_ends_no_run_whatever_is_answered(string kind)
    {
        foreach (int status in new[] { 204, 301, 400, 401, 403, 404, 405, 409, 418, 500, 501, 502, 503, 507 })
        {
            using ScriptedRegistry registry = new(_ => Answer.Status(status));

            Assert.Equal("no", await AskAsync(registry, kind));
            Assert.Empty(registry.Clock.Waits);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_only_saves_work_ends_no_run_when_there_is_no_answer(string kind)
    {
        foreach (HttpRequestError error in Enum.GetValues<HttpRequestError>())
        {
            using ScriptedRegistry registry = new(
                (SeenRequest _) => throw new HttpRequestException(error, "why"));

            Assert.Equal("no", await AskAsync(registry, kind));
            Assert.Empty(registry.Clock.Waits);
        }
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{\"tags\":7}")]
    [InlineData("")]
    public async Task A_list_that_only_saves_work_may_be_anything(string body)
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(200, body));

        Assert.Null(await registry.Client.ProbeTagsAsync("m", Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_token_that_is_refused_for_it_ends_no_run(string kind)
    {
        using ScriptedRegistry registry = new(request => request.Address.AbsolutePath == "/token"
            ? Answer.Error(403, "DENIED")
            : Answer.Challenge("Bearer realm=\"https://registry.example/token\",service=\"s\""));

        Assert.Equal("no", await AskAsync(registry, kind));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_never_answered_is_asked_no_more_and_that_is_told_once(string kind)
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(500));

        for (int time = 0; time < 30; time++)
        {
            Assert.Equal("no", await AskAsync(registry, kind));
        }

        Assert.InRange(registry.Seen.Count, 8, 16);
        Assert.InRange(registry.Events.Count(one => one.Level == MirrorEventLevel.Cause), 2, 4);
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_not_asked_for_anything_that_only_saves_work()
    {
        using ScriptedRegistry registry = new(
            (SeenRequest _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "why"));

        foreach (string kind in Kinds.Concat(Kinds).Select(row => row.Data))
        {
            Assert.Equal("no", await AskAsync(registry, kind));
        }

        Assert.Equal(3, registry.Seen.Count);
        Fault fault = await registry.FaultOfAsync(registry.Client.FindDigestAsync(Repository, "v1", Token));
        Assert.Equal(FaultCode.ConnectionFailed, fault.Code);
    }

    [Fact]
    public async Task One_answer_is_enough_to_go_on_asking()
    {
        int asked = 0;
        using ScriptedRegistry registry = new(_ => Answer.Status(++asked % 7 == 0 ? 201 : 500));

        for (int time = 0; time < 70; time++)
        {
            await AskAsync(registry, "mount");
        }

        Assert.Equal(70, registry.Seen.Count);
    }

    [Fact]
    public async Task What_the_registry_asks_to_repeat_later_is_repeated()
    {
        using ScriptedRegistry registry = ScriptedRegistry.InTurn(
            () => Answer.Status(429, "", ("Retry-After", "5")), () => Answer.Status(201));

        Assert.True(await registry.Clock.DriveAsync(
            registry.Client.MountBlobAsync("to", BlobDigest, "from", Token)));
        Assert.Equal([5], registry.Clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_cancelled_run_ends_here_too(string kind)
    {
        using CancellationTokenSource source = new();
        using ScriptedRegistry registry = new(async (_, token) =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return Answer.Status(200);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(registry, kind, source.Token));
    }

    private static async Task<string> AskAsync(
        ScriptedRegistry registry, string kind, CancellationToken? cancellationToken = null)
    {
        CancellationToken token = cancellationToken ?? Token;
        RegistryClient client = registry.Client;
        bool isYes = kind switch
        {
            "mount" => await client.MountBlobAsync("to", BlobDigest, "from", token),
            "blob" => await client.HasBlobAsync(Repository, BlobDigest, Blob.Length, token),
            "tag" => await client.ProbeDigestAsync(Repository, "v1", token) is not null,
            _ => await client.ProbeTagsAsync(Repository, token) is { IsEmpty: false },
        };
        return isYes ? "yes" : "no";
    }
}
