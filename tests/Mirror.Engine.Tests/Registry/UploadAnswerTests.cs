using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Registry.Writing;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>Answers to the requests of an upload that differ from those of distribution, and mean the same.</summary>
public sealed class UploadAnswerTests : IDisposable
{
    private const int Limit = 300 * 1024;
    private static readonly byte[] Blob = [.. Enumerable.Range(0, 1_500_000).Select(value => (byte)(value * 31))];

    private readonly MemoryStream _received = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _received.Dispose();

    [Theory]
    [InlineData("0-1023", 1024)]
    [InlineData("bytes=0-1023", 1024)]
    [InlineData("bytes 0-1023", 1024)]
    [InlineData(" Bytes  0-1023/* ", 1024)]
    [InlineData("0-1023/2048", 1024)]
    [InlineData("bytes 0-0", 0)]
    [InlineData(null, 0)]
    public void A_range_is_read_with_and_without_unit_and_total(string? header, long received) =>
        Assert.Equal(received, UploadRange.Received(header));

    [Theory]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes 5-9")]
    [InlineData("0--1")]
    [InlineData("0-")]
    [InlineData("bytes */1000")]
    public void What_is_no_range_from_the_first_byte_tells_nothing(string header) =>
        Assert.Null(UploadRange.Received(header));

    [Fact]
    public async Task A_session_goes_on_where_it_was_when_a_piece_is_answered_without_a_Location()
    {
        using ScriptedRegistry registry = new(
            (request, token) => AnswerAsync(request, _ => Answer.Status(202), token));

        await WriteInPiecesAsync(registry);

        Assert.Equal(Blob, _received.ToArray());
        Assert.All(
            registry.Seen.Where(request => request.Method == "PATCH"),
            request => Assert.Equal("/v2/up/0", request.Address.AbsolutePath));
    }

    [Theory]
    [InlineData(-1, "bytes 0-")]
    [InlineData(-1, "0-")]
    [InlineData(0, "0-")]
    [InlineData(0, "bytes=0-")]
    public async Task A_lost_piece_is_continued_at_its_byte_however_the_registry_counts(int end, string prefix)
    {
        int patches = 0;
        using ScriptedRegistry registry = new((request, token) => AnswerAsync(
            request,
            _ => ++patches % 2 == 0
                ? throw new HttpRequestException("broken")
                : Answer.Status(202, "", ("Range", Range())),
            token,
            Range));

        await WriteInPiecesAsync(registry);

        Assert.Equal(Blob, _received.ToArray());

        string Range() => $"{prefix}{_received.Length + end}";
    }

    [Fact]
    public async Task A_registry_that_expects_nothing_is_asked_without_Expect_from_then_on()
    {
        using ScriptedRegistry registry = new(async (request, token) =>
        {
            if (request.ExpectsContinue)
            {
                return Answer.Status(417);
            }

            await request.ReadBodyAsync(token);
            return Answer.Status(request.Method == "POST" ? 202 : 201, "", ("Location", "/v2/up/0"));
        });

        await WriteAsync(registry);
        await WriteAsync(registry);

        Assert.Equal(
            ["POST", "PUT", "PUT", "POST", "PUT"], registry.Seen.Select(request => request.Method));
        Assert.Single(registry.Seen, request => request.ExpectsContinue);
    }

