using System.Formats.Tar;
using System.Text.Json;
using Mirror.TestKit.Mini;

namespace Mirror.TestKit.Files;

/// <summary>What the archives of a bundle say, and what a push has to make of it, read with no engine code.</summary>
public static class BundleListing
{
    /// <summary>Every image of a folder's archives: the path of its layout, its tag, its digest.</summary>
    public static IEnumerable<SourceReference> Read(string folder) =>
        Directory.GetFiles(folder, "*.tar").SelectMany(ReadArchive);

    /// <summary>
    /// Every image where a push into an edition has to leave it, in order. What lies above an edition at the source
    /// does so at the target; the installer of each channel of the miniature source has a tag with the channel's name.
    /// </summary>
    /// <param name="folder">The folder of the bundle.</param>
    /// <param name="edition">The path of the edition at the target: <c>mirror/ee</c>.</param>
    public static IReadOnlyList<SourceReference> AtTarget(string folder, string edition)
    {
        SourceReference[] images = [.. Read(folder)];
        IEnumerable<SourceReference> installers = images
            .Where(image => image.Repository == "install" && MiniChannels.ByVersion.ContainsKey(image.Tag!))
            .Select(image => image with { Tag = MiniChannels.ByVersion[image.Tag!] })
            .Where(installer => images.Any(
                image => image.Repository == "release-channel" && image.Tag == installer.Tag));
        return InOrder(images.Concat(installers)
            .Select(image => image with { Repository = RepositoryOf(image.Repository, edition) }).Distinct());
    }

    /// <summary>The names for listing that a push has to leave, by the names of the archives; in order.</summary>
    /// <param name="folder">The folder of the bundle.</param>
    /// <param name="edition">The path of the edition at the target.</param>
    public static IReadOnlyList<(string Repository, string Tag)> NamesAtTarget(string folder, string edition) =>
    [
        .. from path in Directory.GetFiles(folder, "*.tar")
           let name = Path.GetFileNameWithoutExtension(path)
           let kind = name.Split('-')[0]
           where kind is "module" or "package" or "plugin" && name != "package-versions"
           let repository = RepositoryOf(kind == "plugin" ? "deckhouse-cli/plugins" : $"{kind}s", edition)
           orderby repository, name
           select (repository, name[(kind.Length + 1)..]),
    ];

    /// <summary>Puts images in one order, whatever the culture.</summary>
    public static IReadOnlyList<SourceReference> InOrder(IEnumerable<SourceReference> images) =>
        [.. images.OrderBy(image => $"{image}", StringComparer.Ordinal)];

    private static string RepositoryOf(string path, string edition) => path.Split('/')[0] switch
    {
        "" => edition,
        "installer" or "deckhouse-cli" => $"{Path.GetDirectoryName(edition)}/{path}",
        _ => $"{edition}/{path}",
    };

    private static List<SourceReference> ReadArchive(string archive)
    {
        List<SourceReference> references = [];
        using FileStream file = File.OpenRead(archive);
        using TarReader tar = new(file);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == "index.json" || entry.Name.EndsWith("/index.json", StringComparison.Ordinal))
            {
                using JsonDocument index = JsonDocument.Parse(entry.DataStream!);
                references.AddRange(index.RootElement.GetProperty("manifests").EnumerateArray().Select(manifest =>
                    new SourceReference(
                        Path.GetDirectoryName(entry.Name)!,
                        manifest.GetProperty("annotations").GetProperty("io.deckhouse.image.short_tag").GetString(),
                        manifest.GetProperty("digest").GetString()!)));
            }
        }

        return references;
    }
}
