using System.Text;
using Mirror.Engine.Bundles.Records;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>What becomes of <c>deckhousereleases.yaml</c> in a folder that has one already.</summary>
public sealed class ReleasesFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SketchedBundle _bundle = SketchedBundle.Small();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Releases => _folder.Combine(PlannedFile.Releases);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_index_knows_the_file_by_its_digest()
    {
        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);

        BundleIndex? index = BundleJson.ReadIndex(
            await File.ReadAllBytesAsync(_folder.Combine("bundle.json"), Cancellation));

        Assert.Equal([IndexedFile.Create(_bundle.Files[0])], index!.Files);
    }

    [Fact]
    public void An_index_without_files_is_still_an_index() => Assert.Empty(BundleJson.ReadIndex(
        """{"format":"deckhouse-mirror/bundle/1","archives":[]}"""u8)!.Files);

    [Fact]
    public async Task A_list_of_our_own_that_changed_at_the_source_is_replaced_without_force()
    {
        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);
        Plan("---\nname: other\n");

        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);

        Assert.Equal("---\nname: other\n", await File.ReadAllTextAsync(Releases, Cancellation));
    }

    [Fact]
    public async Task A_list_that_somebody_changed_is_a_conflict_and_force_replaces_it()
    {
        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);
        SortedDictionary<string, byte[]> whole = BundleRun.Files(_folder.FullName);
        await File.AppendAllTextAsync(Releases, "# mine\n", Cancellation);

        await RefusedAsync();
        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation, force: true);

        BundleRun.DemandSame(whole, BundleRun.Files(_folder.FullName));
    }

    [Fact]
    public async Task A_list_that_is_as_planned_is_kept_whoever_wrote_it()
    {
        await File.WriteAllBytesAsync(Releases, _bundle.Files[0].Content.ToArray(), Cancellation);

        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);

        Assert.True(File.Exists(Releases));
    }

    [Fact]
    public async Task A_plan_of_the_platform_without_a_list_takes_ours_away()
    {
        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);
        _bundle.Files.Clear();

        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);

        Assert.False(File.Exists(Releases));
    }

    [Fact]
    public async Task A_plan_of_the_platform_without_a_list_takes_another_list_away_only_by_force()
    {
        _bundle.Files.Clear();
        await File.WriteAllTextAsync(Releases, "theirs", Cancellation);

        await RefusedAsync();
        Assert.True(File.Exists(Releases));
        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation, force: true);

        Assert.False(File.Exists(Releases));
    }

    [Fact]
    public async Task A_plan_without_the_platform_leaves_the_list_alone()
    {
        await File.WriteAllTextAsync(Releases, "theirs", Cancellation);

        await BundleRun.CompleteAsync(SketchedBundle.Random(5), _folder.FullName, Cancellation);

        Assert.Equal("theirs", await File.ReadAllTextAsync(Releases, Cancellation));
    }

    [Fact]
    public async Task What_a_stopped_run_left_of_it_is_replaced()
    {
        await File.WriteAllTextAsync(_folder.Combine(PlannedFile.Releases + ".part"), "half", Cancellation);

        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);

        Assert.Equal(_bundle.Files[0].Content.ToArray(), await File.ReadAllBytesAsync(Releases, Cancellation));
        Assert.False(File.Exists(_folder.Combine(PlannedFile.Releases + ".part")));
    }

    private void Plan(string text)
    {
        _bundle.Files.Clear();
        _bundle.Files.Add(new PlannedFile { Name = PlannedFile.Releases, Content = Encoding.UTF8.GetBytes(text) });
    }

    private async Task RefusedAsync()
    {
        Fault fault = (await Assert.ThrowsAsync<MirrorException>(
            () => BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation))).Faults[0];
        Assert.Equal(FaultCode.BundleConflict, fault.Code);
        Assert.Contains(PlannedFile.Releases, fault.Message, StringComparison.Ordinal);
    }
}
