using System.Collections.Concurrent;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Registry.Writing;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>A registry behind a proxy that limits the size of requests, scripted byte by byte.</summary>
public sealed class UploadInPiecesTests : IDisposable
{
    private const int Limit = 300 * 1024;
    private static readonly byte[] Blob = [.. Enumerable.Range(0, 2_000_000).Select(value => (byte)(value * 31))];
    private static readonly Digest BlobDigest = Digest.OfSha256(Blob);

    private readonly MemoryStream _received = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private long _shortest;

    public void Dispose() => _received.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_that_is_too_large_may_be_sent_again_and_goes_in_pieces_below_the_limit()
    {
        using ScriptedRegistry registry = new(AnswerAsync);

        MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry));
        bool mayGoOn = registry.Client.MaySendInPieces(refusal);
        await WriteAsync(registry);

        Assert.Equal(FaultCode.BodyTooLarge, refusal.Faults[0].Code);
        Assert.True(mayGoOn);
        Assert.Equal(Blob, _received.ToArray());
        Assert.DoesNotContain(registry.Seen, request => request.Method == "GET");
    }

    [Fact]
    public async Task The_limit_is_remembered_for_the_next_blob()
    {
        using ScriptedRegistry registry = new(AnswerAsync);
        await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry));
        await WriteAsync(registry);
        _received.SetLength(0);
        int before = registry.Seen.Count;

        await WriteAsync(registry);

        Assert.Equal(Blob, _received.ToArray());
        int pieces = registry.Seen.Skip(before).Count(request => request.Method == "PATCH");
        Assert.InRange(pieces, Blob.Length / Limit, Blob.Length / (64 * 1024) + 1);
        Assert.Equal(pieces + 2, registry.Seen.Count - before);
    }

    [Theory]
    [InlineData("drop before")]
    [InlineData("drop after")]
    [InlineData("503")]
    public async Task A_piece_whose_answer_was_lost_is_sent_again_only_if_the_registry_does_not_have_it(string fault)
    {
        using ScriptedRegistry registry = new(AnswerAsync);
        await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry));
        _faults.Enqueue("none");
        _faults.Enqueue(fault);

        await registry.Clock.DriveAsync(WriteAsync(registry));

        Assert.Equal(Blob, _received.ToArray());
        Assert.Contains(registry.Seen, request => request.Method == "GET");
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("more than was sent")]
    [InlineData("less than was confirmed")]
    public async Task An_upload_that_the_registry_lost_or_counts_wrongly_ends_as_a_temporary_failure_and_is_dropped(
        string fault)
    {
        using ScriptedRegistry registry = new(AnswerAsync);
        await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry));
        _faults.Enqueue("none");
        _faults.Enqueue(fault);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() =>
            registry.Clock.DriveAsync(WriteAsync(registry)));

        Assert.True(RegistryFailure.IsTemporary(failure));
        Assert.Contains("lost", failure.Faults[0].Message, StringComparison.Ordinal);
        Assert.Equal("DELETE", registry.Seen[^1].Method);
    }

    [Fact]
    public async Task A_registry_that_wants_longer_pieces_than_the_proxy_takes_is_told_with_both_numbers()
    {
        _shortest = 5 * 1024 * 1024;
        using ScriptedRegistry registry = new(AnswerAsync);
        await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry));

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry));

        Assert.Equal(FaultCode.BodyTooLarge, failure.Faults[0].Code);
        Assert.Contains("5.2 MB", failure.Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_goes_down_in_steps_and_ends()
    {
        BodyLimit limit = new();
        List<long> steps = [];
        while (limit.Lower(limit.Bytes == long.MaxValue ? 100_000_000 : limit.Bytes))
        {
            steps.Add(limit.Bytes);
        }

        Assert.Equal([24_969_216, 6_225_920, 1_507_328, 327_680, 65_536], steps);
        Assert.False(limit.MayGoLower);
        Assert.True(limit.Lower(50_000_000));
    }

    private async Task<HttpResponseMessage> AnswerAsync(SeenRequest request, CancellationToken token)
    {
        byte[] body = await request.ReadBodyAsync(token);
        if (body.Length > Limit)
        {
            return Answer.Status(413, "<html>too large</html>");
        }

        string fault = request.Method == "PATCH" && _faults.TryDequeue(out string? next) ? next : "none";
        if (fault == "503")
        {
            return Answer.Status(503);
        }

        if (fault == "lost")
        {
            _shortest = -1;
            throw new HttpRequestException("broken");
        }

        if (fault is "more than was sent" or "less than was confirmed")
        {
            _received.SetLength(fault.StartsWith('m') ? _received.Length + body.Length + 1 : 1);
            throw new HttpRequestException("broken");
        }

        if (fault == "drop before")
        {
            throw new HttpRequestException("broken");
        }

        switch (request.Method)
        {
            case "POST":
                _received.SetLength(0);
                return Answer.Status(
                    202, "", ("Location", "/v2/up/0"), ("OCI-Chunk-Min-Length", $"{long.Max(0, _shortest)}"));
            case "PATCH":
                _received.Write(body);
                return fault == "drop after"
                    ? throw new HttpRequestException("broken")
                    : Answer.Status(202, "", ("Location", $"/v2/up/{_received.Length}"));
            case "GET" when _shortest < 0:
                return Answer.Error(404, "BLOB_UPLOAD_UNKNOWN");
            case "GET":
                return Answer.Status(
                    204, "", ("Location", $"/v2/up/{_received.Length}"), ("Range", $"0-{_received.Length - 1}"));
            case "PUT":
                Assert.Empty(body);
                return Answer.Status(201);
            default:
                return Answer.Status(204);
        }
    }

    private static async Task WriteAsync(ScriptedRegistry registry)
    {
        using MemoryStream content = new(Blob);
        await registry.Client.WriteBlobAsync("r", BlobDigest, Blob.Length, content, Token);
    }
}
