using System.Text;
using Mirror.Engine.Disk;
using Mirror.Engine.Oci;
using Mirror.Engine.Spool;
using Mirror.Engine.Tests.Oci;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>What a verification and a push refuse (the same list, in their tests), a plan refuses as well.</summary>
public sealed class AmbiguousManifestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. AmbiguousManifest.All.Select(manifest => manifest.Name)];

    private static byte[] Whole => Encoding.UTF8.GetBytes(
        $$"""{"schemaVersion":2,"mediaType":"{{MediaType.OciManifest}}","config":{{Descriptor('c')}}"""
            + $$""","layers":[{{Descriptor('a')}}]}""");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_source_that_has_it_is_told_so(string name)
    {
        byte[] manifest = AmbiguousManifest.Of(name).Apply(Whole);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => FindAsync(manifest));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.ManifestMalformed, fault.Code);
        Assert.Contains($"{Digest.OfSha256(manifest)} of r:", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manifest_that_is_changed_is_usable_before() =>
        Assert.NotNull(await FindAsync(Whole));

    [Fact]
    public async Task Schema_1_is_named_whatever_it_is_served_as()
    {
        byte[] manifest = AmbiguousManifest.Of("schema 1 that only its number tells").Apply(Whole);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => FindAsync(manifest, "text/plain"));

        Assert.Contains("schema 1", failure.Message, StringComparison.Ordinal);
    }

    private static string Descriptor(char hex) =>
        $$"""{"mediaType":"x/y","digest":"sha256:{{new string(hex, 64)}}","size":5}""";

    private async Task<Manifest?> FindAsync(byte[] manifest, string type = "application/json")
    {
        using ScriptedRegistry registry = new(_ => Answer.Manifest(manifest, type: type));
        ManifestStore store = new(registry.Client, new BlobSpool(new PhysicalDisk(), _folder.FullName));
        return await store.FindAsync("r", Digest.OfSha256(manifest), TestContext.Current.CancellationToken);
    }
}
