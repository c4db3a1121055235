using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

public sealed class BlobWriterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_blob_is_one_session_and_one_put_of_the_whole_body_at_the_location_byte_for_byte()
    {
        byte[] sent = [];
        using ScriptedRegistry registry = new(async (request, token) =>
        {
            sent = request.Method == "PUT" ? await request.ReadBodyAsync(token) : sent;
            return request.Method == "POST"
                ? Answer.Status(202, "", ("Location", "/v2/a%2Fb/uploads/1?_state=x%3D%2by"))
                : Answer.Status(201);
        });

        await WriteAsync(registry);

        Assert.Equal(Blob, sent);
        Assert.Equal(
            [
                $"POST https://registry.example/v2/{Repository}/blobs/uploads/",
                "PUT https://registry.example/v2/a%2Fb/uploads/1?_state=x%3D%2by&digest="
                    + Uri.EscapeDataString(BlobDigest.ToString()),
            ],
            registry.Seen.Select(request => $"{request.Method} {request.Address.OriginalString}"));
    }

    [Theory]
    [InlineData("/v2/x/1", "https://registry.example/v2/x/1")]
    [InlineData("https://storage.example/up?a=b", "https://storage.example/up?a=b")]
    [InlineData("http://registry.example/v2/x/1", "https://registry.example/v2/x/1")]
    [InlineData("//registry.example/v2/x/1", "https://registry.example/v2/x/1")]
    [InlineData("1?state=2", "https://registry.example/v2/m/blobs/uploads/1?state=2")]
    [InlineData("http://storage.example/up", null)]
    [InlineData("ftp://storage.example/up", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_location_is_resolved_against_who_said_it_and_never_leads_to_plain_http(
        string? location, string? expected)
    {
        Uri? resolved = UploadLocation.Resolve(
            location, new Uri("https://registry.example/v2/m/blobs/uploads/"), ScriptedRegistry.Access());

        Assert.Equal(expected, resolved?.OriginalString);
    }

    [Fact]
    public async Task A_login_goes_to_the_registry_and_not_to_another_host_that_takes_the_upload()
    {
        RegistryAccess access = ScriptedRegistry.Access() with
        {
            Credential = new Credential("u", "p"),
            AllowedRealms = ["storage.example"],
        };
        using ScriptedRegistry registry = new(
            request => request switch
            {
                { Address.Host: "storage.example" } => Answer.Status(201),
                { Authorization: null } => Answer.Challenge("Basic realm=\"r\""),
                _ => Answer.Status(202, "", ("Location", "https://storage.example/up")),
            },
            access);

        await WriteAsync(registry);

        Assert.StartsWith("Basic ", registry.Seen[1].Authorization, StringComparison.Ordinal);
        Assert.Equal("storage.example", registry.Seen[2].Address.Host);
        Assert.Null(registry.Seen[2].Authorization);
    }

    [Theory]
    [InlineData(1024 * 1024 - 1, false)]
    [InlineData(1024 * 1024, true)]
    public async Task A_large_body_asks_before_it_is_sent(int length, bool asks)
    {
        using ScriptedRegistry registry = Accepting();
        using MemoryStream content = new(new byte[length]);

        await registry.Client.WriteBlobAsync(Repository, BlobDigest, length, content, Token);

        Assert.Equal(asks, registry.Seen[1].ExpectsContinue);
    }

    [Fact]
    public async Task A_blob_that_broke_is_not_repeated_here_and_its_session_is_dropped()
    {
        using ScriptedRegistry registry = new(request => request.Method switch
        {
            "POST" => Answer.Status(202, "", ("Location", "/v2/up/1")),
            "PUT" => throw new HttpRequestException("broken", new IOException("pipe")),
            _ => Answer.Status(204),
        });

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry));

        Assert.True(RegistryFailure.IsTemporary(failure));
        Assert.Equal(["POST", "PUT", "DELETE"], registry.Seen.Select(request => request.Method));
        Assert.Equal("/v2/up/1", registry.Seen[2].Address.AbsolutePath);
    }

    [Fact]
    public async Task What_the_content_throws_reaches_the_caller_unchanged()
    {
        using ScriptedRegistry registry = new(async (request, token) =>
        {
            await request.ReadBodyAsync(token);
            return request.Method == "POST"
                ? Answer.Status(202, "", ("Location", "/v2/up/1"))
                : Answer.Status(201);
        });
        using ThrowingStream content = new(new NotSupportedException("the content is wrong"));

        await Assert.ThrowsAsync<NotSupportedException>(() =>
            registry.Client.WriteBlobAsync(Repository, BlobDigest, 5, content, Token));
    }

    [Fact]
    public async Task The_content_is_left_alone_after_the_answer_although_it_was_not_read()
    {
        using ScriptedRegistry registry = new(request => request.Method == "POST"
            ? Answer.Status(202, "", ("Location", "/v2/up/1"))
            : Answer.Error(413, "SIZE_INVALID"));
        using MemoryStream content = new(Blob);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() =>
            registry.Client.WriteBlobAsync(Repository, BlobDigest, Blob.Length, content, Token));

        Assert.Equal(FaultCode.BodyTooLarge, failure.Faults[0].Code);
        Assert.Contains("client_max_body_size", failure.Faults[0].Advice, StringComparison.Ordinal);
        Assert.Equal(0, content.Position);
    }

    [Theory]
    [InlineData(201, true, 1)]
    [InlineData(202, false, 2)]
    [InlineData(400, false, 1)]
    [InlineData(401, false, 1)]
    [InlineData(403, false, 1)]
    [InlineData(404, false, 1)]
    [InlineData(405, false, 1)]
    [InlineData(500, false, 1)]
    [InlineData(501, false, 1)]
    [InlineData(503, false, 1)]
    public async Task A_mount_is_done_or_refused_and_a_refused_one_leaves_no_session(
        int status, bool isMounted, int requests)
    {
        using ScriptedRegistry registry = new(request => request.Method == "POST"
            ? Answer.Status(status, "", ("Location", "/v2/up/1"))
            : Answer.Status(204));

        bool mounted = await registry.Client.MountBlobAsync("to", BlobDigest, "from/here", Token);

        Assert.Equal(isMounted, mounted);
        Assert.Equal(
            $"?mount={Uri.EscapeDataString(BlobDigest.ToString())}&from=from%2Fhere", registry.Seen[0].Address.Query);
        Assert.Equal(requests, registry.Seen.Count);
    }

    [Theory]
    [InlineData(200, 1000, true)]
    [InlineData(200, 999, false)]
    [InlineData(404, 1000, false)]
    [InlineData(400, 1000, false)]
    [InlineData(401, 1000, false)]
    [InlineData(403, 1000, false)]
    [InlineData(405, 1000, false)]
    [InlineData(500, 1000, false)]
    [InlineData(501, 1000, false)]
    public async Task A_blob_is_there_only_if_the_registry_is_sure(int status, int length, bool expected)
    {
        using ScriptedRegistry registry = new(_ =>
        {
            HttpResponseMessage answer = Answer.Status(status);
            answer.Content.Headers.ContentLength = length;
            return answer;
        });

        Assert.Equal(expected, await registry.Client.HasBlobAsync(Repository, BlobDigest, 1000, Token));
        Assert.Equal("HEAD", Assert.Single(registry.Seen).Method);
    }

    [Fact]
    public async Task The_access_check_opens_a_session_and_drops_it()
    {
        using ScriptedRegistry registry = Accepting();

        await registry.Client.CheckWriteAsync(Repository, Token);

        Assert.Equal(["POST", "DELETE"], registry.Seen.Select(request => request.Method));
    }

    [Theory]
    [InlineData(401, "UNAUTHORIZED", FaultCode.Unauthorized, "D8_MIRROR_REGISTRY_LOGIN")]
    [InlineData(403, "DENIED", FaultCode.Forbidden, "right to push")]
    [InlineData(404, "NAME_UNKNOWN", FaultCode.RepositoryNotFound, "exist first")]
    [InlineData(400, "NAME_INVALID", FaultCode.ContentRefused, "nested")]
    [InlineData(415, "UNSUPPORTED", FaultCode.ContentRefused, "application/octet-stream")]
    [InlineData(403, "DENIED: quota exceeded", FaultCode.ContentRefused, "quota")]
    [InlineData(507, "UNKNOWN", FaultCode.ContentRefused, "quota")]
    [InlineData(403, "DENIED: adding 29.0 MiB of storage resource, which when updated to current usage of 152.4 MiB "
        + "will exceed the configured upper limit of 10.0 MiB.", FaultCode.ContentRefused, "quota")]
    [InlineData(405, "UNSUPPORTED", FaultCode.ContentRefused, "read-only")]
    [InlineData(403, "DENIED: The system is in read only mode. Any modification is prohibited.",
        FaultCode.ContentRefused, "read-only")]
    [InlineData(412, "PRECONDITION", FaultCode.ContentRefused, "immutable")]
    public async Task A_refusal_is_told_with_advice_for_a_target(
        int status, string code, string expected, string advice)
    {
        RegistryAccess access = SettingsCheck.Check(
            new MirrorPushSettings { Target = "registry.example/deckhouse/ee", BundleDirectory = "/b" },
            new RunEnvironment([])).Target;
        using ScriptedRegistry registry = new(_ => Answer.Error(status, code, "because"), access);

        Fault fault = await registry.FaultOfAsync(registry.Client.CheckWriteAsync(Repository, Token));

        Assert.Equal(expected, fault.Code);
        Assert.Contains("because", fault.Message, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_measured_from_the_last_piece_the_peer_took()
    {
        RegistryAccess bounded = ScriptedRegistry.Access() with { Timeout = TimeSpan.FromSeconds(45) };
        ScriptedRegistry? self = null;
        using ScriptedRegistry registry = new(
            async (request, token) =>
            {
                if (request.Method != "PUT")
                {
                    return Answer.Status(202, "", ("Location", "/v2/up/1"));
                }

                await request.ReadBodyAsync(token);
                self!.Clock.Advance(TimeSpan.FromSeconds(44));
                Assert.False(token.IsCancellationRequested);
                self.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(Timeout.Infinite, token);
                return Answer.Status(201);
            },
            bounded);
        self = registry;
        using SteppingStream content = new(Blob, () => registry.Clock.Advance(TimeSpan.FromSeconds(40)));

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() =>
            registry.Client.WriteBlobAsync(Repository, BlobDigest, Blob.Length, content, Token));

        Assert.Equal(FaultCode.RegistrySilent, failure.Faults[0].Code);
    }

    private static ScriptedRegistry Accepting() => new(request => request.Method == "POST"
        ? Answer.Status(202, "", ("Location", "/v2/up/1"))
        : Answer.Status(201));

    private static async Task WriteAsync(ScriptedRegistry registry)
    {
        using MemoryStream content = new(Blob);
        await registry.Client.WriteBlobAsync(Repository, BlobDigest, Blob.Length, content, Token);
    }

    private sealed class ThrowingStream(Exception exception) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw exception;
    }

    /// <summary>Gives its content in small pieces, and does something before each.</summary>
    private sealed class SteppingStream(byte[] content, Action step) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            step();
            return base.ReadAsync(buffer[..int.Min(buffer.Length, 400)], cancellationToken);
        }
    }
}
