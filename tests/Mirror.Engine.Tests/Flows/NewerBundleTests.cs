using System.Text.Json.Nodes;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// A bundle as d8 of autumn 2026 writes it: the tags <c>install:CHANNEL</c> are in it, and the CLI, the installer and
/// plugins have archives of their own.
/// </summary>
public sealed class NewerBundleTests(MiniBundle mini) : IClassFixture<MiniBundle>, IDisposable
{
    private const string Version = "v1.76.2";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("platform.tar")]
    [InlineData("installer.tar")]
    [InlineData("platform.tar", "installer.tar")]
    public async Task Its_tags_are_pushed_as_they_are_and_none_of_them_twice(params string[] archivesWithChannels)
    {
        Write(archivesWithChannels);
        await using TestRegistry target = await PushRun.StartTargetAsync();

        MirrorReport report = await new PushRun(target.Host, _folder.FullName).PushAsync();

        Assert.Equal(
            [
                "mirror/deckhouse-cli/plugins/package:v1.0.0",
                "mirror/deckhouse-cli/plugins:package",
                "mirror/deckhouse-cli:v0.34.0",
                "mirror/ee/install-standalone:v1.76.2",
                "mirror/ee/install:lts",
                "mirror/ee/install:stable",
                "mirror/ee/install:v1.76.2",
                "mirror/ee/release-channel:lts",
                "mirror/ee/release-channel:stable",
                "mirror/ee/release-channel:v1.76.2",
                "mirror/ee:v1.76.2",
                "mirror/installer:latest",
            ],
            Written(target));
        Assert.Equal([FaultCode.PlainHttpUsed], report.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public async Task A_channel_that_it_leaves_out_of_its_installers_is_added_as_for_older_ones()
    {
        Write([]);
        await using TestRegistry target = await PushRun.StartTargetAsync();

        await new PushRun(target.Host, _folder.FullName).PushAsync();

        Assert.Equal(["lts", "stable", Version], target.Content.Repository("mirror/ee/install").Tags.Order());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Of_the_miniature_source_it_is_pushed_to_the_tags_of_an_older_one_and_none_of_them_twice(int seed)
    {
        using BundleCopy newer = BundleCopy.Of(mini.Folder);
        AddChannels(newer, new Random(seed));
        await using TestRegistry expected = await PushRun.StartTargetAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(expected.Host, mini.Folder).PushAsync();

        MirrorReport report = await new PushRun(target.Host, newer.Folder).PushAsync();

        Assert.Equal(expected.Dump(), target.Dump());
        Assert.Equal(Written(expected), Written(target));
        Assert.Superset(
            MiniChannels.ByVersion.Values.Select(channel => $"mirror/ee/install:{channel}").ToHashSet(),
            Written(target).ToHashSet());
        Assert.Equal([FaultCode.PlainHttpUsed], report.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public async Task An_installer_that_it_has_for_a_channel_is_taken_as_it_is()
    {
        using BundleCopy newer = BundleCopy.Of(mini.Folder);
        Array.ForEach(Directory.GetFiles(newer.Folder, "*.json"), File.Delete);
        ForgedArchive.Change(newer.PathOf("platform.tar"), platform => platform.ChangeIndex(
            "install/", index => index["manifests"]!.AsArray().Add(Installer(index, "v1.70.2", "stable"))));
        await using TestRegistry target = await PushRun.StartTargetAsync();

        await new PushRun(target.Host, newer.Folder).PushAsync();

        RepositoryContent installers = target.Content.Repository("mirror/ee/install");
        Assert.True(installers.TryGetManifest("stable", out StoredManifest? own));
        Assert.True(installers.TryGetManifest("v1.70.2", out StoredManifest? named));
        Assert.Equal(named.Digest, own.Digest);
        Assert.Single(Written(target), "mirror/ee/install:stable");
    }

    /// <summary>Each channel among the installers of one archive, of both, or left to the push.</summary>
    private static void AddChannels(BundleCopy bundle, Random random)
    {
        Array.ForEach(Directory.GetFiles(bundle.Folder, "*.json"), File.Delete);
        ForgedArchive.Change(bundle.PathOf("platform.tar"), platform =>
        {
            ForgedArchive.Change(bundle.PathOf("installer.tar"), installer =>
            {
                installer.Entries.AddRange(platform.Entries.Where(
                    entry => entry.Name.StartsWith("install/", StringComparison.Ordinal)));
                installer.ChangeIndex("install/", index => index["manifests"] = new JsonArray([.. Draw(index)]));
            });
            platform.ChangeIndex("install/", index => index["manifests"] = new JsonArray(
                [.. index["manifests"]!.AsArray().Select(image => image!.DeepClone()), .. Draw(index)]));
        });

        JsonNode[] Draw(JsonObject index) => [.. MiniChannels.ByVersion.Where(_ => random.Next(2) == 0)
            .Select(channel => Installer(index, channel.Key, channel.Value))];
    }

    /// <summary>The descriptor of a version's installer, under another tag.</summary>
    private static JsonObject Installer(JsonObject index, string version, string tag) => DrawnArchive.Tagged(
        (JsonObject)index["manifests"]!.AsArray()
            .Single(image => (string?)image!["annotations"]![ForgedArchive.ShortTag] == version)!
            .DeepClone(),
        tag);

    /// <summary>The tags that were written, each as often as it was, in ordinal order.</summary>
    private static IEnumerable<string> Written(TestRegistry target) => target.Requests.All
        .Where(record => record.Request.Method == "PUT" && record.Request.IsManifest()
            && !record.Request.Route.Reference.Contains(':', StringComparison.Ordinal))
        .Select(record => $"{record.Request.Route.Repository}:{record.Request.Route.Reference}")
        .Order(StringComparer.Ordinal);

    private void Write(string[] archivesWithChannels)
    {
        DrawnArchive platform = new DrawnArchive()
            .Layout("", (Version, "platform"))
            .Layout("install-standalone/", (Version, "standalone"));
        JsonObject release = Release(platform, "release-channel/");
        platform
            .Descriptors("release-channel/", [.. Tags(release, Version, "stable", "lts")])
            .Layout("install/", [.. Installers("platform.tar", Version)])
            .Write(_folder.Combine("platform.tar"));
        DrawnArchive installer = new DrawnArchive().Layout("installer/", ("latest", "stand-alone"));
        if (archivesWithChannels.Contains("installer.tar"))
        {
            installer.Layout("install/", [.. Installers("installer.tar")]);
        }

        installer.Write(_folder.Combine("installer.tar"));
        new DrawnArchive().Layout("deckhouse-cli/", ("v0.34.0", "d8")).Write(_folder.Combine("deckhouse-cli.tar"));
        new DrawnArchive().Layout("deckhouse-cli/plugins/package/", ("v1.0.0", "plugin"))
            .Write(_folder.Combine("plugin-package.tar"));

        IEnumerable<(string? Tag, string Label)> Installers(string archive, params string[] versions) => versions
            .Concat(archivesWithChannels.Contains(archive) ? ["stable", "lts"] : [])
            .Select(tag => ((string?)tag, "installer"));
    }

    private static JsonObject Release(DrawnArchive archive, string path)
    {
        byte[] layer = TarGzip.Write(("version.json", $$"""{"version":"{{Version}}"}"""), ("changelog.yaml", "{}\n"));
        return archive.Archive.Put(path, ForgedArchive.Json(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ForgedArchive.OciManifest,
            ["config"] = archive.Archive.Put(path, ForgedArchive.Json(new { label = "release" }), DrawnArchive.Config),
            ["layers"] = new JsonArray(archive.Archive.Put(path, layer, DrawnArchive.Layer)),
        }));
    }

    private static IEnumerable<JsonNode> Tags(JsonObject descriptor, params string[] tags) =>
        tags.Select(tag => DrawnArchive.Tagged((JsonObject)descriptor.DeepClone(), tag));
}
