using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;
using Mirror.Engine.Plan;
using Mirror.Engine.Tests.Cases;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>The cases about the bytes of an archive and about what is in it.</summary>
public sealed class TarPackCasesTests
{
    public static TheoryData<string> Fields { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "tar-pack" && spec.Expected.TryGetProperty("offset", out _));

    public static TheoryData<string> Names { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "tar-pack" && spec.Expected.TryGetProperty("longLink", out _));

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_field_of_a_header_is_that_of_d8(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        long size = spec.Input.TryGetProperty("size", out JsonElement given) ? given.GetInt64() : 3;
        byte[] expected = SpecCase.Text(spec.Expected, "ascii") is { } ascii
            ? Encoding.ASCII.GetBytes(ascii)
            : Convert.FromHexString(SpecCase.Text(spec.Expected, "hex")!);
        byte[] header = TarHeader.Create(SpecCase.Text(spec.Input, "entry") ?? "a", size);

        CaseFile.Check(
            spec,
            Convert.ToHexString(expected),
            Convert.ToHexString(header, spec.Expected.GetProperty("offset").GetInt32(), expected.Length));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_over_100_bytes_has_an_entry_before_its_own(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        int length = spec.Input.GetProperty("nameLength").GetInt32();
        byte[] header = TarHeader.Create(new string('n', length), 5);
        bool isLong = header.Length > TarHeader.BlockSize;

        Assert.Equal(isLong ? 3 * TarHeader.BlockSize : TarHeader.BlockSize, TarHeader.SizeOf(new string('n', length)));
        string actual = isLong
            ? $"True {Encoding.ASCII.GetString(header, 0, 13)} {(char)header[156]} "
                + $"{Convert.ToInt32(Encoding.ASCII.GetString(header, 124, 11), 8)} "
                + $"{(header.Length - (2 * TarHeader.BlockSize)) / TarHeader.BlockSize}"
            : $"False {header[100] == 0}";
        CaseFile.Check(
            spec,
            string.Join(' ', spec.Expected.EnumerateObject().Select(member => member.Value.ToString())),
            isLong ? actual : $"False {header[99] == 0}");
    }

    [Theory]
    [InlineData("tar-end")]
    public void Two_blocks_of_zeros_end_an_archive(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        ArchiveLayout layout = Assert.Single(BundleLayout.Create(PlanOf(Layout(""))));
        ArchiveEntry last = layout.Entries[^1];
        long before = last.DataOffset + TarHeader.Padded(last.Size);

        long size = TarHeader.SizeOf("a") + TarHeader.Padded(5) + layout.Length - before;
        CaseFile.Check(
            spec, SpecCase.Any(spec.Expected, "archiveSize")!, size.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("tar-no-dirs")]
    public void An_archive_has_no_entries_for_folders(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        ArchiveLayout layout = Assert.Single(BundleLayout.Create(PlanOf(Layout("x"))));

        Assert.NotEmpty(layout.Entries);
        CaseFile.Check(
            spec,
            SpecCase.Strings(spec.Expected, "entries").Any(IsFolder).ToString(),
            layout.Entries.Any(entry => IsFolder(entry.Path)).ToString());

        static bool IsFolder(string name) => name.EndsWith('/');
    }

    [Theory]
    [InlineData("tar-order-layout")]
    public void Entries_are_in_an_order_of_their_own(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string prefix = SpecCase.Text(spec.Input, "prefix")!;
        ArchiveLayout layout = Assert.Single(BundleLayout.Create(PlanOf(
            Layout(prefix, 'b', 'a'),
            Layout($"{prefix}/install", 'c'),
            Layout($"{prefix}/install-standalone"),
            Layout($"{prefix}/release-channel"))));

        Assert.Equal($"{prefix}/oci-layout", layout.Entries[0].Path);
        CaseFile.Check(
            spec,
            string.Join(' ', SpecCase.Strings(spec.Expected, "entries")),
            string.Join(' ', layout.Entries.Select(
                entry => entry.IsBlob ? entry.Path[..^(entry.Digest.Hex.Length - 2)] : entry.Path)));
    }

    [Theory]
    [InlineData("tar-empty-layout")]
    public void A_layout_without_images_has_its_two_files(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        ArchiveLayout layout = Assert.Single(BundleLayout.Create(PlanOf(Layout(""))));
        using JsonDocument index = JsonDocument.Parse(
            layout.Entries.Single(entry => entry.Path == LayoutFiles.IndexName).Content);

        Assert.Equal(
            SpecCase.Strings(spec.Expected, "entries"),
            layout.Entries.Select(entry => entry.Path).Order(StringComparer.Ordinal));
        CaseFile.Check(
            spec,
            spec.Expected.GetProperty("manifests").ValueKind.ToString(),
            index.RootElement.GetProperty("manifests").ValueKind.ToString());
    }

    [Theory]
    [InlineData("tar-module-paths-old")]
    public void The_module_of_an_older_d8_is_read(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string[] segments = SpecCase.Strings(spec.Expected, "segments");
        using TemporaryFolder folder = new();
        DrawnArchive drawn = new();
        Array.ForEach(segments, path => drawn.Layout(path.Length == 0 ? "" : $"{path}/", ("v1.0.0", path)));
        drawn.Write(folder.Combine("module-console.tar"));

        using BundleReader reader = BundleRun.Open(
            new PhysicalDisk(),
            new BundleSet(new PhysicalDisk()).Find(folder.FullName, [], TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);

        CaseFile.CheckSet(
            spec,
            segments,
            reader.Content[0].Layouts.Where(layout => layout.Images.Length == 1).Select(layout => layout.Path));
    }

    private static PlannedLayout Layout(string path, params char[] blobs) => new()
    {
        Path = path,
        Images = [],
        Blobs = [.. blobs.Select(hex => new PlannedBlob(
            Digest.Parse($"sha256:{new string(hex, 64)}"), 3, IsManifest: false, ["r"]))],
    };

    private static MirrorPlan PlanOf(params ImmutableArray<PlannedLayout> layouts) => new()
    {
        Source = "registry.example.com/deckhouse/ee",
        Archives = [new PlannedArchive { Name = "platform.tar", Layouts = layouts }],
    };
}
