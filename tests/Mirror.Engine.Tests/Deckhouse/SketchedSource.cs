using System.Text.Json;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>
/// A Deckhouse source drawn by a test: repositories below <c>r/ee</c> and images that hold a few small files. It can be
/// drawn into another source as well.
/// </summary>
internal sealed class SketchedSource(ContentSet content, string edition)
{
    /// <summary>The edition's repository, unless another was given.</summary>
    public const string Edition = "r/ee";

    /// <summary>The platform's release channels.</summary>
    public const string Channels = $"{Edition}/release-channel";

    public SketchedSource()
        : this(new ContentSet(), Edition)
    {
    }

    public ContentSet Content => content;

    /// <summary>Adds an image of one layer with these files under these tags, and gives its digest.</summary>
    /// <param name="repository">The repository, with everything above it.</param>
    /// <param name="tags">Its tags; none: it is known by digest alone.</param>
    /// <param name="files">The files of its layer.</param>
    public string Image(string repository, string[] tags, params (string Name, string Text)[] files) => ImageWriter.Add(
        Content.Repository(repository),
        ImageKind.Oci,
        $"{repository}:{string.Join(',', tags)}",
        [new BytesBlob(TarGzip.Write([("label", $"{repository}:{string.Join(',', tags)}"), .. files]))],
        tags);

    /// <summary>An index of images that are there, under a tag; gives its digest.</summary>
    public string Index(string repository, string tag, params (string Architecture, string Digest)[] children)
    {
        RepositoryContent target = Content.Repository(repository);
        StoredManifest index = new(MediaTypes.OciIndex, ImageWriter.Json(new
        {
            schemaVersion = 2,
            mediaType = MediaTypes.OciIndex,
            manifests = children.Select(child => new
            {
                mediaType = MediaTypes.OciManifest,
                digest = child.Digest,
                size = target.Manifests.Single(manifest => manifest.Digest == child.Digest).Bytes.Length,
                platform = new { os = "linux", architecture = child.Architecture },
            }),
        }));
        target.AddManifest(index, tag);
        return index.Digest;
    }

    /// <summary>A platform release in its four repositories, with these component images.</summary>
    public void Platform(string tag, params string[] components)
    {
        Build(tag, components);
        Release($"{edition}/release-channel", tag, tag);
    }

    /// <summary>A platform build that has no release image.</summary>
    public void Build(string tag, params string[] components)
    {
        Image(edition, [tag]);
        string[] digests = [.. components.Select(component => Image(edition, [], ("component", component)))];
        Dictionary<string, string> module = digests.Index()
            .ToDictionary(pair => $"image{pair.Index}", pair => pair.Item);
        string list = JsonSerializer.Serialize(new { module });
        Image($"{edition}/install", [tag], ("deckhouse/candi/images_digests.json", list));
        Image($"{edition}/install-standalone", [tag]);
    }

    /// <summary>A version of a module or package with its release image.</summary>
    /// <param name="catalogue"><c>modules</c> or <c>packages</c>.</param>
    /// <param name="name">Its name, which becomes a tag of the catalogue.</param>
    /// <param name="tag">The version.</param>
    /// <param name="files">Files of the main image, for example <c>extra_images.json</c>.</param>
    public void Version(string catalogue, string name, string tag, params (string Name, string Text)[] files)
    {
        string root = $"{edition}/{catalogue}";
        Image(root, [name]);
        Image($"{root}/{name}", [tag], files);
        Release($"{root}/{name}/{Releases(catalogue)}", tag, tag);
    }

    /// <summary>A channel of a module or package.</summary>
    public void Channel(string catalogue, string name, string channel, string version) =>
        Release($"{edition}/{catalogue}/{name}/{Releases(catalogue)}", channel, version);

    /// <summary>A release image, for a version or a channel; gives its digest.</summary>
    public string Release(string repository, string tag, string version, bool suspended = false) => Image(
        repository,
        [tag],
        ("version.json", JsonSerializer.Serialize(new { version, suspend = suspended })),
        ("changelog.yaml", "{}\n"));

    /// <summary>Serves it.</summary>
    public Task<TestRegistry> StartAsync(Func<TestRegistryOptions, TestRegistryOptions>? change = null)
    {
        TestRegistryOptions options = new() { Content = Content };
        return TestRegistry.StartAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
    }

    private static string Releases(string catalogue) => catalogue == "packages" ? "version" : "release";
}
