using System.Text.Json;
using Mirror.Engine.Registry.Writing;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>The cases about the requests of an upload.</summary>
public sealed class UploadCasesTests : IDisposable
{
    private static readonly byte[] Blob = [.. Enumerable.Range(0, 800_000).Select(value => (byte)(value * 31))];
    private static readonly Digest BlobDigest = Digest.OfSha256(Blob);

    private readonly MemoryStream _received = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _received.Dispose();

    [Theory]
    [InlineData("wire-range-value")]
    [InlineData("wire-range-zero-ambiguous")]
    public void A_range_says_how_much_is_there(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string header = SpecCase.Text(spec.Input, "header")!.Split(": ")[1];

        // "0 or 1: restart from 0 when unknown".
        CaseFile.Check(
            spec, SpecCase.Any(spec.Wanted, "nextOffset")!.Split(' ')[0], $"{UploadRange.Received(header)}");
    }

    [Theory]
    [InlineData("wire-patch-status")]
    public async Task A_piece_is_taken_with_any_of_three_answers(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        foreach (JsonElement status in spec.Wanted.GetProperty("accepted").EnumerateArray())
        {
            int patch = status.GetInt32();
            using ScriptedRegistry registry = new(
                (request, token) => AnswerAsync(request, () => patch, token));

            await WriteInPiecesAsync(registry);

            Assert.Equal(Blob, _received.ToArray());
        }
    }

    [Theory]
    [InlineData("retry-blob", 0)]
    [InlineData("wire-chunk-416", 416)]
    public async Task A_piece_that_did_not_arrive_goes_on_where_the_registry_is(string id, int status)
    {
        SpecCase spec = CaseFile.Push[id];
        Assert.Contains(
            "continue",
            SpecCase.Text(spec.Wanted, "resume") ?? SpecCase.Text(spec.Wanted, "next")!,
            StringComparison.Ordinal);
        int patches = 0;
        using ScriptedRegistry registry = new((request, token) =>
            AnswerAsync(request, () => ++patches == 2 ? status : 202, token));

        await WriteInPiecesAsync(registry);

        Assert.Equal(Blob, _received.ToArray());
        string[] methods = [.. registry.Seen.Select(request => request.Method)];
        int second = Array.IndexOf(methods, "GET");
        Assert.Equal(["PATCH", "GET", "PATCH"], methods[(second - 1)..(second + 2)]);
    }

    [Theory]
    [InlineData("wire-content-range-format")]
    public async Task A_piece_names_its_first_and_last_byte_without_a_unit(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using ScriptedRegistry registry = new((request, token) => AnswerAsync(request, () => 202, token));

        await WriteInPiecesAsync(registry);

        string[] ranges = [.. registry.Seen.Select(request => request.ContentRange).OfType<string>()];
        Assert.True(ranges.Length > 1);
        long[] ends = [.. ranges.Select(range => long.Parse(range.Split('-')[1]))];
        Assert.Equal(ranges, ends.Select((end, index) => $"{(index == 0 ? 0 : ends[index - 1] + 1)}-{end}"));
        Assert.Equal(Blob.Length - 1, ends[^1]);

        // The case's numbers in the form that was seen.
        long start = spec.Input.GetProperty("offset").GetInt64();
        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Wanted, "header")!,
            $"Content-Range: {start}-{start + spec.Input.GetProperty("length").GetInt64() - 1}");
    }

    [Theory]
    [InlineData("wire-mount-not-done")]
    public async Task A_session_that_a_mount_opened_is_released(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        using ScriptedRegistry registry = ScriptedRegistry.InTurn(
            () => Answer.Status(202, "", ("Location", SpecCase.Text(spec.Input, "location")!)),
            () => Answer.Status(204));

        Assert.False(await registry.Client.MountBlobAsync("a/b", BlobDigest, "from/here", Token));

        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Wanted, "continue")!,
            registry.Seen[^1].Method == "DELETE" ? "release of the location" : "upload to the location");
    }

    private static async Task WriteInPiecesAsync(ScriptedRegistry registry)
    {
        await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry));
        await registry.Clock.DriveAsync(WriteAsync(registry));
    }

    /// <summary>A registry behind something that takes 300 KiB at a time.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(
        SeenRequest request, Func<int> patch, CancellationToken token)
    {
        byte[] body = await request.ReadBodyAsync(token);
        if (body.Length > 300 * 1024)
        {
            return Answer.Status(413);
        }

        switch (request.Method)
        {
            case "POST":
                _received.SetLength(0);
                return Answer.Status(202, "", ("Location", "/v2/up/0"));
            case "PATCH":
                int status = patch();
                if (status == 0)
                {
                    throw new HttpRequestException("broken");
                }

                if (status < 400)
                {
                    _received.Write(body);
                }

                return Answer.Status(status, "", ("Location", $"/v2/up/{_received.Length}"));
            case "GET":
                return Answer.Status(
                    204, "", ("Location", $"/v2/up/{_received.Length}"), ("Range", $"0-{_received.Length - 1}"));
            case "PUT":
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