    [Fact]
    public async Task A_refused_Expect_after_the_body_was_sent_is_worth_another_try()
    {
        using ScriptedRegistry registry = new(async (request, token) =>
        {
            await request.ReadBodyAsync(token);
            return Answer.Status(
                request.Method == "POST" ? 202 : request.ExpectsContinue ? 417 : 201, "", ("Location", "/v2/up/0"));
        });

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry));
        await WriteAsync(registry);

        Assert.True(RegistryFailure.IsTemporary(failure));
        Assert.False(registry.Seen[^1].ExpectsContinue);
    }

    [Fact]
    public async Task A_body_that_was_not_sent_yet_follows_a_redirect_at_once()
    {
        using ScriptedRegistry registry = new(async (request, token) =>
        {
            if (request.Method == "PUT" && request.Address.AbsolutePath != "/moved")
            {
                return Answer.Redirect("/moved?to=%7E");
            }

            _received.Write(await request.ReadBodyAsync(token));
            return Answer.Status(request.Method == "POST" ? 202 : 201, "", ("Location", "/v2/up/0"));
        });

        await WriteAsync(registry);

        Assert.Equal(Blob, _received.ToArray());
        Assert.Equal(
            ["/v2/r/blobs/uploads/", "/v2/up/0", "/moved"],
            registry.Seen.Select(request => request.Address.AbsolutePath));
        Assert.Equal("?to=%7E", registry.Seen[^1].Address.Query);
    }

    [Fact]
    public async Task A_registry_that_redirected_a_body_is_asked_before_the_next_small_one_is_sent()
    {
        byte[] small = Blob[..1000];
        using ScriptedRegistry registry = new(async (request, token) =>
        {
            bool isMoved = request.Address.AbsolutePath == "/moved";
            byte[] body = request.ExpectsContinue && !isMoved ? [] : await request.ReadBodyAsync(token);
            return request.Method == "PUT" && !isMoved
                ? Answer.Redirect($"/moved?body={body.Length}")
                : Answer.Status(request.Method == "POST" ? 202 : 201, "", ("Location", "/v2/up/0"));
        });

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry, small));
        await WriteAsync(registry, small);
        await WriteAsync(registry, small);

        Assert.True(RegistryFailure.IsTemporary(failure));
        Assert.Equal(
            ["POST /v2/r/blobs/uploads/", "PUT /v2/up/0", "PUT /moved", "POST /v2/r/blobs/uploads/", "PUT /v2/up/0",
                "PUT /moved"],
            registry.Seen.Select(request => $"{request.Method} {request.Address.AbsolutePath}"));
        Assert.Equal("?body=0", registry.Seen[^1].Address.Query);
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("GET")]
    public async Task An_upload_that_is_sent_elsewhere_in_the_middle_ends_with_the_host_and_nothing_goes_there(
        string method)
    {
        const string Evil = "http://169.254.169.254/latest/meta-data";
        int patches = 0;
        using ScriptedRegistry registry = new((request, token) => AnswerAsync(
            request,
            _ => method == "PATCH" ? Answer.Status(202, "", ("Location", Evil))
                : ++patches == 2 ? throw new HttpRequestException("broken")
                : Answer.Status(202),
            token,
            state: () => "0-1",
            stateLocation: Evil),
            ScriptedRegistry.Access() with { Insecure = true });

        await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry));
        Fault fault = await registry.FaultOfAsync(WriteAsync(registry));

        Assert.Equal(FaultCode.UploadElsewhere, fault.Code);
        Assert.Contains("169.254.169.254", fault.Message, StringComparison.Ordinal);
        Assert.All(registry.Seen, request => Assert.Equal(ScriptedRegistry.Host, request.Address.Host));
        Assert.Equal("DELETE", registry.Seen[^1].Method);
    }

    [Fact]
    public void A_limit_below_a_quarter_of_what_was_refused_is_tried_at_the_smallest_size()
    {
        BodyLimit limit = new();

        Assert.True(limit.Lower(200_000));
        Assert.Equal(BodyLimit.Smallest, limit.Bytes);
        Assert.True(limit.MayGoLower);
        Assert.False(limit.Lower(BodyLimit.Smallest));
        Assert.False(limit.MayGoLower);
    }

    [Fact]
    public async Task A_first_blob_just_over_a_small_limit_goes_in_the_smallest_pieces()
    {
        byte[] blob = Blob[..200_000];
        using ScriptedRegistry registry = new((request, token) => AnswerAsync(
            request, _ => Answer.Status(202), token, limit: 128 * 1024));

        await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry, blob));
        await registry.Clock.DriveAsync(WriteAsync(registry, blob));

        Assert.Equal(blob, _received.ToArray());
    }

    private static async Task WriteInPiecesAsync(ScriptedRegistry registry)
    {
        await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry));
        await registry.Clock.DriveAsync(WriteAsync(registry));
    }

    private async Task<HttpResponseMessage> AnswerAsync(
        SeenRequest request,
        Func<byte[], HttpResponseMessage> patch,
        CancellationToken token,
        Func<string>? state = null,
        string? stateLocation = null,
        int limit = Limit)
    {
        byte[] body = await request.ReadBodyAsync(token);
        if (body.Length > limit)
        {
            return Answer.Status(413);
        }

        switch (request.Method)
        {
            case "POST":
                _received.SetLength(0);
                return Answer.Status(202, "", ("Location", "/v2/up/0"));
            case "PATCH":
                _received.Write(body);
                return patch(body);
            case "GET":
                return Answer.Status(204, "", ("Range", state!()), ("Location", stateLocation ?? "/v2/up/0"));
            default:
                return Answer.Status(request.Method == "PUT" ? 201 : 204);
        }
    }

    private static Task WriteAsync(ScriptedRegistry registry) => WriteAsync(registry, Blob);

    private static async Task WriteAsync(ScriptedRegistry registry, byte[] blob)
    {
        using MemoryStream content = new(blob);
        await registry.Client.WriteBlobAsync("r", Digest.OfSha256(blob), blob.Length, content, Token);
    }
}
