using System.Text;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Disk;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Spool;
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

        ImageContent found = await FindAsync(outer);

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

    [Fact]
    public async Task An_index_comes_before_all_that_it_names_also_by_another_way()
    {
        Digest image = Add(Sample.ManifestBytes, MediaType.OciManifest);
        Digest inner = AddIndex("inner", image);
        Digest outer = AddIndex("outer", image, inner);

        ImageContent found = await FindAsync(outer);

        Assert.Equal([outer, inner, image], found.Manifests.Select(manifest => manifest.Descriptor.Digest));
    }

    [Theory]
    [InlineData(5, MediaType.OciManifest, false)]
    [InlineData(0, MediaType.OciIndex, false)]
    [InlineData(5, MediaType.OciManifest, true)]
    [InlineData(0, MediaType.DockerManifest, true)]
    public async Task A_child_that_is_not_what_its_index_says_is_a_fault(int more, string type, bool isSecond)
    {
        Digest image = Add(Sample.ManifestBytes, MediaType.OciManifest);
        string right = Descriptor(image);
        int size = Sample.ManifestBytes.Length + more;
        string wrong = $$"""{"digest":"{{image}}","size":{{size}},"mediaType":"{{type}}"}""";

        // An index is gone through from its end.
        Digest outer = AddIndexOf("outer", isSecond ? $"{wrong},{right}" : wrong);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => FindAsync(outer));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.MetadataFileMalformed, fault.Code);
        Assert.Contains($"{image}", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"{outer}", fault.Message, StringComparison.Ordinal);
    }

    private Digest AddIndex(string name, params Digest[] children) =>
        AddIndexOf(name, string.Join(',', children.Select(Descriptor)));

    private Digest AddIndexOf(string name, string children) => Add(
        Encoding.UTF8.GetBytes(
            $$"""{"mediaType":"{{MediaType.OciIndex}}","name":"{{name}}","manifests":[{{children}}]}"""),
        MediaType.OciIndex);

    private string Descriptor(Digest child)
    {
        (byte[] bytes, string type) = _manifests.GetValueOrDefault($"{child}", ([1], MediaType.OciManifest));
        return $$"""{"digest":"{{child}}","size":{{bytes.Length}},"mediaType":"{{type}}"}""";
    }

    private Digest Add(byte[] manifest, string mediaType)
    {
        Digest digest = Digest.OfSha256(manifest);
        _manifests[digest.ToString()] = (manifest, mediaType);
        return digest;
    }

    private async Task<ImageContent> FindAsync(Digest digest)
    {
        using ScriptedRegistry registry = new(request =>
            _manifests.TryGetValue(Uri.UnescapeDataString(request.Address.Segments[^1]), out var found)
                ? Answer.Manifest(found.Bytes, type: found.Type)
                : Answer.Error(404, "MANIFEST_UNKNOWN"));
        DeckhouseSource source = new(
            registry.Client,
            new ManifestStore(registry.Client, new BlobSpool(new PhysicalDisk(), _folder.FullName)),
            new RegistryTree(ScriptedRegistry.Access()));
        ImageContent? image = await source.FindAsync("r", digest, "test", TestContext.Current.CancellationToken);
        Assert.NotNull(image);
        return image;
    }
}
