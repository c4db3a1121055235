using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mirror.Engine.Tests.House;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Compatibility;

/// <summary>Our bundles of the miniature source against those that d8 wrote of the same source.</summary>
public sealed class RecordedBundleTests(OurBundles ours) : IClassFixture<OurBundles>
{
    private const string OciIndex = "application/vnd.oci.image.index.v1+json";
    private const string D8Index = "application/vnd.oci.image.layout.v1+json";

    [Theory]
    [InlineData("0.33")]
    [InlineData("0.25.2")]
    public void Every_archive_has_the_name_the_entries_and_the_headers_of_d8(string version)
    {
        string folder = ours.Folder(version);

        Assert.Equal(RecordedBundle.Archives(RecordedBundle.Folder(version)), RecordedBundle.Archives(folder));
        Assert.All(RecordedBundle.Archives(folder), name =>
        {
            ArchiveView theirs = ArchiveView.Read(Path.Combine(RecordedBundle.Folder(version), name));
            ArchiveView mine = ArchiveView.Read(Path.Combine(folder, name));

            Assert.Equal(theirs.Names.Order(StringComparer.Ordinal), mine.Names.Order(StringComparer.Ordinal));
            Assert.Equal(theirs.Blobs.OrderBy(blob => blob.Key), mine.Blobs.OrderBy(blob => blob.Key));
            Assert.Equal(theirs.HeaderForms.Order(), mine.HeaderForms.Order());
            Assert.Equal(1024, theirs.TrailingZeros / 512 * 512);
            Assert.Equal(1024, mine.TrailingZeros / 512 * 512);
        });
    }

    [Theory]
    [InlineData("0.33", D8Index)]
    [InlineData("0.25.2", OciIndex)]
    public void Every_index_has_the_descriptors_of_d8_apart_from_the_documented_differences(
        string version, string mediaType)
    {
        string folder = ours.Folder(version);

        foreach (string name in RecordedBundle.Archives(folder))
        {
            ArchiveView theirs = ArchiveView.Read(Path.Combine(RecordedBundle.Folder(version), name));
            ArchiveView mine = ArchiveView.Read(Path.Combine(folder, name));

            Assert.Equal(theirs.Indexes.Keys.Order(), mine.Indexes.Keys.Order());
            Assert.All(mine.Indexes, index =>
            {
                JsonObject their = theirs.Indexes[index.Key];
                Assert.Equal(
                    ArchiveView.Descriptors(their, WithoutHost), ArchiveView.Descriptors(index.Value, WithoutHost));
                Assert.Equal(mediaType, their["mediaType"]!.GetValue<string>());
                Assert.Equal(OciIndex, index.Value["mediaType"]!.GetValue<string>());
                Assert.NotNull(index.Value["manifests"]);
                Assert.DoesNotContain("\"platform\"", index.Value.ToJsonString(), StringComparison.Ordinal);
            });
        }
    }

    [Theory]
    [InlineData("0.33")]
    [InlineData("0.25.2")]
    public void The_list_of_releases_is_that_of_d8_document_by_document_sorted_by_version(string version)
    {
        const string name = "deckhousereleases.yaml";
        string theirs = File.ReadAllText(Path.Combine(RecordedBundle.Folder(version), name));
        string mine = File.ReadAllText(Path.Combine(ours.Folder(version), name));

        // All versions have one length each, so ordinal order is theirs.
        Assert.Equal(6, Documents(theirs).Length);
        Assert.Equal(
            Documents(theirs).OrderBy(
                document => document.Split('\n')
                    .Single(line => line.StartsWith("  name: ", StringComparison.Ordinal)),
                StringComparer.Ordinal),
            Documents(mine));
    }

    public static TheoryData<string> Differences =>
    [
        "order of entries", "`mediaType` of `index.json`", "an empty layout", "indentation",
        "`platform` of a descriptor",
    ];

    [Theory]
    [MemberData(nameof(Differences))]
    public void Each_difference_has_a_row_with_its_reason(string difference)
    {
        string document = File.ReadAllText(RepositoryTree.PathOf("docs/bundle-format.md"));
        string differences = document[document.IndexOf("\n## Differences from d8 0.33", StringComparison.Ordinal)..];

        Assert.Matches(
            $@"(?im)^\| [^|\n]*{Regex.Escape(difference)}[^|\n]*\|[^|\n]+\|[^|\n]+\|[^|\n]+\|$", differences);
    }

    private static string[] Documents(string yaml) =>
        [.. yaml.Split("---\n", StringSplitOptions.RemoveEmptyEntries)];

    private static string WithoutHost(string reference) =>
        reference[reference.IndexOf('/', StringComparison.Ordinal)..];
}
