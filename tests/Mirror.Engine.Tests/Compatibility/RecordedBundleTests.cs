using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.House;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Compatibility;

/// <summary>Our bundle of the miniature source against the one that d8 0.33 wrote of the same source.</summary>
public sealed class RecordedBundleTests
{
    private const string OciIndex = "application/vnd.oci.image.index.v1+json";
    private const string D8Index = "application/vnd.oci.image.layout.v1+json";

    private static readonly string Recorded = Path.Combine(AppContext.BaseDirectory, "Data", "d8-bundles", "0.33");

    [Fact]
    public async Task Every_archive_has_the_name_the_entries_and_the_headers_of_d8_0_33()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        await EngineRun.Of(registry, folder.FullName).PullAsync();

        Assert.Equal(Archives(Recorded), Archives(folder.FullName));
        Assert.All(Archives(folder.FullName), name =>
        {
            ArchiveView theirs = ArchiveView.Read(Path.Combine(Recorded, name));
            ArchiveView ours = ArchiveView.Read(folder.Combine(name));

            Assert.Equal(theirs.Names.Order(StringComparer.Ordinal), ours.Names.Order(StringComparer.Ordinal));
            Assert.Equal(theirs.Blobs.OrderBy(blob => blob.Key), ours.Blobs.OrderBy(blob => blob.Key));
            Assert.Equal(theirs.HeaderForms.Order(), ours.HeaderForms.Order());
            Assert.Equal(1024, theirs.TrailingZeros / 512 * 512);
            Assert.Equal(1024, ours.TrailingZeros / 512 * 512);
        });
    }

    [Fact]
    public async Task Every_index_has_the_descriptors_of_d8_0_33_apart_from_the_documented_differences()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        await EngineRun.Of(registry, folder.FullName).PullAsync();

        foreach (string name in Archives(folder.FullName))
        {
            ArchiveView theirs = ArchiveView.Read(Path.Combine(Recorded, name));
            ArchiveView ours = ArchiveView.Read(folder.Combine(name));

            Assert.All(ours.Indexes, index =>
            {
                JsonObject their = theirs.Indexes[index.Key];
                Assert.Equal(
                    ArchiveView.Descriptors(their, WithoutHost), ArchiveView.Descriptors(index.Value, WithoutHost));
                Assert.Equal(D8Index, their["mediaType"]!.GetValue<string>());
                Assert.Equal(OciIndex, index.Value["mediaType"]!.GetValue<string>());
                Assert.NotNull(index.Value["manifests"]);
                Assert.DoesNotContain("\"platform\"", index.Value.ToJsonString(), StringComparison.Ordinal);
            });
        }
    }

    [Theory]
    [InlineData("order of entries")]
    [InlineData("`mediaType` of `index.json`")]
    [InlineData("an empty layout")]
    [InlineData("indentation")]
    [InlineData("`platform` of a descriptor")]
    public void Each_difference_has_a_row_with_its_reason(string difference)
    {
        string document = File.ReadAllText(RepositoryTree.PathOf("docs/bundle-format.md"));
        string differences = document[document.IndexOf("\n## Differences from d8 0.33", StringComparison.Ordinal)..];

        Assert.Matches(
            $@"(?im)^\| [^|\n]*{Regex.Escape(difference)}[^|\n]*\|[^|\n]+\|[^|\n]+\|[^|\n]+\|$", differences);
    }

    private static string[] Archives(string folder) =>
        [.. Directory.GetFiles(folder, "*.tar").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static string WithoutHost(string reference) =>
        reference[reference.IndexOf('/', StringComparison.Ordinal)..];
}
