using System.Collections.Immutable;
using System.Text.Json;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Journal;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Mirror.Engine.Report;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Hashing;
using Mirror.Engine.Tests.Report;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>What a pull gives a final name was hashed by that pull, or it says that it only believed.</summary>
public sealed class ProvenPullTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Damage_of_what_was_durable_is_fetched_again_and_told()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        await Run(registry, "whole").PullAsync();
        string missing = registry.Requests.Blobs()[^1].Request.Route.Reference;
        registry.Faults.Add(request => request.IsBlob(missing), new RegistryFault { Status = 404 });
        await Assert.ThrowsAsync<MirrorException>(() => Run(registry, "bundle").PullAsync());
        registry.Faults.Clear();
        JournalContent journal = JournalLines.Read(
            await File.ReadAllBytesAsync(_folder.Combine("bundle", "platform.tar.journal"), Cancellation))!;
        JournalExtent largest = journal.Written.Take(journal.DurableCount).MaxBy(extent => extent.Size);
        using (FileStream part = File.OpenWrite(_folder.Combine("bundle", "platform.tar.part")))
        {
            part.Position = largest.Offset + (largest.Size / 2);
            part.Write(new byte[int.Min(4096, (int)(largest.Size / 4))]);
        }

        registry.Requests.Clear();

        MirrorReport report = await Run(registry, "bundle").PullAsync();

        // A layer that planning reads comes from the spool.
        Assert.All(registry.Requests.Blobs(), record => Assert.Contains(
            record.Request.Route.Reference, new[] { missing, largest.Digest.ToString() }));
        Fault warning = Assert.Single(report.Warnings, fault => fault.Code == FaultCode.DurableContentChanged);
        Assert.Contains("1 blob ", warning.Message, StringComparison.Ordinal);
        DemandWhole();
    }

    [Fact]
    public async Task A_forged_journal_beside_forged_content_changes_nothing()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        await Run(registry, "whole").PullAsync();
        string target = Directory.CreateDirectory(_folder.Combine("bundle")).FullName;
        foreach (string inventory in Directory.GetFiles(_folder.Combine("whole"), "*.tar.json"))
        {
            Forge(inventory, target);
        }

        EngineRun run = Run(registry, "bundle");

        MirrorReport report = await run.PullAsync();

        Assert.Contains(run.Events, line => line.Message.StartsWith("Resuming: ", StringComparison.Ordinal));
        Assert.Contains(report.Warnings, fault => fault.Code == FaultCode.DurableContentChanged);
        DemandWhole();
    }

    [Fact]
    public async Task The_report_says_which_archives_were_only_believed_and_what_checks_them()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        EngineRun first = Run(registry, "whole");
        Assert.Empty((await first.PullAsync()).BelievedArchives);
        Assert.DoesNotContain(first.Events, line => line.Message.StartsWith("Kept without", StringComparison.Ordinal));
        EngineRun run = Run(registry, "whole");
        string json = _folder.Combine("report.json");
        run.Settings = run.Settings with { ReportFile = json };
        File.SetLastWriteTimeUtc(
            _folder.Combine("whole", "security.tar"),
            File.GetLastWriteTimeUtc(_folder.Combine("whole", "security.tar.json")).AddSeconds(1));

        MirrorReport report = await run.PullAsync();

        ImmutableArray<string> believed = [.. report.Plan.Archives.Select(archive => archive.Name)
            .Where(name => name != "security.tar").Order(StringComparer.Ordinal)];
        Assert.Equal(believed, report.BelievedArchives);
        string line = Assert.Single(
            run.Events, line => line.Message.StartsWith("Kept without", StringComparison.Ordinal)).Message;
        Assert.All(believed, archive => Assert.Contains(archive, line, StringComparison.Ordinal));
        Assert.DoesNotContain("security.tar", line, StringComparison.Ordinal);
        Assert.Contains("verify run", line, StringComparison.Ordinal);
        Assert.Contains(run.Events, line => line.Message == "Hashing before they are kept: security.tar.");
        using JsonDocument document = JsonDocument.Parse(await File.ReadAllBytesAsync(json, Cancellation));
        Assert.Equal(
            believed,
            document.RootElement.GetProperty("believedArchives").EnumerateArray().Select(name => name.GetString()!));
        Assert.All(
            new[]
            {
                ReportMarkdown.Render(SmallPlan.Pulled, report),
                ReportHtml.Render(SmallPlan.Pulled, report),
                ReportSummary.Create(report).Markdown,
            },
            text => Assert.Contains(line[..40], text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kept_archive_with_a_wrong_byte_gets_no_sum()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        EngineRun run = Run(registry, "bundle");
        run.Settings = run.Settings with { GostDigest = false };
        await run.PullAsync();
        string archive = _folder.Combine("bundle", "platform.tar");
        DateTime written = File.GetLastWriteTimeUtc(archive);
        using (FileStream file = File.Open(archive, FileMode.Open))
        {
            file.Position = file.Length / 2;
            int value = file.ReadByte();
            file.Position = file.Length / 2;
            file.WriteByte((byte)~value);
        }

        File.SetLastWriteTimeUtc(archive, written);
        Assert.Contains("platform.tar", (await run.PullAsync()).BelievedArchives);
        run.Settings = run.Settings with { GostDigest = true };

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => run.PullAsync());

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal((FaultCode.ContentDamaged, "platform.tar"), (fault.Code, fault.Message.Split(' ')[0]));
        Assert.Empty(Directory.GetFiles(_folder.Combine("bundle"), "*.gostsum"));
    }

    /// <summary>An unfinished archive with wrong bytes in each blob, and a journal that calls all durable.</summary>
    private static void Forge(string inventoryFile, string target)
    {
        BundleInventory inventory = BundleJson.ReadInventory(File.ReadAllBytes(inventoryFile))!;
        string source = Path.ChangeExtension(inventoryFile, null);
        string part = Path.Combine(target, BundleNames.Part(inventory.Archive));
        File.Copy(source, part);
        List<string> lines = [];
        using (ArchiveReader reader = ArchiveReader.Open(
            new PhysicalDisk(),
            new StoredArchive(inventory.Archive, Path.GetDirectoryName(source)!, [inventory.Archive]),
            Cancellation))
        using (FileStream file = File.Open(part, FileMode.Open))
        {
            foreach (ScannedEntry entry in reader.Entries.Where(entry => entry.FileName is null))
            {
                lines.Add(JournalLines.Written(new JournalExtent(entry.DataOffset, entry.Size, entry.Digest)));
                file.Position = entry.DataOffset + (entry.Size / 2);
                file.WriteByte(0x5A);
                file.Position = entry.DataOffset + (entry.Size / 2) - 1;
                file.WriteByte(0xA5);
            }
        }

        using ArchiveParts parts = new(
            new BundleFolder(new PhysicalDisk(), target), ArchivePart.Cut(inventory.Archive, inventory.Bytes, 0));
        Assert.True(parts.TryOpenExisting());
        JournalChain chain = new();
        JournalHeader header = new(inventory.Archive, inventory.Fingerprint, inventory.Bytes, 0, parts.Place());
        File.WriteAllBytes(
            Path.Combine(target, BundleNames.Journal(inventory.Archive)),
            [
                .. lines.Prepend(JournalLines.Header(header))
                    .Append(JournalLines.Durable(lines.Count))
                    .Append($"summed 0 {inventory.Bytes & -64} {new('0', 272)}")
                    .SelectMany(chain.Next),
            ]);
    }

    private EngineRun Run(TestRegistry registry, string name)
    {
        EngineRun run = EngineRun.Of(registry, _folder.Combine(name));
        run.Settings = run.Settings with { GostDigest = true };
        return run;
    }

    private void DemandWhole()
    {
        SortedDictionary<string, byte[]> files = BundleRun.Files(_folder.Combine("bundle"));
        BundleRun.DemandSame(BundleRun.Files(_folder.Combine("whole")), files);
        Assert.All(files.Where(file => BundleNames.SummedBy(file.Key) is not null), sum => Assert.Equal(
            StreebogOracle.Of(files[BundleNames.SummedBy(sum.Key)!], 256),
            System.Text.Encoding.ASCII.GetString(sum.Value)));
    }
}
