using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>A small plan with the content of its blobs, all out of a seed.</summary>
internal sealed class SketchedBundle
{
    private const string Source = "registry.example.com:5000/deckhouse/ee";

    private readonly Dictionary<Digest, byte[]> _contents = [];
    private readonly List<PlannedArchive> _archives = [];

    public IReadOnlyDictionary<Digest, byte[]> Contents => _contents;

    /// <summary>What is planned beside the archives.</summary>
    public List<PlannedFile> Files { get; } = [];

    public MirrorPlan Plan => BundleLayout.WithSizes(new MirrorPlan
    {
        Source = Source,
        Archives = [.. _archives],
        Files = [.. Files],
        Blobs = [.. _archives.SelectMany(archive => archive.Layouts).SelectMany(layout => layout.Blobs)
            .DistinctBy(blob => blob.Digest)],
    });

    /// <summary>Two archives that share a layer, one with names over 100 bytes; and a list of releases.</summary>
    public static SketchedBundle Small(int seed = 1)
    {
        Random random = new(seed);
        byte[] shared = Bytes(random, 70_000);
        SketchedBundle bundle = new SketchedBundle()
            .Add("module-console.tar", random, shared, "modules/console", "modules/console/extra/a-long-image-name")
            .Add("platform.tar", random, shared, "", "install", "release-channel");
        bundle.Files.Add(new PlannedFile
        {
            Name = PlannedFile.Releases,
            Content = Encoding.UTF8.GetBytes($"---\nname: v1.{seed}.0\n"),
        });
        return bundle;
    }

    /// <summary>
    /// As <see cref="Small"/>, with a smaller layer for sweeps: another seed gives other images in archives of the same
    /// names, but for <c>security.tar</c>, which is the same in all of them.
    /// </summary>
    public static SketchedBundle Tiny(int seed)
    {
        Random random = new(seed);
        byte[] shared = Bytes(random, 3000);
        SketchedBundle bundle = new SketchedBundle()
            .Add("module-console.tar", random, shared, "modules/console")
            .Add("platform.tar", random, shared, "")
            .Add("security.tar", new Random(0), Bytes(new Random(0), 100), "security");
        bundle.Files.Add(new PlannedFile
        {
            Name = PlannedFile.Releases,
            Content = Encoding.UTF8.GetBytes($"---\nname: v1.{seed}.0\n"),
        });
        return bundle;
    }

    /// <summary>Random archives, layouts and blob sizes, among them empty blobs and sizes around a block.</summary>
    public static SketchedBundle Random(int seed)
    {
        Random random = new(seed);
        byte[] shared = Bytes(random, random.Next(0, 2000));
        SketchedBundle bundle = new();
        for (int archive = random.Next(1, 4); archive > 0; archive--)
        {
            string[] paths =
            [
                .. Enumerable.Range(0, random.Next(1, 4))
                    .Select(number => $"packages/{new string('n', random.Next(1, 90))}-{archive}/x{number}"),
            ];
            bundle.Add($"package-p{archive}.tar", random, shared, paths);
        }

        return bundle;
    }

    /// <summary>
    /// Random archives with a blob of up to some megabytes, or around a block, and with layout paths of all lengths up
    /// to the longest, among them those around the 100 bytes that a header has for a name.
    /// </summary>
    public static SketchedBundle Wide(int seed)
    {
        Random random = new(seed);
        int[] sizes = [0, 1, 511, 512, 513, random.Next(3_000_000), 1_000_000 + random.Next(2_000_000)];
        int[] lengths = [1, 21, 22, 23, 88, 89, 90, 177, 178, 255, random.Next(1, 256)];
        byte[] shared = Bytes(random, sizes[random.Next(sizes.Length)]);
        SketchedBundle bundle = new();
        for (int archive = random.Next(1, 4); archive > 0; archive--)
        {
            random.Shuffle(lengths);
            IEnumerable<string> paths = lengths.Take(random.Next(1, 4)).Distinct()
                .Select(length => new string('n', length));
            bundle.Add($"package-p{archive}.tar", random, shared, [.. paths]);
        }

        return bundle;
    }

    public SketchedBundle Add(string name, Random random, byte[] shared, params string[] paths)
    {
        _archives.Add(new PlannedArchive
        {
            Name = name,
            Layouts = [.. paths.Order(StringComparer.Ordinal).Select(path => Layout(path, random, shared))],
        });
        return this;
    }

    public static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private PlannedLayout Layout(string path, Random random, byte[] shared)
    {
        List<PlannedBlob> blobs = [Blob(shared)];
        List<PlannedImage> images = [];
        for (int number = random.Next(0, 4); number > 0; number--)
        {
            int[] sizes = [0, 1, 511, 512, 513, random.Next(0, 5000)];
            PlannedBlob config = Blob(Bytes(random, random.Next(20, 200)));
            PlannedBlob layer = Blob(Bytes(random, sizes[random.Next(sizes.Length)]));
            PlannedBlob manifest = Blob(Manifest(config, layer, blobs[0]));
            blobs.AddRange([config, layer, manifest]);
            images.Add(Image(path, $"v1.{number}.0", manifest, config, layer, blobs[0]));
        }

        return new PlannedLayout
        {
            Path = path,
            Images = [.. images],
            Blobs = [.. blobs.DistinctBy(blob => blob.Digest).OrderBy(blob => blob.Digest)],
        };
    }

    private static byte[] Manifest(PlannedBlob config, params PlannedBlob[] layers) =>
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = MediaType.OciManifest,
            config = Descriptor(config, "application/vnd.oci.image.config.v1+json"),
            layers = layers.Select(layer => Descriptor(layer, "application/vnd.oci.image.layer.v1.tar+gzip")),
        });

    private static object Descriptor(PlannedBlob blob, string mediaType) =>
        new { mediaType, digest = blob.Digest.ToString(), size = blob.Size };

    private static PlannedImage Image(string path, string tag, PlannedBlob manifest, params PlannedBlob[] rest) => new()
    {
        Repository = path,
        Tag = tag,
        Reference = $"{Source}/{path}:{tag}",
        Digest = manifest.Digest,
        MediaType = MediaType.OciManifest,
        ManifestBytes = manifest.Size,
        TotalBytes = manifest.Size + rest.DistinctBy(blob => blob.Digest).Sum(blob => blob.Size),
        Reason = "test",
    };

    private PlannedBlob Blob(byte[] content)
    {
        Digest digest = Digest.OfSha256(content);
        _contents[digest] = content;
        return new PlannedBlob(digest, content.Length, IsManifest: false, ["a/repository"]);
    }
}
