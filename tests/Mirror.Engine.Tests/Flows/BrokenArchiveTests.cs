using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>One archive that cannot be completed, among others that can.</summary>
public sealed class BrokenArchiveTests
{
    [Fact]
    public async Task An_archive_that_fails_is_named_and_the_others_are_fetched_to_their_end()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        await EngineRun.Of(registry, folder.Combine("whole")).PullAsync();
        string digest = LargestOf(registry, "deckhouse/ee/security/trivy-db");
        registry.Faults.Add(request => request.IsBlob(digest), new RegistryFault { Status = 404 });

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() =>
            EngineRun.Of(registry, folder.Combine("bundle")).PullAsync());

        Assert.Equal(
            [FaultCode.BlobUnavailable, FaultCode.ArchivesIncomplete], failure.Faults.Select(fault => fault.Code));
        Assert.EndsWith(": security.tar.", failure.Faults[^1].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(BundleRun.Files(folder.Combine("bundle")).Keys, BundleNames.IsArchive);
        registry.Faults.Clear();
        registry.Requests.Clear();

        await EngineRun.Of(registry, folder.Combine("bundle")).PullAsync();

        Assert.Equal(digest, Assert.Single(registry.Requests.Blobs()).Request.Route.Reference);
        BundleRun.DemandSame(BundleRun.Files(folder.Combine("whole")), BundleRun.Files(folder.Combine("bundle")));
    }

    [Fact]
    public async Task A_blob_that_archives_share_is_missing_from_each_of_them()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        MirrorPlan plan = await EngineRun.Of(registry, folder.Combine("bundle")).PlanAsync();
        IGrouping<Digest, string> shared = plan.Archives
            .SelectMany(archive => archive.Layouts, (archive, layout) => (archive.Name, layout.Blobs))
            .SelectMany(pair => pair.Blobs.Where(blob => !blob.IsManifest), (pair, blob) => (pair.Name, blob.Digest))
            .Distinct().GroupBy(pair => pair.Digest, pair => pair.Name).First(names => names.Count() > 1);
        registry.Faults.Add(request => request.IsBlob(shared.Key.ToString()), new RegistryFault { Status = 404 });

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() =>
            EngineRun.Of(registry, folder.Combine("bundle")).PullAsync());

        Assert.EndsWith(
            $": {string.Join(", ", shared.Order(StringComparer.Ordinal))}.", failure.Faults[^1].Message,
            StringComparison.Ordinal);
    }

    private static string LargestOf(TestRegistry registry, string repository)
    {
        Assert.True(registry.Content.TryGetRepository(repository, out RepositoryContent? found));
        return found.Blobs.MaxBy(blob => blob.Size)!.Digest;
    }
}
