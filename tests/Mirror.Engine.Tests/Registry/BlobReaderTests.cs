using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

public sealed class BlobReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_blob_is_one_request_without_range()
    {
        using ScriptedRegistry registry = new(_ => Answer.Bytes(Blob));

        Assert.Equal(Blob, await ReadAllAsync(await OpenAsync(registry, 0)));
        SeenRequest request = Assert.Single(registry.Seen);
        Assert.Null(request.Range);
        Assert.Equal($"/v2/deckhouse/ee/blobs/{BlobDigest}", request.Address.AbsolutePath);
    }

    [Fact]
    public async Task A_blob_continues_at_its_offset()
    {
        using ScriptedRegistry registry = new(_ => Answer.Part(Blob, 400));

        Assert.Equal(Blob[400..], await ReadAllAsync(await OpenAsync(registry, 400)));
        Assert.Equal("bytes=400-", Assert.Single(registry.Seen).Range);
    }

    [Fact]
    public async Task A_registry_that_ignores_the_range_costs_only_the_beginning_again()
    {
        using ScriptedRegistry registry = new(_ => Answer.Bytes(Blob));

        Assert.Equal(Blob[999..], await ReadAllAsync(await OpenAsync(registry, 999)));
    }

    [Fact]
    public async Task A_registry_that_refuses_the_range_is_asked_for_the_whole()
    {
        using ScriptedRegistry registry = new(request => request.Range is null
            ? Answer.Bytes(Blob)
            : Answer.Status(416));

        Assert.Equal(Blob[400..], await ReadAllAsync(await OpenAsync(registry, 400)));
        Assert.Equal(2, registry.Seen.Count);
    }

    [Fact]
    public async Task Nothing_is_asked_for_when_nothing_is_left()
    {
        using ScriptedRegistry registry = new(_ => Answer.Bytes(Blob));

        Assert.Empty(await ReadAllAsync(await OpenAsync(registry, Blob.Length)));
        Assert.Empty(registry.Seen);
    }

    [Fact]
    public async Task Another_range_than_asked_for_is_a_fault()
    {
        using ScriptedRegistry registry = new(_ => Answer.Part(Blob, 401));

        Fault fault = await registry.FaultOfAsync(OpenAsync(registry, 400));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
    }

    [Fact]
    public async Task A_part_that_nobody_asked_for_is_a_fault()
    {
        using ScriptedRegistry registry = new(_ => Answer.Part(Blob, 400));

        Fault fault = await registry.FaultOfAsync(OpenAsync(registry, 0));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_length_that_contradicts_the_manifest_is_refused_at_once(int offset)
    {
        using ScriptedRegistry registry = new(_ => Answer.Bytes([1, 2, 3]));

        Fault fault = await registry.FaultOfAsync(OpenAsync(registry, offset));

        Assert.Equal(FaultCode.BlobSizeMismatch, fault.Code);
        Assert.Contains(BlobDigest.ToString(), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_content_than_expected_is_refused_also_without_a_length()
    {
        using ScriptedRegistry registry = new(_ => Answer.Streamed(new MemoryStream([.. Blob, 0])));

        Fault fault = await registry.FaultOfAsync(ReadAllAsync(await OpenAsync(registry, 0)));

        Assert.Equal(FaultCode.BlobSizeMismatch, fault.Code);
    }

    [Fact]
    public async Task Less_content_than_expected_is_a_broken_connection()
    {
        using ScriptedRegistry registry = new(_ => Answer.Streamed(new MemoryStream(Blob[..10])));

        Fault fault = await registry.FaultOfAsync(ReadAllAsync(await OpenAsync(registry, 0)));

        Assert.Equal(FaultCode.ConnectionBroken, fault.Code);
    }

    [Fact]
    public async Task A_connection_that_breaks_inside_the_blob_is_told_as_such()
    {
        using ScriptedRegistry registry = new(_ => Answer.Streamed(
            new BrokenStream(Blob[..10], isSilent: false), Blob.Length));

        Fault fault = await registry.FaultOfAsync(ReadAllAsync(await OpenAsync(registry, 0)));

        Assert.Equal(FaultCode.ConnectionBroken, fault.Code);
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task Content_that_is_encoded_although_nobody_asked_is_refused()
    {
        using ScriptedRegistry registry = new(_ =>
        {
            HttpResponseMessage response = Answer.Bytes(Blob);
            response.Content.Headers.ContentEncoding.Add("gzip");
            return response;
        });

        Fault fault = await registry.FaultOfAsync(OpenAsync(registry, 0));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
        Assert.Contains("gzip", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "UNAUTHORIZED", FaultCode.Unauthorized)]
    [InlineData(403, "DENIED", FaultCode.Forbidden)]
    [InlineData(404, "BLOB_UNKNOWN", FaultCode.BlobUnavailable)]
    [InlineData(404, "NAME_UNKNOWN", FaultCode.RepositoryNotFound)]
    [InlineData(418, "X", FaultCode.UnexpectedAnswer)]
    public async Task A_refusal_is_told_by_its_kind_and_not_repeated(int status, string error, string code)
    {
        using ScriptedRegistry registry = new(_ => Answer.Error(status, error, "because"));

        Fault fault = await registry.FaultOfAsync(OpenAsync(registry, 0));

        Assert.Equal(code, fault.Code);
        Assert.Contains("registry.example", fault.Message, StringComparison.Ordinal);
        Assert.Contains("of deckhouse/ee", fault.Message, StringComparison.Ordinal);
        Assert.Contains("because", fault.Message, StringComparison.Ordinal);
        Assert.Single(registry.Seen);
    }

    private static Task<Stream> OpenAsync(ScriptedRegistry registry, long offset) =>
        registry.Client.OpenBlobAsync(Repository, BlobDigest, Blob.Length, offset, Token);
}
