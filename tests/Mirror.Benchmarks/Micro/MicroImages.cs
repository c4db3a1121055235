using System.Collections.Immutable;
using System.Text;
using Mirror.Engine;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.TestKit.Seeded;

namespace Mirror.Benchmarks.Micro;

/// <summary>
/// Any number of tiny images in one archive: a configuration, a layer of their own and one that fifty of them share.
/// </summary>
internal sealed class MicroImages
{
    private const string Host = "registry.example";
    private const string Repository = "deckhouse/ee";
    private const string Layer = "application/vnd.oci.image.layer.v1.tar+gzip";
    private const int Sharers = 50;

    private readonly Dictionary<Digest, byte[]> _contents = [];

    public MicroImages(int count)
    {
        ImmutableArray<ImageContent> images = [.. Enumerable.Range(0, count).Select(Image)];
        Archives = [new ArchiveContent("platform.tar", [new LayoutContent("", images)])];
    }

    public ImmutableArray<ArchiveContent> Archives { get; }

    /// <summary>The plan of these archives, without sizes.</summary>
    public static MirrorPlan Plan(ImmutableArray<ArchiveContent> archives) =>
        new PlanBuilder(Host).Build($"{Host}/{Repository}", archives, []);

    /// <summary>Writes the bundle as a pull does.</summary>
    public async Task<StoredArchive> WriteAsync(string folder)
    {
        MirrorPlan plan = BundleLayout.WithSizes(Plan(Archives));
        using FolderClaim claim = await FolderClaim.TakeAsync(
            new PhysicalDisk(), folder, "a benchmark", TimeProvider.System, CancellationToken.None);
        using PreparedBundle prepared = await PreparedBundle.PrepareAsync(
            claim, plan, new BundleOptions(), TimeProvider.System);
        using BundleWriter writer = await BundleWriter.OpenAsync(prepared, CancellationToken.None);
        foreach (PlannedBlob blob in plan.Blobs)
        {
            writer.Write(blob.Digest, 0, _contents[blob.Digest]);
            writer.Seal(blob.Digest);
        }

        await writer.CommitAsync(CancellationToken.None);
        string name = Archives[0].Name;
        return new StoredArchive(name, folder, [name]);
    }

    private ImageContent Image(int number)
    {
        Descriptor config = Add(MediaType.OciConfig, Encoding.UTF8.GetBytes($$"""{"image":{{number}}}"""));
        Descriptor own = Add(Layer, Encoding.UTF8.GetBytes($"layer {number}"));
        Descriptor shared = Add(Layer, Encoding.UTF8.GetBytes($"shared layer {number / Sharers}"));
        Descriptor manifest = Add(MediaType.OciManifest, ImageWriter.Json(new
        {
            schemaVersion = 2,
            mediaType = MediaType.OciManifest,
            config = Json(config),
            layers = new[] { Json(shared), Json(own) },
        }));
        return new ImageContent(
            Repository,
            $"v1.0.{number}",
            [new Manifest(manifest) { Config = config, Layers = [shared, own] }],
            "a benchmark");
    }

    private Descriptor Add(string mediaType, byte[] content)
    {
        Digest digest = Digest.OfSha256(content);
        _contents.TryAdd(digest, content);
        return new Descriptor(mediaType, digest, content.Length);
    }

    private static object Json(Descriptor blob) =>
        new { mediaType = blob.MediaType, digest = blob.Digest.ToString(), size = blob.Size };
}
