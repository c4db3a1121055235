using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>Archives that are kept: believed unread and named so, or hashed in the run.</summary>
public sealed class KeptArchivesTests : IDisposable
{
    private const string Platform = "platform.tar";

    private readonly TemporaryFolder _folder = new();
    private readonly SketchedBundle _bundle = SketchedBundle.Small();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<string, long> Places { get; } = new(
        ["header", "oci-layout", "index.json", "blob", "padding", "end", "end mark"], [0, 7_001]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Places))]
    public async Task No_sum_is_written_over_a_byte_that_is_wrong(string place, long chunkBytes)
    {
        await CompleteAsync(chunkBytes, writesSums: false);
        Flip(place, chunkBytes, keepsTime: true);
        SortedDictionary<string, byte[]> before = BundleRun.Files(_folder.FullName);

        Fault fault = Assert.Single((await Assert.ThrowsAsync<MirrorException>(
            () => CompleteAsync(chunkBytes, writesSums: true))).Faults);

        Assert.Equal((FaultCode.ContentDamaged, Platform), (fault.Code, fault.Message.Split(' ')[0]));
        BundleRun.DemandSame(before, BundleRun.Files(_folder.FullName));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_archive_that_was_written_to_after_its_inventory_is_hashed(string place, long chunkBytes)
    {
        await CompleteAsync(chunkBytes, writesSums: false);
        Flip(place, chunkBytes, keepsTime: false);

        Fault fault = Assert.Single((await Assert.ThrowsAsync<MirrorException>(
            () => CompleteAsync(chunkBytes, writesSums: false))).Faults);

        Assert.Equal(FaultCode.ContentDamaged, fault.Code);
    }

    [Fact]
    public async Task What_was_hashed_once_is_believed_by_the_next_run()
    {
        await CompleteAsync(0, writesSums: false);
        Age(_folder.Combine(BundleNames.Inventory(Platform)));

        Assert.Equal(["module-console.tar"], await CompleteAsync(0, writesSums: false));
        Assert.Equal(["module-console.tar", Platform], await CompleteAsync(0, writesSums: false));
        Assert.Empty(await CompleteAsync(0, writesSums: true));
        Assert.Equal(["module-console.tar", Platform], await CompleteAsync(0, writesSums: true));
        Age(_folder.Combine(BundleNames.Sum(Platform)));
        Assert.Equal(["module-console.tar"], await CompleteAsync(0, writesSums: true));
        Assert.Equal(["module-console.tar", Platform], await CompleteAsync(0, writesSums: true));
    }

    [Fact]
    public async Task An_archive_that_is_believed_is_not_read()
    {
        await CompleteAsync(0, writesSums: true);
        Flip("blob", 0, keepsTime: true);

        Assert.Equal(["module-console.tar", Platform], await CompleteAsync(0, writesSums: true));
    }

    [Fact]
    public async Task A_new_archive_is_never_only_believed() =>
        Assert.Empty(await CompleteAsync(0, writesSums: false));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_inventory_that_is_not_as_planned_makes_its_archive_doubtful(bool isDamaged)
    {
        await CompleteAsync(0, writesSums: false);
        SortedDictionary<string, byte[]> expected = BundleRun.Files(_folder.FullName);
        string inventory = _folder.Combine(BundleNames.Inventory(Platform));
        string text = await File.ReadAllTextAsync(inventory, Cancellation);
        await File.WriteAllTextAsync(
            inventory, text.Replace("\"tag\": \"v1", "\"tag\": \"v9", StringComparison.Ordinal), Cancellation);
        if (isDamaged)
        {
            Flip("blob", 0, keepsTime: true);
            await Assert.ThrowsAsync<MirrorException>(() => CompleteAsync(0, writesSums: false));
            return;
        }

        Assert.Equal(["module-console.tar"], await CompleteAsync(0, writesSums: false));
        BundleRun.DemandSame(expected, BundleRun.Files(_folder.FullName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_an_earlier_runs_commit_names_in_this_run_is_hashed_in_this_run(bool isDamaged)
    {
        string whole = _folder.Combine("whole");
        await BundleRun.CompleteAsync(_bundle, whole, Cancellation);
        ScriptedDisk disk = new(new PhysicalDisk())
        {
            Before = (operation, path) =>
            {
                if (operation == "rename" && Path.GetFileName(path) == BundleNames.Part(Platform))
                {
                    throw new SimulatedCrashException();
                }
            },
        };
        string target = _folder.Combine("target");
        await Assert.ThrowsAsync<SimulatedCrashException>(
            () => BundleRun.CompleteAsync(_bundle, target, Cancellation, disk));
        Assert.Contains(BundleNames.Commit, BundleRun.Files(target).Keys);
        if (isDamaged)
        {
            Flip("blob", 0, keepsTime: true, Path.Combine(target, Platform + ".part"));
        }

        using OpenedBundle opened = await BundleRun.OpenAsync(_bundle, target, Cancellation);
        Task commit = opened.Writer.CommitAsync(Cancellation);

        Assert.Contains(Platform, opened.Prepared.Kept.Doubtful);
        if (isDamaged)
        {
            Assert.Equal(
                FaultCode.ContentDamaged,
                Assert.Single((await Assert.ThrowsAsync<MirrorException>(() => commit)).Faults).Code);
            return;
        }

        await commit;
        BundleRun.DemandSame(BundleRun.Files(whole), BundleRun.Files(target));
    }

    private static void Age(string path) =>
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddHours(-1));

    /// <returns>Which archives the run only believed.</returns>
    private async Task<IEnumerable<string>> CompleteAsync(long chunkBytes, bool writesSums)
    {
        using OpenedBundle opened = await BundleRun.OpenAsync(
            _bundle,
            _folder.FullName,
            Cancellation,
            options: new BundleOptions { ChunkBytes = chunkBytes, WritesSums = writesSums });
        await BundleRun.CommitAsync(opened, _bundle, Cancellation);
        return opened.Prepared.Kept.Believed;
    }

    /// <summary>Changes a byte of the archive of the platform.</summary>
    private void Flip(string place, long chunkBytes, bool keepsTime, string? path = null)
    {
        ArchiveLayout layout = BundleLayout.Create(_bundle.Plan, chunkBytes).Single(layout => layout.Name == Platform);
        ArchiveEntry blob = layout.Entries.First(entry => entry.IsBlob && entry.Size % 512 is > 1 and < 500);
        long offset = place switch
        {
            "header" => blob.HeaderOffset + 130,
            "blob" => blob.DataOffset + (blob.Size / 2),
            "padding" => blob.DataOffset + blob.Size + 1,
            "end" => layout.Length - 1,
            "end mark" => layout.Length - 1024,
            _ => layout.Entries.First(entry => entry.FileName == place).DataOffset + 5,
        };
        ArchivePart part = layout.Parts.Last(part => part.Offset <= offset);
        path ??= _folder.Combine(part.Name);
        DateTime written = File.GetLastWriteTimeUtc(path);
        using (FileStream file = File.Open(path, FileMode.Open))
        {
            file.Position = offset - part.Offset;
            int value = file.ReadByte();
            file.Position = offset - part.Offset;
            file.WriteByte((byte)(value ^ 0x10));
        }

        File.SetLastWriteTimeUtc(path, keepsTime ? written : written.AddSeconds(1));
    }
}
