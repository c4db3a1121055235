using Mirror.Engine.Disk;
using Mirror.Engine.Oci;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Spool;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Files;
using Xunit;
using static Mirror.Engine.Tests.Registry.Sample;

namespace Mirror.Engine.Tests.Registry;

public sealed class BlobSpoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _directory;

    public BlobSpoolTests() => _directory = _folder.Combine("spool");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_directory, $"sha256-{BlobDigest.Hex}");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_added_comes_back_also_in_a_later_process()
    {
        List<string> operations = [];
        BlobSpool spool = new(
            new ScriptedDisk(new PhysicalDisk()) { Before = (operation, _) => operations.Add(operation) }, _directory);
        Assert.Null(await spool.OpenAsync(BlobDigest, Token));

        await spool.AddAsync(BlobDigest, Blob, Token);
        await spool.AddAsync(BlobDigest, Blob, Token);

        Assert.Single(operations, "create");
        Assert.Equal(Blob, await ReadAllAsync((await spool.OpenAsync(BlobDigest, Token))!));
        Assert.Equal(Blob, await ReadAllAsync((await Spool().OpenAsync(BlobDigest, Token))!));
        Assert.Equal([FilePath], Directory.GetFiles(_directory));
    }

    [Fact]
    public async Task Content_of_another_digest_is_not_added() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Spool().AddAsync(BlobDigest, ManifestBytes, Token));

    [Fact]
    public async Task A_file_that_was_changed_between_processes_is_dropped()
    {
        await Spool().AddAsync(BlobDigest, Blob, Token);
        byte[] changed = [.. Blob];
        changed[500] ^= 1;
        await File.WriteAllBytesAsync(FilePath, changed, Token);

        Assert.Null(await Spool().OpenAsync(BlobDigest, Token));
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public async Task An_unfinished_file_is_never_content()
    {
        Directory.CreateDirectory(_directory);
        await File.WriteAllBytesAsync(FilePath + ".part", Blob, Token);
        BlobSpool spool = Spool();

        Assert.Null(await spool.OpenAsync(BlobDigest, Token));
        await spool.AddAsync(BlobDigest, Blob, Token);
        Assert.Equal([FilePath], Directory.GetFiles(_directory));
    }

    [Fact]
    public async Task A_download_that_breaks_continues_at_its_byte()
    {
        using ScriptedRegistry registry = ScriptedRegistry.InTurn(
            () => Answer.Streamed(new BrokenStream(Blob[..300], isSilent: false), Blob.Length),
            () => Answer.Part(Blob, 300));
        BlobSpool spool = Spool();

        await registry.Clock.DriveAsync(FetchAsync(spool, registry));

        Assert.Equal(Blob, await ReadAllAsync((await spool.OpenAsync(BlobDigest, Token))!));
        Assert.Equal([null, "bytes=300-"], registry.Seen.Select(request => request.Range));
        Assert.Equal(Blob.Length, new FileInfo(FilePath).Length);
    }

    [Fact]
    public async Task Breaks_are_counted_anew_after_progress_and_given_up_without_it()
    {
        int answers = 0;
        using ScriptedRegistry registry = new(request =>
        {
            int offset = request.Range is null ? 0 : int.Parse(request.Range[6..^1]);
            int end = Math.Min(offset + (++answers > 20 ? 0 : 10), Blob.Length);
            return offset == 0
                ? Answer.Streamed(new BrokenStream(Blob[..end], isSilent: false), Blob.Length)
                : Part(offset, new BrokenStream(Blob[offset..end], isSilent: false));
        });

        Fault fault = await registry.FaultOfAsync(FetchAsync(Spool(), registry));

        Assert.Equal(FaultCode.ConnectionBroken, fault.Code);
        Assert.Equal(20 + RetryPipeline.Attempts, registry.Seen.Count);
        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public async Task Wrong_content_leaves_nothing_behind()
    {
        byte[] wrong = [.. Blob];
        wrong[0] ^= 1;
        using ScriptedRegistry registry = new(_ => Answer.Bytes(wrong));
        BlobSpool spool = Spool();

        Fault fault = await registry.FaultOfAsync(FetchAsync(spool, registry));

        Assert.Equal(FaultCode.BlobDigestMismatch, fault.Code);
        Assert.Null(await spool.OpenAsync(BlobDigest, Token));
        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public async Task Concurrent_fetches_of_one_blob_are_one_download()
    {
        using ScriptedRegistry registry = new(_ => Answer.Bytes(Blob));
        BlobSpool spool = Spool();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => FetchAsync(spool, registry), Token)));
        await FetchAsync(Spool(), registry);

        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task Only_own_files_are_deleted_and_the_folder_only_when_empty()
    {
        BlobSpool spool = Spool();
        await spool.AddAsync(BlobDigest, Blob, Token);
        await File.WriteAllBytesAsync(FilePath + ".part", [], Token);
        string foreign = Path.Combine(_directory, "sha256-notes.txt");
        await File.WriteAllTextAsync(foreign, "mine", Token);

        spool.DeleteOwnFiles();
        Assert.Equal([foreign], Directory.GetFiles(_directory));
        File.Delete(foreign);
        spool.DeleteOwnFiles();
        spool.DeleteOwnFiles();

        Assert.False(Directory.Exists(_directory));
        Assert.True(Directory.Exists(_folder.FullName));
    }

    [Fact]
    public async Task A_file_that_changes_after_it_was_verified_is_a_fault()
    {
        BlobSpool spool = Spool();
        await spool.AddAsync(BlobDigest, Blob, Token);
        await File.WriteAllBytesAsync(FilePath, ManifestBytes, Token);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => spool.ReadAsync(BlobDigest, OciLimits.ManifestBytes, Token));

        Assert.Equal(FaultCode.ContentChanged, Assert.Single(failure.Faults).Code);
        Assert.Contains(FilePath, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_earlier_versions_kept_as_facts_is_deleted_with_the_spool()
    {
        BlobSpool spool = Spool();
        await spool.AddAsync(BlobDigest, Blob, Token);
        await File.WriteAllBytesAsync(Path.Combine(_directory, $"facts-{BlobDigest.Hex}"), Blob, Token);

        spool.DeleteOwnFiles();

        Assert.False(Directory.Exists(_directory));
    }

    [Fact]
    public async Task A_disk_that_fails_is_a_fault_that_names_the_file()
    {
        await File.WriteAllTextAsync(_directory, "a file where the folder should be", Token);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => Spool().AddAsync(BlobDigest, Blob, Token));

        Assert.Equal(FaultCode.DiskFailed, failure.Faults[0].Code);
        Assert.Contains(_directory, failure.Message, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Part(int offset, Stream content)
    {
        HttpResponseMessage response = Answer.Part(Blob, offset);
        response.Content = new StreamContent(content)
        {
            Headers = { ContentLength = Blob.Length - offset, ContentRange = response.Content.Headers.ContentRange },
        };
        return response;
    }

    private static Task FetchAsync(BlobSpool spool, ScriptedRegistry registry) =>
        spool.FetchAsync(registry.Client, Repository, BlobDigest, Blob.Length, Token);

    private BlobSpool Spool() => new(new PhysicalDisk(), _directory);
}
