using System.Net;
using System.Text;
using System.Text.Json;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

public sealed class RegistryReferrersTests
{
    private const string Signature = "application/vnd.test.signature";
    private const string ConfigType = "application/vnd.test.config";

    private static readonly string Referrers = $"/v2/app/referrers/{SmallContent.ManifestDigest}";
    private static readonly byte[] Signed = Referrer(SmallContent.ManifestDigest, Signature);
    private static readonly byte[] Plain = Referrer(SmallContent.ManifestDigest, artifactType: null);

    [Fact]
    public async Task A_pushed_subject_is_confirmed_even_if_it_is_not_there()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        var nowhere = Sha256Digest.Of("nowhere"u8);

        using var image = await caller.PutManifestAsync("/v2/app/manifests/v1", SmallContent.Manifest);
        using var referrer = await caller.PutManifestAsync(
            "/v2/app/manifests/referrer", Referrer(nowhere, Signature));

        Assert.Equal(HttpStatusCode.Created, referrer.StatusCode);
        Assert.Equal(nowhere, RegistryCaller.Header(referrer, "OCI-Subject"));
        Assert.Null(RegistryCaller.Header(image, "OCI-Subject"));
    }

    [Fact]
    public async Task Referrers_are_listed_as_an_index_with_their_type_and_annotations()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        await PushReferrersAsync(caller);

        using var answer = await caller.GetAsync(Referrers);
        var index = await RegistryCaller.JsonAsync(answer);
        var listed = index.GetProperty("manifests").EnumerateArray()
            .ToDictionary(descriptor => descriptor.GetProperty("digest").GetString()!);
        var signed = listed[Sha256Digest.Of(Signed)];

        Assert.Equal(MediaTypes.OciIndex, RegistryCaller.Header(answer, "Content-Type"));
        Assert.Null(RegistryCaller.Header(answer, "OCI-Filters-Applied"));
        Assert.Equal(MediaTypes.OciIndex, index.GetProperty("mediaType").GetString());
        Assert.Equal(2, index.GetProperty("schemaVersion").GetInt32());
        Assert.Equal(2, listed.Count);
        Assert.Equal(MediaTypes.OciManifest, signed.GetProperty("mediaType").GetString());
        Assert.Equal(Signed.Length, signed.GetProperty("size").GetInt32());
        Assert.Equal(Signature, signed.GetProperty("artifactType").GetString());
        Assert.Equal("yes", signed.GetProperty("annotations").GetProperty("invented").GetString());

        // Without a type of its own a manifest has that of its configuration (image-spec 1.1).
        Assert.Equal(ConfigType, listed[Sha256Digest.Of(Plain)].GetProperty("artifactType").GetString());
    }

    [Fact]
    public async Task A_filtered_list_has_that_type_only_and_says_that_it_is_filtered()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        await PushReferrersAsync(caller);

        using var answer = await caller.GetAsync($"{Referrers}?artifactType={Signature}");

        Assert.Equal("artifactType", RegistryCaller.Header(answer, "OCI-Filters-Applied"));
        Assert.Equal([Sha256Digest.Of(Signed)], await DigestsAsync(answer));
    }

    [Fact]
    public async Task A_deleted_referrer_is_listed_no_more()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);
        await PushReferrersAsync(caller);

        using var deleted = await caller.SendAsync(HttpMethod.Delete, $"/v2/app/manifests/{Sha256Digest.Of(Plain)}");
        using var answer = await caller.GetAsync(Referrers);

        Assert.Equal([Sha256Digest.Of(Signed)], await DigestsAsync(answer));
    }

    [Theory]
    [InlineData("app")]
    [InlineData("none")]
    public async Task Nobody_refers_to_what_is_not_there(string repository)
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        using var answer = await caller.GetAsync($"/v2/{repository}/referrers/{Sha256Digest.Of("nowhere"u8)}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await DigestsAsync(answer));
    }

    [Fact]
    public async Task What_is_no_digest_has_no_referrers_and_a_subject_must_have_one()
    {
        await using var registry = await StartAsync();
        using var caller = new RegistryCaller(registry);

        using var list = await caller.GetAsync("/v2/app/referrers/one");
        using var pushed = await caller.PutManifestAsync(
            "/v2/app/manifests/x", """{ "subject": { "size": 1 } }"""u8.ToArray());

        Assert.Equal(HttpStatusCode.BadRequest, list.StatusCode);
        Assert.Equal("DIGEST_INVALID", await RegistryCaller.ErrorCodeAsync(list));
        Assert.Equal("MANIFEST_INVALID", await RegistryCaller.ErrorCodeAsync(pushed));
    }

    [Fact]
    public async Task A_registry_without_referrers_takes_the_manifest_and_says_nothing_of_its_subject()
    {
        await using var registry = await StartAsync(hasReferrers: false);
        using var caller = new RegistryCaller(registry);

        using var pushed = await caller.PutManifestAsync("/v2/app/manifests/signature", Signed);
        using var list = await caller.GetAsync(Referrers);

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.Null(RegistryCaller.Header(pushed, "OCI-Subject"));
        Assert.Equal(HttpStatusCode.NotFound, list.StatusCode);
    }

    private static async Task PushReferrersAsync(RegistryCaller caller)
    {
        foreach (var manifest in new[] { Signed, Plain, Referrer(SmallContent.LayerDigest, Signature) })
        {
            using var pushed = await caller.PutManifestAsync(
                $"/v2/app/manifests/{Sha256Digest.Of(manifest)}", manifest);
            Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        }
    }

    private static async Task<string?[]> DigestsAsync(HttpResponseMessage answer) =>
        [.. (await RegistryCaller.JsonAsync(answer)).GetProperty("manifests").EnumerateArray()
            .Select(descriptor => descriptor.GetProperty("digest").GetString())];

    private static byte[] Referrer(string subject, string? artifactType) => Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(new
        {
            schemaVersion = 2,
            mediaType = MediaTypes.OciManifest,
            artifactType,
            config = new
            {
                mediaType = ConfigType,
                digest = Sha256Digest.Of(SmallContent.Config),
                size = SmallContent.Config.Length,
            },
            subject = new { mediaType = MediaTypes.OciManifest, digest = subject, size = 1 },
            annotations = new { invented = "yes" },
        }));

    private static Task<TestRegistry> StartAsync(bool hasReferrers = true) => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = SmallContent.WithTags("one"), HasReferrers = hasReferrers },
        TestContext.Current.CancellationToken);
}
