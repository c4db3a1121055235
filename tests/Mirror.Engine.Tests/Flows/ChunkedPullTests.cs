using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Real;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class ChunkedPullTests : IDisposable
{
    private const long Size = 100_000;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(BundleFormat.PathPreserving)]
    [InlineData(BundleFormat.Legacy025)]
    public async Task The_same_plan_in_chunks_is_the_same_bytes_and_the_report_names_every_file(BundleFormat format)
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        await Run(source, "whole", 0, format).PullAsync();
        MirrorReport report = await Run(source, "chunks", Size, format).PullAsync();

        SortedDictionary<string, byte[]> whole = BundleRun.Files(_folder.Combine("whole"));
        SortedDictionary<string, byte[]> joined = BundleRun.Joined(_folder.Combine("chunks"));
        Assert.Equal(whole.Keys, joined.Keys);
        Assert.All(
            whole.Keys.Where(name => !name.EndsWith(".tar.json", StringComparison.Ordinal)),
            name => Assert.True(whole[name].AsSpan().SequenceEqual(joined[name]), name));
        Assert.Equal(
            Directory.GetFiles(_folder.Combine("chunks"), "*.chunk").Order(StringComparer.Ordinal),
            report.Files.Select(file => file.Path));
        Assert.All(report.Files, file =>
        {
            Assert.Equal(Path.GetFileName(file.Path), file.Name);
            Assert.Equal(new FileInfo(file.Path).Length, file.Bytes);
            Assert.InRange(file.Bytes, 1, Size);
            Assert.Null(file.GostDigest);
        });
        Assert.Equal(
            report.Plan.Archives.Sum(archive => archive.FileBytes), report.Files.Sum(file => file.Bytes));
        Assert.Contains(report.Files, file => file.Name == "platform.tar.0001.chunk");
    }

    [Fact]
    public async Task A_verification_and_a_push_take_what_was_pulled_and_name_the_same_files()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        MirrorReport pulled = await Run(source, "chunks", Size).PullAsync();
        await Run(source, "whole", 0).PullAsync();

        MirrorReport verified = await Engine().VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = _folder.Combine("chunks") }, null, Cancellation);

        Assert.Equal(pulled.Files, verified.Files);
        Assert.Equal(await PushedAsync("whole"), await PushedAsync("chunks"));
        Assert.Equal(
            StoredBundle.Read(_folder.Combine("whole")), StoredBundle.Read(_folder.Combine("chunks")));
    }

    [Fact]
    public async Task What_follows_the_end_mark_is_a_warning_of_a_verification_and_of_a_push()
    {
        using BundleCopy bundle = new("0.33", "security");
        int chunks = bundle.Split("security.tar", 100_000);
        string stale = BundleCopy.ChunkOf("security.tar", chunks);
        await File.WriteAllTextAsync(bundle.PathOf(stale), "older", Cancellation);
        await using TestRegistry target = await PushRun.StartTargetAsync();

        MirrorReport verified = await Engine().VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = bundle.Folder }, null, Cancellation);
        MirrorReport pushed = await new PushRun(target.Host, bundle.Folder).PushAsync();

        Assert.Equal(FaultCode.ArchiveTail, Assert.Single(verified.Warnings).Code);
        Assert.Single(pushed.Warnings, warning => warning.Code == FaultCode.ArchiveTail);
    }

    [Fact]
    public async Task A_second_pull_keeps_the_sets_and_one_with_another_size_is_refused_until_it_is_forced()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        await Run(source, "chunks", Size).PullAsync();
        SortedDictionary<string, byte[]> first = BundleRun.Files(_folder.Combine("chunks"));

        MirrorReport again = await Run(source, "chunks", Size).PullAsync();
        MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(
            () => Run(source, "chunks", 2 * Size).PullAsync());

        Assert.Equal(0, again.TransferredBytes);
        Assert.Equal(FaultCode.BundleConflict, Assert.Single(refusal.Faults).Code);
        Assert.Contains("platform.tar.0000.chunk, ", refusal.Faults[0].Message, StringComparison.Ordinal);
        BundleRun.DemandSame(first, BundleRun.Files(_folder.Combine("chunks")));
        EngineRun forced = Run(source, "chunks", 2 * Size);
        forced.Settings = forced.Settings with { Force = true };
        MirrorReport report = await forced.PullAsync();
        Assert.Equal(
            Directory.GetFiles(_folder.Combine("chunks"), "*.chunk").Order(StringComparer.Ordinal),
            report.Files.Select(file => file.Path));
        await Engine().VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = _folder.Combine("chunks") }, null, Cancellation);
    }

    [Fact]
    public async Task Each_chunk_has_its_sum_beside_it_and_in_the_report()
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        EngineRun run = Run(source, "chunks", Size);
        run.Settings = run.Settings with { GostDigest = true };

        MirrorReport report = await run.PullAsync();

        GostReport verified = await Engine().VerifyGostDigestAsync(
            new MirrorVerifyGostDigestSettings { BundleDirectory = _folder.Combine("chunks") }, null, Cancellation);
        Assert.Equal(
            report.Files.Select(file => (file.Name, file.GostDigest)),
            verified.Files.Select(file => (file.Name, file.GostDigest)));
        Assert.All(report.Files, file => Assert.Equal(File.ReadAllText(file.Path + ".gostsum"), file.GostDigest));
        Assert.Equal(report.Files.Length, Directory.GetFiles(_folder.Combine("chunks"), "*.gostsum").Length);
    }

    private static MirrorEngine Engine() => new(new Dictionary<string, string>(), TimeProvider.System);

    private EngineRun Run(
        TestRegistry source, string folder, long chunkSize, BundleFormat format = BundleFormat.PathPreserving)
    {
        EngineRun run = EngineRun.Of(source, _folder.Combine(folder));
        run.Settings = run.Settings with { BundleChunkSize = chunkSize, BundleFormat = format };
        return run;
    }

    private async Task<IEnumerable<SourceReference>> PushedAsync(string folder)
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(target.Host, _folder.Combine(folder)).PushAsync();
        using RegistryReader reader = new(target.Host);
        return await reader.ListAsync(Cancellation);
    }
}
