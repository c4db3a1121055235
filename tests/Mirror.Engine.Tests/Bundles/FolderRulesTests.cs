using System.Collections.Immutable;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

public sealed class FolderRulesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SketchedBundle _bundle = SketchedBundle.Small();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_run_of_the_same_plan_keeps_everything_and_changes_nothing()
    {
        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);
        SortedDictionary<string, byte[]> before = BundleRun.Files(_folder.FullName);
        using (OpenedBundle opened = await BundleRun.OpenAsync(_bundle, _folder.FullName, Cancellation))
        {
            Assert.All(_bundle.Contents.Keys, digest => Assert.True(opened.Writer.IsSealed(digest)));
            await opened.Writer.CommitAsync(Cancellation);
            Assert.InRange(opened.BytesWritten, 0, 100);
        }

        BundleRun.DemandSame(before, BundleRun.Files(_folder.FullName));
    }

    [Fact]
    public async Task A_kept_archive_needs_no_blob_but_the_others_get_theirs()
    {
        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);
        SortedDictionary<string, byte[]> before = BundleRun.Files(_folder.FullName);
        File.Delete(_folder.Combine("platform.tar"));
        using (OpenedBundle opened = await BundleRun.OpenAsync(_bundle, _folder.FullName, Cancellation))
        {
            Assert.Equal(["module-console.tar"], opened.Prepared.Kept.Names);
            HashSet<string> needed = opened.Prepared.Layouts[1].Entries
                .Where(entry => entry.IsBlob).Select(entry => entry.Digest.ToString()).ToHashSet();
            Assert.All(
                _bundle.Contents.Keys,
                digest => Assert.Equal(!needed.Contains(digest.ToString()), opened.Writer.IsSealed(digest)));
        }

        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);
        BundleRun.DemandSame(before, BundleRun.Files(_folder.FullName));
    }

    [Fact]
    public async Task Archives_of_another_plan_or_another_tool_are_named_all_at_once_and_left_alone()
    {
        await BundleRun.CompleteAsync(SketchedBundle.Small(2), _folder.FullName, Cancellation);
        await Write("module-console.tar.json", "{}");
        await Write("platform.tar.0000.chunk", "chunk");
        await Write("platform.tar.0000.chunk.gostsum", "sum");
        await Write("notes.txt", "mine");
        SortedDictionary<string, byte[]> before = BundleRun.Files(_folder.FullName);

        Fault fault = await RefusalAsync();

        Assert.Equal(FaultCode.BundleConflict, fault.Code);
        Assert.Contains(
            "module-console.tar, module-console.tar.json, platform.tar, platform.tar.0000.chunk, "
                + "platform.tar.0000.chunk.gostsum.",
            fault.Message,
            StringComparison.Ordinal);
        Assert.Contains("Set Force", fault.Advice, StringComparison.Ordinal);
        BundleRun.DemandSame(before, BundleRun.Files(_folder.FullName));
    }

    [Theory]
    [InlineData("bundle.json")]
    [InlineData("deckhousereleases.yaml")]
    [InlineData("platform.tar")]
    [InlineData("platform.tar.gostsum")]
    [InlineData("platform.tar.10000.chunk")]
    public async Task One_foreign_file_of_a_planned_name_is_a_conflict(string name)
    {
        await Write(name, "foreign");

        Assert.Contains(name, (await RefusalAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_whose_size_is_not_that_of_its_inventory_is_a_conflict()
    {
        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);
        await using (FileStream file = File.OpenWrite(_folder.Combine("platform.tar")))
        {
            file.SetLength(file.Length - 1);
        }

        Assert.Contains("platform.tar", (await RefusalAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Force_replaces_the_archives_of_this_plan_with_all_their_forms_and_nothing_else()
    {
        await BundleRun.CompleteAsync(SketchedBundle.Small(2), _folder.FullName, Cancellation);
        await Write("platform.tar.0000.chunk", "chunk");
        await Write("platform.tar.gostsum", "sum");
        await Write("security.tar", "another archive");
        await Write("platform.tar.0000.chunk.txt", "mine");

        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation, force: true);

        Assert.Equal(
            [
                "bundle.json", "deckhousereleases.yaml", "module-console.tar", "module-console.tar.json",
                "platform.tar", "platform.tar.0000.chunk.txt", "platform.tar.json", "security.tar",
            ],
            BundleRun.Files(_folder.FullName).Keys);
        using TemporaryFolder fresh = new();
        await BundleRun.CompleteAsync(_bundle, fresh.FullName, Cancellation);
        Assert.All(
            BundleRun.Files(fresh.FullName),
            file => Assert.Equal(file.Value, File.ReadAllBytes(_folder.Combine(file.Key))));
    }

    [Fact]
    public async Task Archives_outside_the_plan_are_named_in_one_warning_and_other_files_are_not()
    {
        await Write("security.tar", "");
        await Write("module-old.tar.0000.chunk", "");
        await Write("module-old.tar.0001.chunk", "");
        await Write("notes.txt", "");

        ImmutableArray<Fault> warnings = await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);

        Fault warning = Assert.Single(warnings);
        Assert.Equal(FaultCode.ForeignArchives, warning.Code);
        Assert.Contains(": module-old.tar, security.tar.", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_of_an_earlier_run_are_replaced_and_foreign_parts_are_not()
    {
        await Write("platform.tar.part", "stale");
        await Write("movie.tar.part", "mine");

        await BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation);

        Assert.False(File.Exists(_folder.Combine("platform.tar.part")));
        Assert.True(File.Exists(_folder.Combine("movie.tar.part")));
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_folder_is_refused()
    {
        await Write("file", "");

        MirrorException exception = await Assert.ThrowsAsync<MirrorException>(
            () => BundleRun.CompleteAsync(_bundle, _folder.Combine("file"), Cancellation));

        Assert.Equal(FaultCode.BundleNotDirectory, exception.Faults[0].Code);
    }

    private async Task<Fault> RefusalAsync() => (await Assert.ThrowsAsync<MirrorException>(
        () => BundleRun.CompleteAsync(_bundle, _folder.FullName, Cancellation))).Faults[0];

    private Task Write(string name, string content) =>
        File.WriteAllTextAsync(_folder.Combine(name), content, Cancellation);
}
