using System.Formats.Tar;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class PullFlowTests
{
    [Fact]
    public async Task A_pull_stores_what_its_plan_says_and_leaves_nothing_else()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        MirrorPlan plan = await Run(registry, folder).PlanAsync();

        MirrorReport report = await Run(registry, folder).PullAsync();

        Assert.Equal(plan.Everything(), report.Plan.Everything());
        Assert.Equal(plan.Archives(), report.Files.Select(file => file.Name));
        Assert.Equal(plan.Archives(), Archives(folder));
        Assert.All(report.Files, file => Assert.Equal(file.Bytes, new FileInfo(file.Path).Length));
        Assert.Equal(registry.Requests.All.Count(record => record.Request.IsBlob()), Distinct(registry));
        AssertContent(folder);
    }

    [Fact]
    public async Task A_blob_that_breaks_off_is_continued_at_the_next_byte()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        string digest = LargestBlob(registry);
        registry.Faults.Add(request => request.IsBlob(digest), new RegistryFault { CutBodyAfter = 10 }, times: 1);

        await Run(registry, folder).PullAsync();

        Assert.Equal([null, "bytes=10-"], registry.Requests.Blobs(digest).Select(record => record.Range));
        AssertContent(folder);
    }

    [Fact]
    public async Task Wrong_bytes_once_are_read_again()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        string digest = LargestBlob(registry);
        registry.Faults.Add(request => request.IsBlob(digest), new RegistryFault { CorruptByteAt = 5 }, times: 1);

        await Run(registry, folder).PullAsync();

        Assert.Equal(2, registry.Requests.Blobs(digest).Count);
        AssertContent(folder);
    }

    [Fact]
    public async Task Wrong_bytes_twice_end_the_run_and_no_archive_has_its_name()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        string digest = LargestBlob(registry);
        registry.Faults.Add(request => request.IsBlob(digest), new RegistryFault { CorruptByteAt = 5 });

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => Run(registry, folder).PullAsync());

        Assert.Equal(
            [FaultCode.BlobDigestMismatch, FaultCode.ArchivesIncomplete],
            failure.Faults.Select(fault => fault.Code));
        Assert.Equal(2, registry.Requests.Blobs(digest).Count);
        Assert.Empty(Archives(folder));
    }

    [Fact]
    public async Task A_server_that_fails_for_a_moment_is_asked_again()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        string digest = LargestBlob(registry);
        registry.Faults.Add(request => request.IsBlob(digest), new RegistryFault { Status = 503 }, times: 2);

        await Run(registry, folder).PullAsync();

        Assert.Equal([503, 503, 200], registry.Requests.Blobs(digest).Select(record => record.Status));
        AssertContent(folder);
    }

    [Fact]
    public async Task A_cancelled_pull_leaves_no_archive_and_the_next_one_completes()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        string digest = LargestBlob(registry);
        RequestGate gate = new();
        FaultRule rule = registry.Faults.Add(
            request => request.IsBlob(digest), new RegistryFault { Gate = gate, GateBodyAfter = 10 });
        using CancellationTokenSource user = new();

        Task<MirrorReport> pull = Run(registry, folder).PullAsync(user.Token);
        await gate.Reached;
        await user.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);

        Assert.Empty(Archives(folder));
        registry.Faults.Remove(rule);
        gate.Open();
        MirrorReport report = await Run(registry, folder).PullAsync();
        Assert.Equal(report.Plan.Archives(), Archives(folder));
        AssertContent(folder);
    }

    [Fact]
    public async Task A_second_pull_of_the_same_plan_downloads_no_layer()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        await Run(registry, folder).PullAsync();
        registry.Requests.Clear();

        MirrorReport report = await Run(registry, folder).PullAsync();

        Assert.Empty(registry.Requests.Blobs(LargestBlob(registry)));
        Assert.Equal(0, report.TransferredBytes);
    }

    [Theory]
    [InlineData("report.json", "\"format\": \"deckhouse-mirror-report/1\"")]
    [InlineData("report.md", "# Pull of ")]
    public async Task A_report_is_written_in_the_form_that_its_name_says(string name, string beginning)
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        using TemporaryFolder reports = new();
        EngineRun run = Run(registry, folder);
        run.Settings = run.Settings with { ReportFile = reports.Combine("deep", name) };

        await run.PullAsync();

        Assert.Contains(
            beginning,
            await File.ReadAllTextAsync(reports.Combine("deep", name), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal([name], Directory.GetFiles(reports.Combine("deep")).Select(Path.GetFileName));
    }

    private static EngineRun Run(TestRegistry registry, TemporaryFolder folder)
    {
        EngineRun run = EngineRun.Of(registry, folder.Combine("bundle"));
        run.Settings = run.Settings with
        {
            Components = MirrorComponents.SecurityDb | MirrorComponents.Installer,
        };
        return run;
    }

    private static string[] Archives(TemporaryFolder folder) =>
    [
        .. Directory.GetFiles(folder.Combine("bundle"), "*.tar").Select(file => Path.GetFileName(file)!)
            .Order(StringComparer.Ordinal),
    ];

    private static int Distinct(TestRegistry registry) =>
        registry.Requests.Blobs().Select(record => record.Request.Route.Reference).Distinct().Count();

    private static string LargestBlob(TestRegistry registry)
    {
        Assert.True(registry.Content.TryGetRepository("deckhouse/ee/security/trivy-db", out RepositoryContent? found));
        return found.Blobs.MaxBy(blob => blob.Size)!.Digest;
    }

    /// <summary>Every blob of every archive has the digest that its entry is named after.</summary>
    private static void AssertContent(TemporaryFolder folder)
    {
        int blobs = 0;
        foreach (string archive in Archives(folder))
        {
            using FileStream file = File.OpenRead(folder.Combine("bundle", archive));
            using TarReader tar = new(file);
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.Name.Contains("blobs/sha256/", StringComparison.Ordinal) && entry.DataStream is { } data)
                {
                    using MemoryStream content = new();
                    data.CopyTo(content);
                    Assert.Equal("sha256:" + entry.Name.Split('/')[^1], Sha256Digest.Of(content.ToArray()));
                    blobs++;
                }
            }
        }

        Assert.NotEqual(0, blobs);
    }
}
