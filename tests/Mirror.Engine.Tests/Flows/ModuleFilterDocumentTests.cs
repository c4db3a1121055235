using Mirror.Engine.Tests.Real;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// "Module Filtering" 1 to 7 of the document of d8 mirror 0.25.2, looked for in the bundle. The channel alpha of the
/// module is v1.1.0, the others are v1.0.0, so that channels and constraints can be told apart.
/// </summary>
public sealed class ModuleFilterDocumentTests(DocumentSource source) : IClassFixture<DocumentSource>
{
    private const string Channels = "alpha beta early-access rock-solid stable";

    [Fact]
    public async Task Filter_1_a_name_alone_takes_the_versions_of_all_release_channels()
    {
        IReadOnlyList<StoredImage> bundle = await PullAsync("mymodule");

        Assert.Equal("v1.0.0 v1.1.0", Versions(bundle));
        Assert.Equal($"{Channels} v1.0.0 v1.1.0", Releases(bundle));
    }

    [Theory]
    [InlineData("mymodule@1.3.0")]
    [InlineData("mymodule@^1.3.0")]
    public async Task Filter_2_a_caret_or_a_bare_version_takes_what_is_compatible_and_the_channels(string rule)
    {
        IReadOnlyList<StoredImage> bundle = await PullAsync(rule);

        Assert.Equal("v1.0.0 v1.1.0 v1.3.0 v1.3.3 v1.4.1", Versions(bundle));
        Assert.Equal($"{Channels} v1.0.0 v1.1.0 v1.3.0 v1.3.3 v1.4.1", Releases(bundle));
    }

    [Fact]
    public async Task Filter_2_a_bare_version_is_a_caret() =>
        Assert.Equal(await PullAsync("mymodule@^1.3.0"), await PullAsync("mymodule@1.3.0"));

    [Theory]
    [InlineData("mymodule@~1.3.0")]
    [InlineData("mymodule@>=1.3.0 <1.4.0")]
    public async Task Filter_3_a_tilde_takes_patches_and_the_channels(string rule)
    {
        IReadOnlyList<StoredImage> bundle = await PullAsync(rule);

        Assert.Equal("v1.0.0 v1.1.0 v1.3.0 v1.3.3", Versions(bundle));
        Assert.Equal($"{Channels} v1.0.0 v1.1.0 v1.3.0 v1.3.3", Releases(bundle));
    }

    [Fact]
    public async Task Filter_3_a_tilde_is_the_range_that_the_document_says() =>
        Assert.Equal(await PullAsync("mymodule@>=1.3.0 <1.4.0"), await PullAsync("mymodule@~1.3.0"));

    [Fact]
    public async Task Filter_4_a_range_takes_what_is_in_it()
    {
        IReadOnlyList<StoredImage> bundle = await PullAsync("mymodule@>=1.1.0 <1.3.0");

        Assert.Equal("v1.0.0 v1.1.0 v1.2.0", Versions(bundle));
        Assert.Equal($"{Channels} v1.0.0 v1.1.0 v1.2.0", Releases(bundle));
    }

    [Theory]
    [InlineData("mymodule@=v1.3.0", "v1.3.0")]
    [InlineData("mymodule@=bobV1", "bobV1")]
    public async Task Filters_5_and_6_an_exact_tag_is_alone_and_becomes_all_channels(string rule, string tag)
    {
        IReadOnlyList<StoredImage> bundle = await PullAsync(rule);

        Assert.Equal(tag, Versions(bundle));

        // Beyond the document: lts as well, as both d8 versions do.
        Assert.Equal(
            $"{Channels} lts {tag}".Split(' ').Order(StringComparer.Ordinal), Releases(bundle).Split(' '));
        Assert.Single(Layout(bundle, "modules/mymodule/release").Select(image => image.Digest).Distinct());
    }

    [Fact]
    public async Task Filter_7_an_exact_tag_with_a_channel_becomes_only_that_channel()
    {
        IReadOnlyList<StoredImage> bundle = await PullAsync("mymodule@=v1.3.0+stable");

        Assert.Equal("v1.3.0", Versions(bundle));
        Assert.Equal("stable v1.3.0", Releases(bundle));
        Assert.Single(Layout(bundle, "modules/mymodule/release").Select(image => image.Digest).Distinct());
    }

    private static string Versions(IEnumerable<StoredImage> bundle) => Tags(Layout(bundle, "modules/mymodule"));

    private static string Releases(IEnumerable<StoredImage> bundle) => Tags(Layout(bundle, "modules/mymodule/release"));

    private static IEnumerable<StoredImage> Layout(IEnumerable<StoredImage> bundle, string path) =>
        bundle.Where(image => image.Archive == "module-mymodule.tar" && image.Layout == path);

    private static string Tags(IEnumerable<StoredImage> images) =>
        string.Join(' ', images.Select(image => image.Tag).Order(StringComparer.Ordinal));

    private async Task<IReadOnlyList<StoredImage>> PullAsync(string rule)
    {
        IReadOnlyList<StoredImage> bundle = await source.PullAsync(settings => settings with
        {
            Components = MirrorComponents.Modules,
            IncludeModules = [rule],
        });
        Assert.All(bundle, image => Assert.Equal("module-mymodule.tar", image.Archive));
        return bundle;
    }
}
