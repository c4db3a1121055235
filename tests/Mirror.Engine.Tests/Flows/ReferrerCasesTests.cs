using System.Text.Json;
using System.Text.Json.Nodes;
using Mirror.Engine.Oci;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Cases;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;
using EngineDigest = Mirror.Engine.Digest;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// Images that refer to another one by their <c>subject</c>, at registries with and without the referrers API. The
/// content of the tag is what distribution-spec 1.1 says under "Referrers Tag Schema".
/// </summary>
public sealed class ReferrerCasesTests
{
    private const string Layout = "install/";
    private const string Repository = "mirror/ee/install";
    private const string ArtifactType = "application/vnd.example.signature";

    private static readonly string Subject = ForgedArchive.DigestOf("subject"u8.ToArray());
    private static readonly string FallbackTag = Subject.Replace(':', '-');

    private static TestRegistryOptions WithoutReferrers => new() { Content = new ContentSet(), HasReferrers = false };

    [Theory]
    [InlineData("wire-fallback-tag")]
    public void The_tag_is_made_of_the_subject(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        Referrer referrer = new(EngineDigest.Parse(SpecCase.Text(spec.Input, "subject")!), []);

        CaseFile.Check(spec, SpecCase.Text(spec.Wanted, "tag")!, referrer.Tag);
    }

    [Fact]
    public void A_longer_digest_is_cut_to_what_a_tag_may_hold() =>
        Assert.Equal(
            "sha512-" + new string('a', 64),
            new Referrer(EngineDigest.Parse("sha512:" + new string('a', 128)), []).Tag);

    [Theory]
    [InlineData("wire-subject-header-present", true)]
    [InlineData("wire-subject-header-absent", false)]
    public async Task The_tag_is_written_where_the_registry_keeps_no_list_itself(string id, bool hasReferrers)
    {
        SpecCase spec = CaseFile.Push[id];
        await using TestRegistry target = await PushRun.StartTargetAsync(
            new TestRegistryOptions { Content = new ContentSet(), HasReferrers = hasReferrers });

        await PushAsync(target, ("v1.69.0", Drawing("one")));

        CaseFile.Check(
            spec,
            SpecCase.Any(spec.Wanted, "fallbackTagWritten")!,
            $"{Stored(target).Tags.Contains(FallbackTag)}");
    }

    [Fact]
    public async Task The_index_says_of_each_referrer_what_the_registry_would_have_said()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync(WithoutReferrers);

        await PushAsync(target, ("v1.69.0", Drawing("one", ArtifactType)), ("v1.69.1", Drawing("two")));

