using System.Net;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

public sealed class RegistryPullTests
{
    private static readonly string LayerPath = $"/v2/app/blobs/{SmallContent.LayerDigest}";

    [Fact]
    public async Task A_manifest_is_served_alike_by_tag_and_by_digest()
    {
        await using var registry = await StartAsync("one");
        using var caller = new RegistryCaller(registry);

        foreach (var reference in new[] { "one", SmallContent.ManifestDigest })
        {
            using var response = await caller.GetAsync($"/v2/app/manifests/{reference}");
            Assert.Equal(SmallContent.Manifest, await RegistryCaller.BodyAsync(response));
            Assert.Equal(MediaTypes.OciManifest, RegistryCaller.Header(response, "Content-Type"));
            Assert.Equal(SmallContent.ManifestDigest, RegistryCaller.Header(response, "Docker-Content-Digest"));
        }
    }

    [Fact]
    public async Task A_registry_that_lists_no_tags_still_serves_each()
    {
        await using var registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = SmallContent.WithTags("one"), AllowTagLists = false },
            TestContext.Current.CancellationToken);
        using var caller = new RegistryCaller(registry);

        using var list = await caller.GetAsync("/v2/app/tags/list");
        using var tag = await caller.HeadAsync("/v2/app/manifests/one");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, list.StatusCode);
        Assert.Equal(HttpStatusCode.OK, tag.StatusCode);
    }

    [Fact]
    public async Task Head_tells_size_type_and_digest_without_a_body()
    {
        await using var registry = await StartAsync("one");
        using var caller = new RegistryCaller(registry);

        using var manifest = await caller.HeadAsync("/v2/app/manifests/one");
        using var blob = await caller.HeadAsync(LayerPath);

        Assert.Equal(SmallContent.Manifest.Length, manifest.Content.Headers.ContentLength);
        Assert.Equal(SmallContent.ManifestDigest, RegistryCaller.Header(manifest, "Docker-Content-Digest"));
        Assert.Equal(SmallContent.Layer.Length, blob.Content.Headers.ContentLength);
        Assert.Empty(await RegistryCaller.BodyAsync(blob));
        Assert.All(registry.Requests.All, record => Assert.Equal(0, record.BodyBytes));
    }

    [Theory]
    [InlineData("bytes=0-99", 0, 100)]
    [InlineData("bytes=900-", 900, 100)]
    [InlineData("bytes=990-5000", 990, 10)]
    [InlineData("bytes=-10", 990, 10)]
    [InlineData("bytes=999-999", 999, 1)]
    public async Task A_range_gives_that_part_of_the_blob(string range, int offset, int length)
    {
        await using var registry = await StartAsync("one");
        using var caller = new RegistryCaller(registry);

        using var response = await caller.GetAsync(LayerPath, range);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(
            $"bytes {offset}-{offset + length - 1}/1000", RegistryCaller.Header(response, "Content-Range"));
        Assert.Equal(SmallContent.Layer[offset..(offset + length)], await RegistryCaller.BodyAsync(response));
        Assert.Equal(range, Assert.Single(registry.Requests.Blobs()).Range);
    }

    [Fact]
    public async Task A_range_behind_the_end_is_refused_and_a_malformed_one_ignored()
    {
        await using var registry = await StartAsync("one");
        using var caller = new RegistryCaller(registry);

        using var behind = await caller.GetAsync(LayerPath, "bytes=1000-");
        using var malformed = await caller.GetAsync(LayerPath, "bytes=5-2");

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, behind.StatusCode);
        Assert.Equal("bytes */1000", RegistryCaller.Header(behind, "Content-Range"));
        Assert.Equal(HttpStatusCode.OK, malformed.StatusCode);
        Assert.Equal(SmallContent.Layer, await RegistryCaller.BodyAsync(malformed));
    }

    [Fact]
    public async Task Tag_pages_follow_their_links_to_every_tag_once()
    {
        string[] tags = ["a", "b", "c", "d", "e", "sha256-x.att", "v1.0.0+x"];
        await using var registry = await StartAsync(tags);
        using var caller = new RegistryCaller(registry);
        var seen = new List<string>();

        for (var next = "/v2/app/tags/list?n=3"; next is not null;)
        {
            using var response = await caller.GetAsync(next);
            var page = await RegistryCaller.JsonAsync(response);
            Assert.Equal("app", page.GetProperty("name").GetString());
            seen.AddRange(page.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!));
            next = RegistryCaller.Header(response, "Link")?.Split('<', '>')[1];
        }

        Assert.Equal(tags, seen);
        Assert.Equal(3, registry.Requests.TagLists("app").Count);
    }

    [Fact]
    public async Task A_registry_may_give_smaller_pages_than_it_was_asked_for()
    {
        await using var registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = SmallContent.WithTags("a", "b", "c"), MaxPageSize = 2 },
            TestContext.Current.CancellationToken);
        using var caller = new RegistryCaller(registry);

        using var response = await caller.GetAsync("/v2/app/tags/list?n=1000");

        Assert.Equal(2, (await RegistryCaller.JsonAsync(response)).GetProperty("tags").GetArrayLength());
        Assert.Equal("</v2/app/tags/list?last=b&n=2>; rel=\"next\"", RegistryCaller.Header(response, "Link"));
    }

    [Theory]
    [InlineData("/v2/app/manifests/none", "MANIFEST_UNKNOWN")]
    [InlineData("/v2/none/manifests/one", "NAME_UNKNOWN")]
    [InlineData("/v2/none/tags/list", "NAME_UNKNOWN")]
    public async Task What_is_not_there_is_named_by_the_code_of_the_specification(string path, string code)
    {
        await using var registry = await StartAsync("one");
        using var caller = new RegistryCaller(registry);

        using var response = await caller.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(code, await RegistryCaller.ErrorCodeAsync(response));
    }

    [Fact]
    public async Task Basic_authentication_lets_one_user_in_and_logs_no_secret()
    {
        await using var registry = await TestRegistry.StartAsync(
            new TestRegistryOptions
            {
                Content = SmallContent.WithTags("one"),
                Credential = new TestCredential("license-token", "right"),
            },
            TestContext.Current.CancellationToken);
        using var caller = new RegistryCaller(registry);

        using var anonymous = await caller.GetAsync("/v2/");
        using var wrong = await caller.GetAsAsync("/v2/", "license-token", "wrong");
        using var right = await caller.GetAsAsync("/v2/", "license-token", "right");

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal("Basic realm=\"test registry\"", RegistryCaller.Header(anonymous, "WWW-Authenticate"));
        Assert.Equal("UNAUTHORIZED", await RegistryCaller.ErrorCodeAsync(wrong));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal([false, true, true], registry.Requests.All.Select(record => record.HasAuthorization));
        Assert.DoesNotContain(registry.Requests.All, record => record.ToString().Contains("Basic"));
    }

    private static Task<TestRegistry> StartAsync(params string[] tags) => TestRegistry.StartAsync(
        new TestRegistryOptions { Content = SmallContent.WithTags(tags) }, TestContext.Current.CancellationToken);
}
