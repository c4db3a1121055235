using Mirror.TestKit.Content;

namespace Mirror.TestKit.Seeded;

/// <summary>The platform: four repositories with versions and channels, and component images by digest.</summary>
internal sealed class PlatformWriter(ContentSet content, SeededShape shape, LayerDeck deck)
{
    /// <summary>Two in the release image, one in each installer.</summary>
    public const int LayersPerRelease = 4;

    public const int LayersPerComponent = 3;

    private const int ComponentsPerGroup = 10;
    private const int PercentKept = 65;

    private readonly RepositoryContent _root = content.Repository(SeededSource.Root);

    public void Write()
    {
        var releases = ReleaseTrain.All;
        var kept = new List<Component>();
        for (var number = 0; number < releases.Count; number++)
        {
            List<Component> own = [.. Enumerable.Range(0, shape.Components)
                .Where(index => index % releases.Count == number)
                .Select(AddComponent)];
            WriteRelease(releases[number], [.. kept, .. own]);
            kept = [.. own.Where(component => SeededBytes.Word(0, (ulong)component.Index) % 100 < PercentKept)];
        }

        var installer = content.Repository(SeededSource.Installer);
        ImageWriter.Add(installer, ImageKind.Docker, "installer", [deck.Next()], "latest");
    }

    private void WriteRelease(SeededRelease release, IReadOnlyList<Component> components)
    {
        var (channel, version) = release;
        var versionJson = ImageWriter.Text(new { version, suspend = false, requirements = new { k8s = "1.29" } });
        var metadata = Layer(("version.json", versionJson), ("changelog.yaml", "global:\n  features: []\n"));
        var digests = Layer(
            ("deckhouse/candi/images_digests.json", Digests(components)),
            ("deckhouse/version", version));

        Add(_root, version, channel, deck.Next(), deck.Next(), metadata);
        Add(content.Repository(SeededSource.Root + "/install"), version, channel, deck.Next(), digests);
        Add(content.Repository(SeededSource.Root + "/install-standalone"), version, channel, deck.Next());
        Add(content.Repository(SeededSource.Root + "/release-channel"), version, channel, metadata);
    }

    private Component AddComponent(int index)
    {
        BlobContent[] layers = [deck.Next(), deck.Next(), deck.Next()];
        var digest = ImageWriter.Add(_root, ImageKind.Docker, $"component-{index}", layers);
        if (index % 5 == 4 && index / 5 < shape.Attestations)
        {
            var statement = new BytesBlob(ImageWriter.Json(new { subject = digest, vulnerabilities = "none" }));
            var tag = digest.Replace(':', '-') + ".att";
            ImageWriter.Add(_root, ImageKind.Attestation, $"attestation-{index}", [statement], tag);
        }

        return new Component(index, digest);
    }

    private static string Digests(IReadOnlyList<Component> components)
    {
        var groups = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (index, digest) in components)
        {
            var name = $"module{index / ComponentsPerGroup:D3}";
            if (!groups.TryGetValue(name, out var group))
            {
                groups[name] = group = new SortedDictionary<string, string>(StringComparer.Ordinal);
            }

            group[$"image{index % ComponentsPerGroup}"] = digest;
        }

        return ImageWriter.Text(groups);
    }

    private static void Add(
        RepositoryContent repository,
        string version,
        string channel,
        params BlobContent[] layers) =>
        ImageWriter.Add(repository, ImageKind.Docker, $"{repository.Name} {version}", layers, version, channel);

    private static BytesBlob Layer(params ReadOnlySpan<(string Name, string Text)> files) =>
        new(TarGzip.Write(files));

    private sealed record Component(int Index, string Digest);
}
