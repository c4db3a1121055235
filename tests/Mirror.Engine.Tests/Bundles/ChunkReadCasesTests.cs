using System.Globalization;
using System.Text;
using System.Text.Json;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;
using Mirror.Engine.Tests.Cases;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>What a reader makes of the files of an archive.</summary>
public sealed class ChunkReadCasesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Streams { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "chunk-read"
        && !spec.Expected.TryGetProperty("lastTwo", out _)
        && !spec.Expected.TryGetProperty("contentFrom", out _));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Streams))]
    public void Files_of_a_set_are_one_stream_or_a_fault(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string first = "";
        foreach (JsonProperty file in spec.Input.GetProperty("files").EnumerateObject())
        {
            first = first.Length == 0 ? file.Name : first;
            File.WriteAllText(_folder.Combine(file.Name), file.Value.GetString());
        }

        string expected = SpecCase.Text(spec.Wanted, "stream")
            ?? $"{SpecCase.Text(spec.Wanted, "error")} {Missing(spec.Wanted)}";

        CaseFile.Check(spec, expected, Read(SpecCase.Text(spec.Input, "open") ?? first));
    }

    [Theory]
    [InlineData("open-numeric-order")]
    public void The_order_is_that_of_the_numbers(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        foreach (JsonProperty file in spec.Input.GetProperty("files").EnumerateObject())
        {
            File.WriteAllText(_folder.Combine(file.Name), file.Value.GetString());
        }

        string[] all = [.. Enumerable.Range(0, 10_001).Select(number => new ChunkName("p.tar", number).FileName)];
        ScriptedDisk disk = new(new PhysicalDisk()) { Names = _ => [.. all.Order(StringComparer.Ordinal)] };
        StoredArchive archive = Assert.Single(new BundleSet(disk)
            .Find(_folder.FullName, [], TestContext.Current.CancellationToken));

        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Wanted, "lastTwo")!,
            string.Concat(archive.Files[^2..].Select(file => File.ReadAllText(archive.PathOf(file)))));
    }

    [Theory]
    [InlineData("open-stale-tail")]
    public async Task A_stale_tail_is_not_read_and_is_warned_of(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using BundleCopy bundle = new("0.33", "security");
        bundle.Split("security.tar", int.MaxValue);
        using BundleReader whole = Open();
        await File.WriteAllTextAsync(bundle.PathOf(BundleCopy.ChunkOf("security.tar", 1)), "older", cancellation);

        using BundleReader reader = Open();

        Assert.Empty(whole.Warnings);
        Assert.Equal(whole.Archives[0].Entries, reader.Archives[0].Entries);
        Fault warning = Assert.Single(reader.Warnings);
        Assert.Equal(FaultCode.ArchiveTail, warning.Code);
        Assert.Contains("security.tar (2 chunks) continues after", warning.Message, StringComparison.Ordinal);
        CaseFile.Check(spec, SpecCase.Text(spec.Wanted, "warning")!, "data after end marker");

        BundleReader Open() => BundleRun.Open(
            new PhysicalDisk(), new BundleSet(new PhysicalDisk()).Find(bundle.Folder, [], cancellation), cancellation);
    }

    private string Read(string file)
    {
        try
        {
            PhysicalDisk disk = new();
            StoredArchive archive = Assert.Single(new BundleSet(disk)
                .Find(null, [_folder.Combine(file)], TestContext.Current.CancellationToken));
            using IDiskFile stream = ChunkedFile.OpenRead(disk, archive);
            byte[] content = new byte[stream.Length];
            for (int offset = 0; offset < content.Length;)
            {
                int read = stream.Read(content.AsSpan(offset), offset);
                Assert.NotEqual(0, read);
                offset += read;
            }

            return Encoding.UTF8.GetString(content);
        }
        catch (MirrorException exception)
        {
            return exception.Faults[0] switch
            {
                { Code: FaultCode.NoArchives } => "not-found ",
                { Code: FaultCode.ChunkMissing } fault => $"missing-chunk [{NumberIn(fault.Message)}]",
                var fault => fault.Code,
            };
        }
    }

    private static string Missing(JsonElement wanted) => wanted.TryGetProperty("missing", out JsonElement numbers)
        ? JsonSerializer.Serialize(numbers)
        : "";

    private static int NumberIn(string message) =>
        int.Parse(message.Split(' ')[^1].TrimEnd('.'), CultureInfo.InvariantCulture);
}
