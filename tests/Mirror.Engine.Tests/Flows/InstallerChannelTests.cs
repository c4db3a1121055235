using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The tags <c>install:CHANNEL</c> that a push adds.</summary>
public sealed class InstallerChannelTests
{
    [Theory]
    [InlineData("0.33")]
    [InlineData("0.25.2")]
    public async Task Each_channel_has_the_installer_of_its_version_whether_the_bundle_has_it_or_not(string d8)
    {
        using BundleCopy bundle = new(d8, "platform");
        await using TestRegistry target = await PushRun.StartTargetAsync();

        MirrorReport report = await new PushRun(target.Host, bundle.Folder).PushAsync();

        RepositoryContent install = target.Content.Repository("mirror/ee/install");
        Assert.Equal(
            [
                ("alpha", DigestOf(install, "v1.72.1")), ("beta", DigestOf(install, "v1.71.0")),
                ("early-access", DigestOf(install, "v1.70.2")), ("rock-solid", DigestOf(install, "v1.68.9")),
                ("stable", DigestOf(install, "v1.69.4")),
            ],
            install.Tags.Where(tag => !tag.StartsWith('v')).Order().Select(tag => (tag, DigestOf(install, tag))));
        Assert.Equal(
            install.Tags.Order(),
            report.Plan.Archives.SelectMany(archive => archive.Layouts).Single(layout => layout.Path == "install")
                .Images.Select(image => image.Tag).Order());
    }

    [Fact]
    public async Task They_are_written_with_the_channels_after_all_images()
    {
        using BundleCopy bundle = new("0.33", "platform");
        await using TestRegistry target = await PushRun.StartTargetAsync();

        await new PushRun(target.Host, bundle.Folder).PushAsync();

        string[] tags = [.. target.Requests.All
            .Where(record => record.Request.Method == "PUT" && record.Request.IsManifest())
            .Select(record => $"{record.Request.Route.Repository}:{record.Request.Route.Reference}")];
        Assert.True(
            Array.IndexOf(tags, "mirror/ee/install:alpha") > Array.FindLastIndex(
                tags, tag => tag.Contains(":v1.", StringComparison.Ordinal)
                    && !tag.Contains("release-channel", StringComparison.Ordinal)));
    }

    private static Digest DigestOf(RepositoryContent repository, string tag)
    {
        Assert.True(repository.TryGetManifest(tag, out StoredManifest? manifest));
        return Digest.Parse(manifest.Digest);
    }
}
