using System.Text;
using Mirror.Engine.Report.Diff;
using Xunit;

namespace Mirror.Engine.Tests.Report.Diff;

public sealed class DiffFileTests
{
    private static readonly MirrorDiff Sample = DiffBuilder.Compare(
        DiffBuilderTests.Side(
            "target", ("platform.tar", "release-channel", "stable", 0), ("platform.tar", "install", "v1.70.0", 1)),
        DiffBuilderTests.Side(
            "bundle", ("platform.tar", "release-channel", "stable", 2), ("platform.tar", "install", "v1.71.0", 3)));

    private static readonly string Written = DiffFile.Write(Sample with
    {
        Notes = [new DiffedNote("v1.71.0", "candi", DiffNoteKind.MigratedModule, "a \"text\"\u00fc+", null)],
        Requirements = [new DiffedRequirement("v1.71.0", "k8s", null, "1.29")],
    });

    [Fact]
    public void A_file_is_read_as_it_was_written()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            DrawnSides drawn = new(seed);
            string text = DiffFile.Write(DiffBuilder.Compare(drawn.Draw("target"), drawn.Draw("bundle")));

            Assert.Equal(text, DiffFile.Write(DiffFile.Read(Encoding.UTF8.GetBytes(text))));
        }

        Assert.Equal(Written, DiffFile.Write(DiffFile.Read(Encoding.UTF8.GetBytes(Written))));
    }

    [Fact]
    public void Members_have_their_order_and_each_image_its_line()
    {
        string[] lines = Written.Split('\n');

        Assert.Equal("{", lines[0]);
        Assert.Equal("  \"format\": \"deckhouse-mirror/diff/1\",", lines[1]);
        Assert.Equal(
            ["format", "from", "to", "id", "archives", "bytes", "notes", "requirements", "added", "moved", "gone"],
            lines.Where(line => line.StartsWith("  \"", StringComparison.Ordinal)).Select(line => line.Split('"')[1]));
        Assert.Contains(
            $"    {{\"archive\":\"platform.tar\",\"path\":\"release-channel\",\"tag\":\"stable\","
                + $"\"digest\":\"{DrawnSides.DigestOf(2)}\",\"was\":\"{DrawnSides.DigestOf(0)}\"}}",
            lines);
        Assert.Contains("\"kind\":\"migratedModule\",\"text\":\"a \\\"text\\\"\u00fc+\"}", Written);
        Assert.EndsWith("  ]\n}\n", Written);
    }

    [Fact]
    public void The_id_is_the_hash_of_both_state_ids()
    {
        string both = $"{Sample.From.StateId}\n{Sample.To.StateId}\n";

        Assert.Equal(Digest.OfSha256(Encoding.UTF8.GetBytes(both)).Hex, Sample.Id);
    }

    [Theory]
    [InlineData("deckhouse-mirror/diff/1", "deckhouse-mirror/diff/2")]
    [InlineData("deckhouse-mirror/diff/1", "deckhouse-mirror/lock/1")]
    [InlineData("\"kind\":\"target\"", "\"kind\":\"cloud\"")]
    [InlineData("\"kind\":\"target\"", "\"kind\":\"target\",\"kind\":\"target\"")]
    [InlineData("\"added\": [", "\"added\": [], \"added\": [")]
    [InlineData("\"id\": \"", "\"id\": \"0")]
    [InlineData("\"id\": ", "\"more\": 1, \"id\": ")]
    [InlineData("\"path\":\"install\"", "\"path\":\"../install\"")]
    [InlineData("\"path\":\"install\"", "\"path\":\"/etc\"")]
    [InlineData("\"tag\":\"stable\"", "\"tag\":\"st able\"")]
    [InlineData("\"archive\":\"platform.tar\"", "\"archive\":\"../platform.tar\"")]
    [InlineData("\"digest\":\"sha256:", "\"digest\":\"sha1:")]
    [InlineData("\"digest\":\"sha256:", "\"digest\":\"SHA256:")]
    [InlineData("\"added\":1", "\"added\":2")]
    [InlineData("\"new\":", "\"new\":-")]
    [InlineData("\"tag\":\"v1.71.0\"", "\"tag\":\"v1.70.0\"")]
    [InlineData("\"moved\": [", "\"moved\": [null, ")]
    [InlineData("\"gone\": [", "\"gone\": {\"x\":[")]
    [InlineData("  \"moved\"", "  \"unmoved\"")]
    [InlineData("\"kind\":\"migratedModule\"", "\"kind\":3")]
    public void A_forged_file_is_refused(string text, string forged)
    {
        Assert.Contains(text, Written, StringComparison.Ordinal);
        Refuse(Written.Replace(text, forged, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_hides_a_change_is_refused()
    {
        Refuse(DiffFile.Write(Sample with { Added = [], Moved = [], Gone = [], Archives = [] }));
        Refuse(DiffFile.Write(Sample with { To = Sample.From }));
        Refuse(DiffFile.Write(Sample with
        {
            Moved = [Sample.Moved[0] with { Was = Sample.Moved[0].Digest }],
        }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\": \"deckhouse-mirror/diff/1\"}")]
    public void What_is_no_diff_at_all_is_refused(string text) => Refuse(text);

    [Fact]
    public void A_file_that_is_too_large_is_not_parsed() =>
        Assert.Contains("more than", Refuse(new string(' ', DiffFile.MaxBytes + 1)), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_nested_deeply_is_refused() => Refuse(new string('[', 100_000));

    private static string Refuse(string text) =>
        Assert.Throws<FormatException>(() => DiffFile.Read(Encoding.UTF8.GetBytes(text))).Message;
}
