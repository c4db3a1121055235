using System.Security.Cryptography;
using Mirror.Engine.Oci;
using Mirror.Engine.Registry.Reading;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

public sealed class ManifestRequestsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tag_is_one_HEAD_that_accepts_every_kind_of_manifest()
    {
        using ScriptedRegistry registry = new(_ => Answer.Manifest(ManifestBytes, ManifestDigest.ToString()));

        Digest? digest = await registry.Client.FindDigestAsync(Repository, "v1.69.0", Token);

        Assert.Equal(ManifestDigest, digest);
        SeenRequest request = Assert.Single(registry.Seen);
        Assert.Equal("HEAD https://registry.example/v2/deckhouse/ee/manifests/v1.69.0", request.ToString());
        Assert.Contains(MediaType.OciIndex, request.Accept, StringComparison.Ordinal);
        Assert.Contains(MediaType.DockerManifest, request.Accept, StringComparison.Ordinal);
        Assert.Equal("identity", request.AcceptEncoding);
        Assert.Equal(1, registry.Client.Requests);
    }

    [Fact]
    public async Task A_missing_tag_is_an_answer_not_a_fault_and_GET_proves_it()
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(404));

        Assert.Null(await registry.Client.FindDigestAsync(Repository, "v9", Token));
        Assert.Equal(["HEAD", "GET"], registry.Seen.Select(request => request.Method));
        Assert.Null(await registry.Client.FindManifestAsync(Repository, "v9", Token));
        Assert.Equal(["HEAD", "GET", "GET"], registry.Seen.Select(request => request.Method));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(503)]
    public async Task A_HEAD_that_tells_no_digest_is_followed_by_GET_and_a_hash(int status)
    {
        using ScriptedRegistry registry = new(request => request.Method == "HEAD"
            ? Answer.Status(status)
            : Answer.Manifest(ManifestBytes));

        Assert.Equal(ManifestDigest, await registry.Client.FindDigestAsync(Repository, "v1", Token));
        Assert.Equal(2, registry.Seen.Count);
    }

    [Fact]
    public async Task A_HEAD_that_never_tells_anything_is_asked_no_more()
    {
        using ScriptedRegistry registry = new(request => request.Method == "HEAD"
            ? Answer.Status(501)
            : Answer.Manifest(ManifestBytes));

        for (int tag = 0; tag < 30; tag++)
        {
            Assert.Equal(ManifestDigest, await registry.Client.FindDigestAsync(Repository, $"v{tag}", Token));
        }

        Assert.Equal(8, registry.Seen.Count(request => request.Method == "HEAD"));
        Assert.Empty(registry.Clock.Waits);
    }

    [Fact]
    public async Task A_HEAD_whose_redirect_refuses_it_is_followed_by_GET()
    {
        using ScriptedRegistry registry = new(request => request switch
        {
            { Address.Host: "storage.example" } => Answer.Status(403),
            { Method: "HEAD" } => Answer.Redirect("https://storage.example/x"),
            _ => Answer.Manifest(ManifestBytes),
        });

        Assert.Equal(ManifestDigest, await registry.Client.FindDigestAsync(Repository, "v1", Token));
    }

    [Fact]
    public async Task A_web_page_instead_of_a_manifest_says_nothing_about_the_manifest()
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(200, "\uFEFF <html>Sign in</html>"));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindDigestAsync(Repository, "v1", Token));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
    }

    [Theory]
    [InlineData("<html>404 no route</html>")]
    [InlineData("404 page not found")]
    [InlineData("{\"message\":\"no Route matched\"}")]
    [InlineData("{\"errors\":null}")]
    public async Task A_404_that_is_not_in_the_form_of_a_registry_proves_nothing(string body)
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(404, body));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindDigestAsync(Repository, "v1", Token));
        Fault list = await registry.FaultOfAsync(registry.Client.FindTagsAsync(Repository, Token));

        Assert.Equal((FaultCode.AbsenceUnproven, FaultCode.AbsenceUnproven), (fault.Code, list.Code));
        Assert.Contains("tag v1 of deckhouse/ee", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("{\"errors\":[]}")]
    [InlineData("{\"errors\":[{\"code\":\"NOT_FOUND\",\"message\":\"artifact not found\"}]}")]
    [InlineData("{\"errors\":[{\"status\":404}]}")]
    public async Task A_404_of_a_registry_proves_absence(string body)
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(404, body));

        Assert.Null(await registry.Client.FindDigestAsync(Repository, "v1", Token));
        Assert.Null(await registry.Client.FindTagsAsync(Repository, Token));
    }

    [Fact]
    public async Task A_refused_HEAD_gives_the_reason_that_GET_tells()
    {
        using ScriptedRegistry registry = new(request => request.Method == "HEAD"
            ? Answer.Status(403)
            : Answer.Error(403, "DENIED", "no\\u0007 such edition"));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindDigestAsync(Repository, "v1", Token));

        Assert.Equal(FaultCode.Forbidden, fault.Code);
        Assert.Contains("\"DENIED: no such edition\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains("tag v1 of deckhouse/ee", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_404_that_says_denied_is_no_absence()
    {
        using ScriptedRegistry registry = new(_ => Answer.Error(404, "DENIED"));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindManifestAsync(Repository, "v1", Token));

        Assert.Equal(FaultCode.Forbidden, fault.Code);
    }

    [Fact]
    public async Task A_manifest_comes_with_its_bytes_digest_and_media_type_without_parameters()
    {
        using ScriptedRegistry registry = new(
            _ => Answer.Manifest(ManifestBytes, type: ManifestType + "; charset=utf-8"));

        ManifestContent? content = await registry.Client.FindManifestAsync(
            Repository, ManifestDigest.ToString(), Token);

        Assert.NotNull(content);
        Assert.Equal(ManifestBytes, content.Bytes.ToArray());
        Assert.Equal((ManifestDigest, ManifestType), (content.Digest, content.MediaType));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("application/octet-stream")]
    public async Task A_media_type_that_says_nothing_is_left_to_the_manifest_itself(string type)
    {
        using ScriptedRegistry registry = new(_ => Answer.Manifest(ManifestBytes, type: type));

        ManifestContent? content = await registry.Client.FindManifestAsync(Repository, "v1", Token);

        Assert.Equal("", content?.MediaType);
    }

    [Fact]
    public async Task Other_bytes_than_those_of_the_digest_asked_for_are_refused()
    {
        using ScriptedRegistry registry = new(_ => Answer.Manifest([1, 2, 3], ManifestDigest.ToString()));

        Fault fault = await registry.FaultOfAsync(
            registry.Client.FindManifestAsync(Repository, ManifestDigest.ToString(), Token));

        Assert.Equal(FaultCode.ManifestDigestMismatch, fault.Code);
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task A_digest_header_that_contradicts_the_bytes_of_a_tag_is_refused()
    {
        using ScriptedRegistry registry = new(_ => Answer.Manifest(ManifestBytes, $"sha256:{new string('b', 64)}"));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindManifestAsync(Repository, "v1", Token));

        Assert.Equal(FaultCode.ManifestDigestMismatch, fault.Code);
    }

    [Fact]
    public async Task A_sha512_digest_is_checked_as_such()
    {
        Digest digest = Digest.Parse($"sha512:{Convert.ToHexStringLower(SHA512.HashData(ManifestBytes))}");
        using ScriptedRegistry registry = new(_ => Answer.Manifest(ManifestBytes));

        ManifestContent? content = await registry.Client.FindManifestAsync(Repository, digest.ToString(), Token);

        Assert.Equal(digest, content?.Digest);
    }

    [Fact]
    public async Task A_manifest_over_the_limit_is_refused_whether_or_not_it_says_its_length()
    {
        byte[] large = new byte[OciLimits.ManifestBytes + 1];
        using ScriptedRegistry told = new(_ => Answer.Manifest(large));
        using ScriptedRegistry untold = new(_ => Answer.Streamed(new MemoryStream(large)));

        Fault first = await told.FaultOfAsync(told.Client.FindManifestAsync(Repository, "v1", Token));
        Fault second = await untold.FaultOfAsync(untold.Client.FindManifestAsync(Repository, "v1", Token));

        Assert.Equal(
            (FaultCode.MetadataTooLarge, FaultCode.MetadataTooLarge), (first.Code, second.Code));
    }

    [Fact]
    public async Task A_manifest_of_schema_1_is_refused_by_name()
    {
        using ScriptedRegistry registry = new(_ => Answer.Manifest(
            ManifestBytes, type: "application/vnd.docker.distribution.manifest.v1+prettyjws"));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindManifestAsync(Repository, "v1", Token));

        Assert.Equal(FaultCode.ManifestMalformed, fault.Code);
        Assert.Contains("schema 1", fault.Message, StringComparison.Ordinal);
    }
}
