using Mirror.Engine.Disk;
using Mirror.Engine.Ends;
using Mirror.Engine.Plan;
using Mirror.Engine.Spool;
using Mirror.Engine.Tests.Registry;
using Mirror.TestKit.Files;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Ends;

public sealed class RegistrySourceTests : IDisposable
{
    private static readonly PlannedBlob Layer = new(BlobDigest, Blob.Length, false, ["first", "second"]);
    private static readonly PlannedBlob Manifest = new(ManifestDigest, ManifestBytes.Length, true, ["first", "second"]);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(403, "DENIED")]
    [InlineData(404, "BLOB_UNKNOWN")]
    [InlineData(404, "NAME_UNKNOWN")]
    public async Task A_repository_that_refuses_or_lacks_a_blob_leads_to_the_next(int status, string code)
    {
        using ScriptedRegistry registry = new(request => IsFirst(request)
            ? Answer.Error(status, code)
            : Answer.Bytes(Blob));

        Stream content = await Source(registry).OpenAsync(Layer, 0, Token);

        Assert.Equal(Blob, await ReadAllAsync(content));
        Assert.Equal(2, registry.Seen.Count);
    }

    [Fact]
    public async Task When_every_repository_lacks_a_blob_the_first_refusal_is_told()
    {
        using ScriptedRegistry registry = new(request => IsFirst(request)
            ? Answer.Error(404, "BLOB_UNKNOWN")
            : Answer.Error(403, "DENIED"));

        Fault fault = await FaultAsync(registry, Layer);

        Assert.Equal(FaultCode.BlobUnavailable, fault.Code);
        Assert.Contains("first", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_failure_does_not_lead_to_the_next_repository()
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(418));

        await FaultAsync(registry, Layer);

        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task A_manifest_that_is_gone_from_every_repository_is_a_fault()
    {
        using ScriptedRegistry registry = new(_ => Answer.Error(404, "MANIFEST_UNKNOWN"));

        Assert.Equal(FaultCode.BlobUnavailable, (await FaultAsync(registry, Manifest)).Code);
        Assert.Equal(2, registry.Seen.Count);
    }

    [Fact]
    public async Task A_manifest_is_read_from_its_address_and_continued_at_an_offset()
    {
        using ScriptedRegistry registry = new(_ => Answer.Manifest(ManifestBytes));

        Stream content = await Source(registry).OpenAsync(Manifest, 7, Token);

        Assert.Equal(ManifestBytes[7..], await ReadAllAsync(content));
        Assert.Contains("/manifests/", registry.Seen[0].Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_planning_left_in_the_spool_is_not_asked_for()
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(500));
        BlobSpool spool = new(new PhysicalDisk(), _folder.FullName);
        await spool.AddAsync(BlobDigest, Blob, Token);

        Stream content = await new RegistrySource(registry.Client, spool).OpenAsync(Layer, 100, Token);

        Assert.Equal(Blob[100..], await ReadAllAsync(content));
        Assert.Empty(registry.Seen);
    }

    private static bool IsFirst(SeenRequest request) =>
        request.Address.AbsolutePath.StartsWith("/v2/first/", StringComparison.Ordinal);

    private RegistrySource Source(ScriptedRegistry registry) =>
        new(registry.Client, new BlobSpool(new PhysicalDisk(), _folder.FullName));

    private Task<Fault> FaultAsync(ScriptedRegistry registry, PlannedBlob blob) =>
        registry.FaultOfAsync(Source(registry).OpenAsync(blob, 0, Token).AsTask());
}
