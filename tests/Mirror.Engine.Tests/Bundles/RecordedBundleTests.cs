using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;
using Mirror.Engine.Plan;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>Compares what is written with two archives that d8 0.33 wrote.</summary>
public sealed class RecordedBundleTests
{
    public static TheoryData<string> Archives => ["security.tar", "module-console.tar"];

    [Theory]
    [MemberData(nameof(Archives))]
    public void Every_header_has_the_bytes_that_d8_wrote(string archive)
    {
        byte[] recorded = File.ReadAllBytes(PathOf(archive));
        ImmutableArray<ScannedEntry> entries = Scan(archive);

        foreach (ScannedEntry entry in entries)
        {
            byte[] header = TarHeader.Create(entry.Path, entry.Size);
            Assert.Equal(recorded.AsSpan((int)entry.DataOffset - header.Length, header.Length), header.AsSpan());
        }

        ScannedEntry last = entries[^1];
        Assert.Equal(
            last.DataOffset + TarHeader.Padded(last.Size) + TarHeader.EndSize, recorded.Length);
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public void The_plan_of_a_recorded_archive_gives_the_same_entries_in_our_order(string archive)
    {
        ImmutableArray<ScannedEntry> recorded = Scan(archive);
        ArchiveLayout layout = BundleLayout.Create(PlanOf(archive))[0];

        Assert.Equal(
            recorded.Select(entry => entry.Path).Order(StringComparer.Ordinal),
            layout.Entries.Select(entry => entry.Path).Order(StringComparer.Ordinal));
        Assert.All(layout.Entries.Where(entry => entry.IsBlob), entry =>
            Assert.Equal(entry.Size, recorded.Single(other => other.Path == entry.Path).Size));
        Assert.Equal(
            layout.Entries.Where(entry => entry.FileName == LayoutFiles.LayoutName)
                .Select(entry => entry.Content.ToArray()),
            recorded.Where(entry => entry.FileName == LayoutFiles.LayoutName)
                .OrderBy(entry => entry.LayoutPath, StringComparer.Ordinal)
                .Select(entry => Read(archive, entry)));
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public void An_index_differs_from_the_recorded_one_only_in_media_type_and_platform(string archive)
    {
        ArchiveLayout layout = BundleLayout.Create(PlanOf(archive))[0];

        foreach (ScannedEntry entry in Scan(archive).Where(entry => entry.FileName == LayoutFiles.IndexName))
        {
            string expected = Encoding.UTF8.GetString(Read(archive, entry))
                .Replace("vnd.oci.image.layout.v1+json", "vnd.oci.image.index.v1+json", StringComparison.Ordinal)
                .Replace(
                    ",\n      \"platform\": {\n        \"architecture\": \"\",\n        \"os\": \"\"\n      }",
                    "",
                    StringComparison.Ordinal);
            ArchiveEntry ours = layout.Entries.Single(other => other.Path == entry.Path);
            Assert.Equal(expected, Encoding.UTF8.GetString(ours.Content.Span));
        }
    }

    /// <summary>The plan that would lead to a recorded archive, out of its own indexes.</summary>
    private static MirrorPlan PlanOf(string archive)
    {
        ImmutableArray<ScannedEntry> entries = Scan(archive);
        return new MirrorPlan
        {
            Source = "127.0.0.1:5611/deckhouse/ee",
            Archives =
            [
                new PlannedArchive
                {
                    Name = archive,
                    Layouts =
                    [
                        .. entries.GroupBy(entry => entry.LayoutPath).Select(group => new PlannedLayout
                        {
                            Path = group.Key,
                            Images =
                            [
                                .. Images(Read(
                                    archive, group.Single(entry => entry.FileName == LayoutFiles.IndexName))),
                            ],
                            Blobs =
                            [
                                .. group.Where(entry => entry.FileName is null)
                                    .Select(entry => new PlannedBlob(entry.Digest, entry.Size, false, [])),
                            ],
                        }),
                    ],
                },
            ],
        };
    }

    private static IEnumerable<PlannedImage> Images(byte[] index)
    {
        using JsonDocument document = JsonDocument.Parse(index);
        foreach (JsonElement entry in document.RootElement.GetProperty("manifests").EnumerateArray().ToList())
        {
            JsonElement annotations = entry.GetProperty("annotations");
            yield return new PlannedImage
            {
                Repository = "a/repository",
                Tag = annotations.GetProperty(LayoutFiles.ShortTag).GetString()!,
                Reference = annotations.GetProperty(LayoutFiles.RefName).GetString()!,
                Digest = Digest.Parse(entry.GetProperty("digest").GetString()!),
                MediaType = entry.GetProperty("mediaType").GetString()!,
                ManifestBytes = entry.GetProperty("size").GetInt64(),
                ArtifactType = entry.TryGetProperty("artifactType", out JsonElement type) ? type.GetString() : null,
                TotalBytes = 0,
                Reason = "recorded",
            };
        }
    }

    private static ImmutableArray<ScannedEntry> Scan(string archive)
    {
        using IDiskFile file = new PhysicalDisk().OpenRead(PathOf(archive));
        return TarScan.Scan(file, archive, TestContext.Current.CancellationToken, out _);
    }

    private static byte[] Read(string archive, ScannedEntry entry) =>
        File.ReadAllBytes(PathOf(archive))[(int)entry.DataOffset..(int)(entry.DataOffset + entry.Size)];

    private static string PathOf(string archive) =>
        Path.Combine(AppContext.BaseDirectory, "Data", "d8-bundles", "0.33", archive);
}
