using System.Text;
using Mirror.TestKit.Content;
using Mirror.TestKit.Seeded;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>Draws CLI plugins into a source: they are above its edition.</summary>
internal static class SketchedPlugins
{
    public const string Root = "r/deckhouse-cli/plugins";

    /// <summary>The annotation that holds a contract.</summary>
    public static Dictionary<string, string> Contract(string text) =>
        new(StringComparer.Ordinal) { ["contract"] = Encode(text) };

    public static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>A version of a plugin as one image, and its name in the catalogue.</summary>
    /// <param name="source">The source.</param>
    /// <param name="name">The plugin.</param>
    /// <param name="tag">The version.</param>
    /// <param name="annotations">The annotations of its manifest.</param>
    public static string Plugin(
        this SketchedSource source, string name, string tag, IReadOnlyDictionary<string, string>? annotations = null)
    {
        source.Image(Root, [name]);
        return source.PluginImage(name, tag, [tag], annotations);
    }

    /// <summary>One image of a plugin, under these tags.</summary>
    public static string PluginImage(
        this SketchedSource source,
        string name,
        string label,
        string[] tags,
        IReadOnlyDictionary<string, string>? annotations = null) => ImageWriter.Add(
            source.PluginRepository(name),
            ImageKind.Oci,
            $"{name} {label}",
            [new BytesBlob(TarGzip.Write([("plugin", $"{name} {label}")]))],
            annotations,
            tags);

    /// <summary>A version of a plugin as an index of images for several platforms.</summary>
    public static string PluginIndex(
        this SketchedSource source,
        string name,
        string tag,
        IReadOnlyList<string> children,
        IReadOnlyDictionary<string, string>? annotations = null)
    {
        source.Image(Root, [name]);
        return ImageWriter.AddIndex(source.PluginRepository(name), children, annotations, tag);
    }

    public static RepositoryContent PluginRepository(this SketchedSource source, string name) =>
        source.Content.Repository($"{Root}/{name}");
}