        JsonElement[] entries = [.. Referrers(target)];
        Assert.Equal(
            [("v1.69.0", ArtifactType, "one"), ("v1.69.1", DrawnArchive.Config, "two")],
            entries
                .Select(entry => (
                    TagOf(target, entry.GetProperty("digest").GetString()!),
                    entry.GetProperty("artifactType").GetString()!,
                    entry.GetProperty("annotations").GetProperty("label").GetString()!))
                .Order());
        Assert.All(entries, entry => Assert.Equal(
            (ForgedArchive.OciManifest, true),
            (entry.GetProperty("mediaType").GetString(), entry.GetProperty("size").GetInt64() > 0)));
    }

    [Fact]
    public async Task What_others_have_put_into_the_index_stays_and_nothing_is_in_it_twice()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync(WithoutReferrers);
        await PushAsync(target, ("v1.69.0", Drawing("one")));

        // The same image under another tag: its entry is there.
        await PushAsync(target, ("v1.69.5", Drawing("one")));
        await PushAsync(target, ("v1.69.2", Drawing("two")));

        Assert.Equal(["one", "two"], Labels(target));
    }

    [Fact]
    public async Task A_registry_that_shows_the_index_late_keeps_every_entry()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync(WithoutReferrers);
        target.Faults.Add(
            request => request.Method == "GET" && request.IsManifest(Repository, FallbackTag),
            new RegistryFault { Status = 404, ErrorCode = "MANIFEST_UNKNOWN" });

        await PushAsync(
            target, ("v1.69.0", Drawing("one")), ("v1.69.1", Drawing("two")), ("v1.69.2", Drawing("three")));

        Assert.Equal(["one", "three", "two"], Labels(target));
    }

    [Fact]
    public async Task A_push_that_ended_between_the_image_and_its_entry_is_mended_by_the_next()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync(WithoutReferrers);
        target.Faults.Add(
            request => request.Method == "PUT" && request.IsManifest(Repository, FallbackTag),
            new RegistryFault { Status = 403, ErrorCode = "DENIED" });
        await Assert.ThrowsAsync<MirrorException>(() => PushAsync(target, ("v1.69.0", Drawing("one"))));
        Assert.Empty(Stored(target).Tags);
        target.Faults.Clear();

        await PushAsync(target, ("v1.69.0", Drawing("one")));

        Assert.Equal(["one"], Labels(target));
    }

    [Fact]
    public async Task A_tag_of_that_name_that_is_no_index_is_a_fault_and_stays()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync(WithoutReferrers);
        await PushAsync(target, (FallbackTag, Drawing("one", subject: null)));

        MirrorException failure =
            await Assert.ThrowsAsync<MirrorException>(() => PushAsync(target, ("v1.69.0", Drawing("two"))));

        Assert.Equal("D8M2018", Assert.Single(failure.Faults).Code);
        Assert.DoesNotContain("v1.69.0", Stored(target).Tags);
    }

    [Fact]
    public async Task A_tag_of_that_name_in_the_bundle_is_pushed_as_it_is()
    {
        await using TestRegistry target = await PushRun.StartTargetAsync(WithoutReferrers);

        await PushAsync(target, (FallbackTag, Drawing("one", subject: null)), ("v1.69.0", Drawing("two")));

        Assert.Single(
            target.Requests.All,
            record => record.Method == "PUT" && record.Request.IsManifest(Repository, FallbackTag));
    }

    private static Func<DrawnArchive, JsonObject> Drawing(string label, string? type = null) =>
        Drawing(label, Subject, type);

    private static Func<DrawnArchive, JsonObject> Drawing(string label, string? subject, string? type = null) =>
        drawn =>
        {
            JsonObject manifest = new()
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = ForgedArchive.OciManifest,
                ["config"] = drawn.Archive.Put(Layout, ForgedArchive.Json(new { label }), DrawnArchive.Config),
                ["layers"] = new JsonArray(),
                ["annotations"] = new JsonObject { ["label"] = label },
            };
            if (type is not null)
            {
                manifest["artifactType"] = type;
            }

            if (subject is not null)
            {
                manifest["subject"] = new JsonObject
                {
                    ["mediaType"] = ForgedArchive.OciManifest,
                    ["digest"] = subject,
                    ["size"] = 7,
                };
            }

            return drawn.Archive.Put(Layout, ForgedArchive.Json(manifest));
        };

    private static async Task PushAsync(
        TestRegistry target, params (string Tag, Func<DrawnArchive, JsonObject> Draw)[] images)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.Combine("bundle"));
        DrawnArchive drawn = new();
        drawn.Descriptors(
            Layout, [.. images.Select(image => DrawnArchive.Tagged(image.Draw(drawn), image.Tag))]);
        drawn.Write(folder.Combine("bundle/platform.tar"));
        await new PushRun(target.Host, folder.Combine("bundle")).PushAsync();
    }

    private static RepositoryContent Stored(TestRegistry target) => target.Content.Repository(Repository);

    private static string TagOf(TestRegistry target, string digest) => Stored(target).Tags.Single(
        tag => Stored(target).TryGetManifest(tag, out StoredManifest? manifest) && manifest.Digest == digest);

    private static IEnumerable<JsonElement> Referrers(TestRegistry target)
    {
        Assert.True(Stored(target).TryGetManifest(FallbackTag, out StoredManifest? stored));
        using JsonDocument index = JsonDocument.Parse(stored.Bytes);
        return [.. index.RootElement.GetProperty("manifests").EnumerateArray().Select(entry => entry.Clone())];
    }

    private static IEnumerable<string?> Labels(TestRegistry target) =>
        Referrers(target)
            .Select(entry => entry.GetProperty("annotations").GetProperty("label").GetString())
            .Order(StringComparer.Ordinal);
}
