using Mirror.Engine.Oci;
using Mirror.Engine.Registry.Wire;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

public sealed class ManifestWriterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    public async Task The_bytes_go_unchanged_under_their_own_media_type(int status)
    {
        byte[] sent = [];
        using ScriptedRegistry registry = new(async (request, token) =>
        {
            sent = await request.ReadBodyAsync(token);
            return Answer.Status(status, "", ("Docker-Content-Digest", ManifestDigest.ToString()));
        });

        await WriteAsync(registry);

        SeenRequest seen = Assert.Single(registry.Seen);
        Assert.Equal($"PUT https://registry.example/v2/{Repository}/manifests/v1", seen.ToString());
        Assert.Equal(MediaType.OciManifest, seen.ContentType);
        Assert.Equal(ManifestBytes, sent);
    }

    [Fact]
    public async Task A_registry_that_stored_something_else_is_a_fault()
    {
        using ScriptedRegistry registry = new(_ =>
            Answer.Status(201, "", ("Docker-Content-Digest", BlobDigest.ToString())));

        Fault fault = await registry.FaultOfAsync(WriteAsync(registry));

        Assert.Equal(FaultCode.TagNotAsPushed, fault.Code);
        Assert.Contains(BlobDigest.ToString(), fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "MANIFEST_INVALID")]
    [InlineData(409, "TAG_INVALID")]
    [InlineData(412, "DENIED_BY_RULE")]
    [InlineData(404, "MANIFEST_BLOB_UNKNOWN")]
    public async Task A_refused_manifest_is_told_once_with_what_the_registry_says(int status, string code)
    {
        using ScriptedRegistry registry = new(_ => Answer.Error(status, code, "immutable"));

        Fault fault = await registry.FaultOfAsync(WriteAsync(registry));

        Assert.Equal(FaultCode.ContentRefused, fault.Code);
        Assert.Contains("immutable", fault.Message, StringComparison.Ordinal);
        Assert.Single(registry.Seen);
    }

    [Theory]
    [InlineData(400, "MANIFEST_BLOB_UNKNOWN", true)]
    [InlineData(404, "MANIFEST_BLOB_UNKNOWN", true)]
    [InlineData(404, "BLOB_UNKNOWN", true)]
    [InlineData(400, "blob_unknown", true)]
    [InlineData(400, "MANIFEST_INVALID", false)]
    [InlineData(404, "NAME_UNKNOWN", false)]
    public async Task A_manifest_whose_blob_is_missing_is_told_from_other_refusals(
        int status, string code, bool isBlobUnknown)
    {
        using ScriptedRegistry registry = new(_ => Answer.Error(status, code));

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => WriteAsync(registry));

        Assert.Equal(isBlobUnknown, RegistryFailure.IsBlobUnknown(failure));
    }

    [Fact]
    public async Task A_temporary_failure_is_repeated_with_the_same_bytes()
    {
        List<byte[]> sent = [];
        using ScriptedRegistry registry = new(async (request, token) =>
        {
            sent.Add(await request.ReadBodyAsync(token));
            return Answer.Status(sent.Count == 1 ? 503 : 201);
        });

        await registry.Clock.DriveAsync(WriteAsync(registry));

        Assert.Equal([ManifestBytes, ManifestBytes], sent);
    }

    [Fact]
    public async Task Writing_asks_for_a_token_that_may_write_and_reading_for_one_that_may_read()
    {
        using ScriptedRegistry registry = new(request => request switch
        {
            { Address.AbsolutePath: "/token" } => Answer.Bytes("""{"token":"t"}"""u8.ToArray()),
            { Authorization: null } => Answer.Challenge("Bearer realm=\"https://registry.example/token\""),
            { Method: "PUT" } => Answer.Status(201),
            _ => Answer.Status(404),
        });

        await WriteAsync(registry);
        await registry.Client.FindDigestAsync(Repository, "v1", Token);

        Assert.Equal(
            ["pull,push", "pull"],
            registry.Seen.Where(request => request.Address.AbsolutePath == "/token")
                .Select(request => Uri.UnescapeDataString(request.Address.Query).Split(':')[^1]));
    }

    private static Task<bool> WriteAsync(ScriptedRegistry registry) => registry.Client.WriteManifestAsync(
        Repository, "v1", ManifestBytes, MediaType.OciManifest, ManifestDigest, Token);
}
