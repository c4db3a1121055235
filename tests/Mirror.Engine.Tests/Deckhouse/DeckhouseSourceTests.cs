using System.Text;
using Mirror.Engine.Deckhouse;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Tests.Registry;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

public sealed class DeckhouseSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, (byte[] Bytes, string Type)> _manifests = new(StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_index_comes_with_everything_below_it_each_once()
    {
        Digest image = Add(Sample.ManifestBytes, MediaType.OciManifest);
        Digest inner = AddIndex("inner", image);
        Digest outer = AddIndex("outer", inner, image, inner);

        WantedImage found = await FindAsync(outer);

        Assert.Equal([outer, inner, image], found.Manifests.Select(manifest => manifest.Descriptor.Digest));
        Assert.Equal(outer, found.Digest);
    }

    [Fact]
    public async Task A_child_that_does_not_exist_is_a_fault()
    {
        Digest outer = AddIndex("outer", Digest.OfSha256("nowhere"u8));

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => FindAsync(outer));

        Assert.Equal(FaultCode.ComponentMissing, Assert.Single(failure.Faults).Code);
    }

    [Fact]
    public async Task Indexes_that_are_nested_too_deeply_are_a_fault()
    {
        Digest top = Add(Sample.ManifestBytes, MediaType.OciManifest);
        for (int depth = 0; depth < OciLimits.IndexDepth; depth++)
        {
            top = AddIndex($"{depth}", top);
        }

        Assert.Equal(OciLimits.IndexDepth + 1, (await FindAsync(top)).Manifests.Length);

        Digest deeper = AddIndex("deeper", AddIndex("deep", top));
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => FindAsync(deeper));
        Assert.Equal(FaultCode.MetadataFileMalformed, Assert.Single(failure.Faults).Code);
    }

    private Digest AddIndex(string name, params Digest[] children)
    {
        string list = string.Join(',', children.Select(child =>
            $$"""{"digest":"{{child}}","size":1,"mediaType":"{{MediaType.OciManifest}}"}"""));
        return Add(
            Encoding.UTF8.GetBytes(
                $$"""{"mediaType":"{{MediaType.OciIndex}}","name":"{{name}}","manifests":[{{list}}]}"""),
            MediaType.OciIndex);
    }

    private Digest Add(byte[] manifest, string mediaType)
    {
        Digest digest = Digest.OfSha256(manifest);
        _manifests[digest.ToString()] = (manifest, mediaType);
        return digest;
    }

    private async Task<WantedImage> FindAsync(Digest digest)
    {
        using ScriptedRegistry registry = new(request =>
            _manifests.TryGetValue(Uri.UnescapeDataString(request.Address.Segments[^1]), out var found)
                ? Answer.Manifest(found.Bytes, type: found.Type)
                : Answer.Error(404, "MANIFEST_UNKNOWN"));
        DeckhouseSource source = new(
            registry.Client,
            new ManifestStore(registry.Client, new BlobSpool(new PhysicalDisk(), _folder.FullName)),
            new RegistryTree(ScriptedRegistry.Access()));
        WantedImage? image = await source.FindAsync("r", digest, "test", TestContext.Current.CancellationToken);
        Assert.NotNull(image);
        return image;
    }
}
