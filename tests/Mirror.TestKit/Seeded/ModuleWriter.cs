using Mirror.TestKit.Content;

namespace Mirror.TestKit.Seeded;

/// <summary>Modules: a discovery tag, two versions with a component image each, releases, some extra images.</summary>
internal sealed class ModuleWriter(ContentSet content, LayerDeck deck)
{
    /// <summary>Two in the component image of each of the two versions.</summary>
    public const int LayersPerModule = 4;

    private const string Older = "v1.0.0";
    private const string Newer = "v1.1.0";
    private const string Modules = SeededSource.Root + "/modules";

    public void Write(int count)
    {
        for (var index = 0; index < count; index++)
        {
            WriteModule(index);
        }
    }

    private void WriteModule(int index)
    {
        // Both families of media types are in use among real modules.
        var kind = index % 2 == 0 ? ImageKind.Docker : ImageKind.Oci;
        var name = SeededSource.ModuleName(index);
        var hasExtra = index % 2 == 0;
        ImageWriter.Add(content.Repository(Modules), kind, name, [Layer(("name", name))], name);
        WriteVersion(kind, name, Older, hasExtra, "stable", "rock-solid");
        WriteVersion(kind, name, Newer, hasExtra, "alpha", "beta", "early-access");
        if (hasExtra)
        {
            var extra = content.Repository($"{Modules}/{name}/extra/tool");
            ImageWriter.Add(extra, kind, $"{name} tool", [deck.Next()], "1");
        }
    }

    private void WriteVersion(ImageKind kind, string name, string version, bool hasExtra, params string[] channels)
    {
        var module = content.Repository($"{Modules}/{name}");
        var component = ImageWriter.Add(module, kind, $"{name} {version} image", [deck.Next(), deck.Next()]);
        List<(string Name, string Text)> files =
        [
            ("version.json", ImageWriter.Text(new { version })),
            ("module.yaml", $"name: {name}\n"),
            ("images_digests.json", ImageWriter.Text(new { image0 = component })),
        ];
        if (hasExtra)
        {
            files.Add(("extra_images.json", ImageWriter.Text(new { tool = 1 })));
        }

        ImageWriter.Add(module, kind, $"{name} {version}", [Layer([.. files])], version);
        var release = Layer(("version.json", ImageWriter.Text(new { version })), ("changelog.yaml", "{}\n"));
        var releases = content.Repository($"{Modules}/{name}/release");
        ImageWriter.Add(releases, kind, $"{name} release", [release], [version, .. channels]);
    }

    private static BytesBlob Layer(params ReadOnlySpan<(string Name, string Text)> files) =>
        new(TarGzip.Write(files));
}
