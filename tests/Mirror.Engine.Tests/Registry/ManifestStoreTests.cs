using Mirror.Engine.Disk;
using Mirror.Engine.Oci;
using Mirror.Engine.Spool;
using Mirror.TestKit.Files;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

public sealed class ManifestStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_tag_and_a_digest_are_asked_for_once_whatever_leads_there()
    {
        using ScriptedRegistry registry = new(_ => Answer.Manifest(ManifestBytes, ManifestDigest.ToString()));
        ManifestStore store = StoreOfSecondRun(registry);

        await Task.WhenAll(Enumerable.Range(0, 5)
            .Select(_ => Task.Run(() => store.FindAsync("a", "v1", Token), Token)));
        Manifest? other = await store.FindAsync("b", "v2", Token);
        Manifest? named = await store.FindAsync("c", ManifestDigest, Token);

        Assert.Equal(ManifestDigest, other?.Descriptor.Digest);
        Assert.Same(other, named);
        Assert.Equal(
            ["HEAD /v2/a/manifests/v1", $"GET /v2/a/manifests/{ManifestDigest}", "HEAD /v2/b/manifests/v2"],
            registry.Seen.Select(request => $"{request.Method} {request.Address.AbsolutePath}"));
    }

    [Fact]
    public async Task Where_nothing_is_here_yet_a_tag_is_asked_for_its_manifest_at_once()
    {
        using ScriptedRegistry registry = new(_ => Answer.Manifest(ManifestBytes, ManifestDigest.ToString()));
        ManifestStore store = Store(registry);

        Manifest? first = await store.FindAsync("a", "v1", Token);
        Manifest? named = await store.FindAsync("a", ManifestDigest, Token);

        Assert.NotNull(first);
        Assert.Same(first, named);
        Assert.Equal(
            ["GET /v2/a/manifests/v1"],
            registry.Seen.Select(request => $"{request.Method} {request.Address.AbsolutePath}"));
    }

    [Fact]
    public async Task A_later_process_reads_the_spool_instead_of_asking()
    {
        using ScriptedRegistry registry = new(_ => Answer.Manifest(ManifestBytes, ManifestDigest.ToString()));
        await Store(registry).FindAsync("a", ManifestDigest, Token);

        Assert.NotNull(await Store(registry).FindAsync("a", ManifestDigest, Token));
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task Absence_in_one_repository_is_remembered_and_says_nothing_of_another()
    {
        using ScriptedRegistry registry = new(request =>
            request.Address.AbsolutePath.StartsWith("/v2/b/", StringComparison.Ordinal)
                ? Answer.Manifest(ManifestBytes)
                : Answer.Status(404));
        ManifestStore store = Store(registry);

        Assert.Null(await store.FindAsync("a", ManifestDigest, Token));
        Assert.Null(await store.FindAsync("a", ManifestDigest, Token));
        Assert.Null(await store.FindAsync("a", "v1", Token));
        Assert.Null(await store.FindAsync("a", "v1", Token));
        Assert.NotNull(await store.FindAsync("b", ManifestDigest, Token));
        Assert.Equal(3, registry.Seen.Count);
    }

    [Fact]
    public async Task A_failure_is_not_remembered_as_absence()
    {
        using ScriptedRegistry registry = ScriptedRegistry.InTurn(
            () => Answer.Status(400),
            () => Answer.Status(400),
            () => Answer.Manifest(ManifestBytes, $"{ManifestDigest}"));
        ManifestStore store = StoreOfSecondRun(registry);

        await registry.FaultOfAsync(store.FindAsync("a", "v1", Token));

        Assert.NotNull(await store.FindAsync("a", "v1", Token));
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_spoil_it_for_the_others()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int requests = 0;
        using ScriptedRegistry registry = new(async (_, cancellationToken) =>
        {
            if (Interlocked.Increment(ref requests) == 1)
            {
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return Answer.Manifest(ManifestBytes, ManifestDigest.ToString());
        });
        ManifestStore store = Store(registry);
        using CancellationTokenSource source = new();
        Task<Manifest?> first = store.FindAsync("a", "v1", source.Token);
        await asked.Task;
        Task<Manifest?> second = store.FindAsync("a", "v1", Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.NotNull(await second);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("{\"schemaVersion\":2,\"layers\":7}")]
    public async Task What_is_no_manifest_is_a_fault_and_is_not_kept(string content)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(content);
        Digest digest = Digest.OfSha256(bytes);
        using ScriptedRegistry registry = new(_ => Answer.Manifest(bytes));
        ManifestStore store = Store(registry);

        Fault fault = await registry.FaultOfAsync(store.FindAsync("a", digest, Token));

        Assert.Equal(FaultCode.ManifestMalformed, fault.Code);
        Assert.Contains($"manifest {digest} of a", fault.Message, StringComparison.Ordinal);
        await registry.FaultOfAsync(Store(registry).FindAsync("a", digest, Token));
        Assert.Equal(2, registry.Seen.Count);
    }

    [Fact]
    public async Task A_tag_without_the_manifest_it_names_is_a_fault()
    {
        using ScriptedRegistry registry = new(request => request.Method == "HEAD"
            ? Answer.Manifest(ManifestBytes, ManifestDigest.ToString())
            : Answer.Status(404));

        Fault fault = await registry.FaultOfAsync(StoreOfSecondRun(registry).FindAsync("a", "v1", Token));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
    }

    [Fact]
    public async Task A_cache_that_hides_from_HEAD_what_GET_brings_is_asked_once_more_and_no_further()
    {
        using ScriptedRegistry registry = new(request => request.Method == "HEAD"
            ? Answer.Status(404)
            : Answer.Manifest(ManifestBytes, ManifestDigest.ToString()));
        ManifestStore store = StoreOfSecondRun(registry);

        Assert.NotNull(await store.FindAsync("a", "v1", Token));
        Assert.True(await store.HasAsync("a", "v2", Token));
        Assert.NotNull(await store.FindAsync("a", "v2", Token));

        Assert.Equal(["HEAD", "GET", "HEAD", "GET"], registry.Seen.Select(request => request.Method));
    }

    [Fact]
    public async Task A_digest_of_HEAD_that_is_not_there_is_corrected_by_GET()
    {
        using ScriptedRegistry registry = new(request => request switch
        {
            { Method: "HEAD" } => Answer.Manifest(ManifestBytes, $"sha256:{new string('b', 64)}"),
            _ when request.Address.AbsolutePath.EndsWith("bbb", StringComparison.Ordinal) => Answer.Status(404),
            _ => Answer.Manifest(ManifestBytes),
        });

        Manifest? manifest = await StoreOfSecondRun(registry).FindAsync("a", "v1", Token);

        Assert.Equal(ManifestDigest, manifest?.Descriptor.Digest);
    }

    /// <summary>A store over a spool that an earlier run left.</summary>
    private ManifestStore StoreOfSecondRun(ScriptedRegistry registry)
    {
        Directory.CreateDirectory(_folder.Combine("spool"));
        return Store(registry);
    }

    private ManifestStore Store(ScriptedRegistry registry) =>
        new(registry.Client, new BlobSpool(new PhysicalDisk(), _folder.Combine("spool")));

    [Fact]
    public async Task What_a_manifest_has_in_it_is_here_without_a_request_also_in_a_later_process()
    {
        string data = Convert.ToBase64String(Blob);
        string config =
            $$"""{"mediaType":"a/b","digest":"{{BlobDigest}}","size":{{Blob.Length}},"data":"{{data}}"}""";
        byte[] manifest = System.Text.Encoding.UTF8.GetBytes(
            $$"""{"mediaType":"{{MediaType.OciManifest}}","config":{{config}},"layers":[]}""");
        using ScriptedRegistry registry = new(_ => Answer.Manifest(manifest));
        foreach (BlobSpool spool in new[] { Spool(), Spool() })
        {
            await new ManifestStore(registry.Client, spool).FindAsync("a", Digest.OfSha256(manifest), Token);

            Assert.Equal(Blob, await ReadAllAsync((await spool.OpenAsync(BlobDigest, Token))!));
            File.Delete(Path.Combine(_folder.FullName, $"sha256-{BlobDigest.Hex}"));
        }

        Assert.Single(registry.Seen);
    }

    private BlobSpool Spool() => new(new PhysicalDisk(), _folder.FullName);
}
